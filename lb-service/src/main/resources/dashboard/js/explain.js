import { $, el } from './dom.js';
import { decisions, explanation } from './api.js';
import { NOT_KNOWN, clock, millis, number, percent } from './format.js';

const RECENT = ['When', 'Client', 'Went to', 'Rule', ''];
const TITLES = ['', 'Worker', 'The rule compares', 'In flight', 'Latest report', 'Latency', 'Why it stands there'];
const values = (named) => Object.entries(named).map(([name, value]) => `${name.replaceAll('_', ' ')} ${number(value)}`).join(', ');
const STANDINGS = { open: '', at_ceiling: 'had its share of the picks', other_zone: 'in another zone', weight_0: 'its weight is 0',
  transient_failure: 'not reached' };

/** Why a worker is picked: the decision that a pick would make now, or one that was made, and all that it follows from. Nothing is sent to anybody. */
export class Explain {
  constructor() {
    $('why').addEventListener('click', (event) => { if (event.target === $('why')) $('why').close(); });
  }

  open(service) {
    const seed = el('input', { id: 'why-seed', autocomplete: 'off', placeholder: 'any', 'aria-label': 'Seed' });
    this.place = el('div', { class: 'explained', 'aria-live': 'polite' });
    $('why').replaceChildren(
      el('header', {}, el('div', {}, el('h2', { id: 'why-title' }, 'Why this worker?'), el('span', { class: 'quiet' }, service)),
        el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => $('why').close() }, '✕')),
      el('form', { class: 'line', onsubmit: (event) => { event.preventDefault(); this.#ask(service, seed.value.trim()); } },
        el('button', { type: 'submit', id: 'why-again' }, 'Decide again'),
        el('label', { title: 'Where chance comes from: the same seed and the same signals decide the same' }, el('span', { class: 'quiet' }, 'with seed'), seed),
        el('button', { type: 'button', id: 'why-recent', onclick: () => this.#askRecent(service) }, 'Recent decisions')),
      this.place);
    $('why').showModal();
    this.#ask(service, '');
  }

  #ask(service, seed) {
    return this.#show(async () => this.#answer(await explanation(service, seed), 'A pick now goes to'));
  }

  #askRecent(service) {
    return this.#show(async () => this.#list(await decisions(service)));
  }

  async #show(parts) {
    const place = this.place;
    place.setAttribute('aria-busy', 'true');
    try {
      place.replaceChildren(...(await parts()));
    } catch (failure) {
      place.replaceChildren(el('p', { class: 'error', role: 'alert' }, failure.message));
    }
    place.removeAttribute('aria-busy');
  }

  #list({ sample, picks }) {
    const told = sample === 0 ? 'No pick is explained as it is made: lb.decisions.sample is 0.'
      : picks.length ? `The latest of ${percent(sample)} of the picks, which are explained as they are made.` : 'No pick was explained yet.';
    return [
      el('p', { id: 'why-sampled', class: 'quiet' }, told),
      picks.length ? el('div', { class: 'wide' }, el('table', { id: 'why-list' },
        el('thead', {}, el('tr', {}, ...RECENT.map((title) => el('th', {}, title)))),
        el('tbody', {}, ...picks.map((one) => this.#made(one))))) : ''];
  }

  #made({ atMillis, clientId, pick }) {
    const from = clientId ? ` for ${clientId}` : '';
    const why = () => this.#show(async () => this.#answer(pick, `At ${clock(atMillis)}, a pick${from} went to`));
    return el('tr', {},
      el('td', {}, clock(atMillis)), el('td', {}, clientId || NOT_KNOWN), el('td', {}, pick.chosen ?? 'nobody'),
      el('td', {}, el('small', {}, pick.ruleId)),
      el('td', {}, el('button', { type: 'button', onclick: why, 'aria-label': `Why ${pick.chosen ?? 'nobody'} at ${clock(atMillis)}` }, 'Why')));
  }

  #answer(answer, went) {
    const state = values(answer.state);
    return [
      el('h3', { id: 'why-chosen' }, `${went} ${answer.chosen ?? 'nobody'}`),
      el('p', { id: 'why-rule' }, answer.rule),
      el('p', { class: 'quiet' }, `Policy ${answer.policy}, rule ${answer.ruleId}, table version ${answer.tableVersion}, seed `,
        el('code', { id: 'why-used' }, answer.seed), state ? `, ${state}` : '', '. The same again decides the same.'),
      el('div', { class: 'wide' }, el('table', {},
        el('thead', {}, el('tr', {}, ...TITLES.map((title) => el('th', {}, title)))),
        el('tbody', {}, ...answer.candidates.map((candidate) => this.#row(candidate, answer.chosen))))),
      answer.others ? el('p', { class: 'quiet' }, `and ${number(answer.others)} more`) : ''];
  }

  #row(candidate, chosen) {
    const standing = STANDINGS[candidate.standing] ?? candidate.standing;
    return el('tr', { 'data-chosen': candidate.id === chosen },
      el('td', { class: 'quiet' }, String(candidate.rank)), el('td', {}, candidate.id),
      el('td', {}, values(candidate.values) || NOT_KNOWN), el('td', {}, number(candidate.inFlight)),
      el('td', {}, candidate.ageMillis === null ? 'none' : `${number(candidate.reportedInFlight)} in flight, ${millis(candidate.ageMillis)} old, ${number(candidate.dispatchedSince)} sent since`),
      el('td', {}, millis(candidate.latencyMillis)), el('td', {}, el('small', {}, [standing, candidate.reason].filter(Boolean).join(': ') || NOT_KNOWN)));
  }
}
