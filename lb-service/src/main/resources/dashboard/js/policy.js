import { $, el } from './dom.js';
import { confirm } from './confirm.js';

const BLEND = 'blend';
const CONFIGURED = '';

/** Which policy picks, and the switch to another one. */
export class PolicySwitch {
  #key = '';

  constructor(store) {
    this.store = store;
  }

  show(service) {
    const { refusal, policies } = this.store.offer;
    const key = JSON.stringify([service?.name, service?.policy, service?.configuredPolicy, service?.policyDecided, refusal, policies]);
    if (key === this.#key) return;
    this.#key = key;
    $('explain').hidden = !service;
    if (!service) { $('policy').replaceChildren(); return; }
    const decided = service.policyDecided;
    const note = decided && el('small', { class: 'quiet', title: `since ${new Date(decided.atMillis).toLocaleString()}${decided.why ? `: ${decided.why}` : ''}` },
      `by ${decided.by}, instead of ${service.configuredPolicy}`);
    $('policy').replaceChildren(...(refusal === null
      ? [el('label', { class: 'pick' }, el('span', { class: 'quiet' }, 'Policy'), this.#select(service, policies)), note]
      : [el('span', { class: 'quiet' }, 'Policy'), el('b', { title: `No changes from here: ${refusal}` }, service.policy), note]).filter(Boolean));
  }

  #select(service, policies) {
    const names = [...new Set([service.policy, ...policies])];
    const select = el('select', { id: 'policy-select', 'aria-label': 'Policy' },
      ...names.map((name) => el('option', { value: name, selected: name === service.policy }, name)), el('option', { value: BLEND }, 'a blend…'),
      service.policyDecided ? el('option', { value: CONFIGURED }, `as configured (${service.configuredPolicy})`) : null);
    select.addEventListener('change', () => {
      const wanted = select.value;
      select.value = service.policy;
      this.#confirm(service, wanted, policies);
    });
    return select;
  }

  #confirm(service, wanted, policies) {
    const other = policies.find((name) => name !== service.policy);
    const how = {
      [BLEND]: { title: 'Pick by several policies?', done: `${service.name} is picked by a blend.`,
        field: { name: 'policy', label: 'Each with its share; they add up to 1', value: service.policy.includes(':') ? service.policy : `${service.policy}:0.9,${other}:0.1` } },
      [CONFIGURED]: { title: `Pick by ${service.configuredPolicy}, as configured?`, done: `${service.name} is picked as configured.`, body: { policy: null } },
    }[wanted] ?? { title: `Pick by ${wanted}?`, done: `${service.name} is picked by ${wanted}.`, body: { policy: wanted } };
    confirm(this.store, { ...how, what: 'policy', service: service.name, verb: 'Switch policy',
      words: `Every balancer picks for ${service.name} by it, and subscribers are told. It stays so until it is undone; what is in flight stays counted.` });
  }
}
