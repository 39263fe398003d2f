import { $, el, attribute } from './dom.js';
import { knownPolicies } from './api.js';
import { confirm } from './confirm.js';

/** Which policy picks, and the switch to another. */
export class PolicySwitch {
  #key = '';

  show(service, controls) {
    const key = service ? JSON.stringify([service.name, service.policy, service.configuredPolicy, service.policyDecidedBy]) : '';
    if (key === this.#key) return;
    this.#key = key;
    if (!service) { $('policy').replaceChildren(); return; }
    if (!controls) { $('policy').replaceChildren(el('span', { class: 'quiet' }, 'Policy'), el('b', {}, service.policy)); return; }
    const select = el('select', { 'aria-label': 'Policy', id: 'policy-select' }, el('option', { value: service.policy }, service.policy));
    const note = el('small', { class: 'quiet', title: service.policyDecidedBy ?? '' }, service.policyDecidedBy ? `instead of ${service.configuredPolicy}` : '');
    $('policy').replaceChildren(el('label', { class: 'pick' }, el('span', { class: 'quiet' }, 'Policy'), select), note);
    knownPolicies().then((policies) => {
      select.replaceChildren(...[...new Set([service.policy, ...policies])].sort().map((name) => el('option', { value: name }, name)),
        ...(service.policyDecidedBy ? [el('option', { value: '' }, `as configured (${service.configuredPolicy})`)] : []));
      select.value = service.policy;
    }).catch(() => attribute(select, 'disabled', ''));
    select.addEventListener('change', () => {
      const wanted = select.value;
      select.value = service.policy;
      confirm({ title: wanted ? `Pick by ${wanted}?` : `Pick by ${service.configuredPolicy}, as configured?`,
        words: `Every balancer picks for ${service.name} by it from then on, and subscribers are told. It stays so until it is undone.`,
        verb: 'Switch policy', what: 'policy', done: `${service.name} is picked by ${wanted || service.configuredPolicy}.`,
        body: { service: service.name, policy: wanted || null, expectedRevision: service.controlRevision } });
    });
  }
}
