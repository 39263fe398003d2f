import { $, el, text } from './dom.js';
import { age, clock, millis, number, percent, times } from './format.js';
import { STATES, unfairness } from './columns.js';
import { asRegistered, drain, lift, undrain, weigh } from './changes.js';

const decision = ({ what, by, proof, atMillis, why }) =>
  `${what} by ${by}${proof === 'none' ? '' : ` (${proof})`}, ${clock(atMillis)}${why ? `: ${why}` : ''}`;

const FACTS = [
  ['Address', (w) => w.address], ['Zone', (w) => w.zone || 'not said'], ['Version', (w) => w.version || 'not said'],
  ['State', (w) => STATES[w.state] ?? w.state], ['Decided', (w) => w.decisions.map(decision).join('; ') || 'nothing'],
  ['Load', (w) => `${percent(w.load)} of capacity ${number(w.capacity)}`], ['Host CPU', (w) => percent(w.cpu)],
  ['In flight', (w) => number(w.inFlight)], ['Per second', (w) => number(w.perSecond)],
  ['Share', (w) => `${percent(w.share)}, ${times(unfairness(w))} of its fair ${percent(w.fairShare)}`],
  ['Latency', (w) => millis(w.latency)], ['Errors', (w) => percent(w.errors)], ['Data', (w) => (w.age === null ? 'none' : `${age(w.age)} old`)],
];
const STATE = FACTS.findIndex(([title]) => title === 'State');

/** One worker: all that is known, and what can be done about it. */
export class Details {
  #number = null;
  #values = [];
  #buttons = {};

  constructor(store, explain) {
    Object.assign(this, { store, explain });
    $('details').addEventListener('close', () => { this.#number = null; });
    $('details').addEventListener('click', (event) => { if (event.target === $('details')) $('details').close(); });
  }

  open(workerNumber) {
    const worker = this.store.workers.get(workerNumber);
    if (!worker) return;
    this.#number = workerNumber;
    this.#values = FACTS.map(([title]) => [el('dt', {}, title), el('dd')]);
    this.#buttons = {};
    $('details').replaceChildren(
      el('header', {}, el('div', {}, el('h2', { id: 'details-title' }, worker.id), el('span', { class: 'quiet' }, worker.service)),
        el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => $('details').close() }, '✕')),
      el('dl', {}, ...this.#values.flat()),
      ...(this.store.offer.refusal === null ? this.#controls(worker) : [el('p', { class: 'quiet' }, `No changes from here: ${this.store.offer.refusal}.`)]),
      el('div', { class: 'line' }, el('button', { type: 'button', id: 'details-explain', onclick: () => this.explain.open(worker.service) }, 'Explain a pick')));
    this.show();
    $('details').showModal();
  }

  #controls(worker) {
    const weight = el('input', { type: 'number', min: 0, max: 1000000, step: 'any', required: true, value: worker.weight, 'aria-label': 'Weight', id: 'details-weight' });
    const button = (id, action, label) => (this.#buttons[id] = el('button', { type: 'button', id: `details-${id}`, onclick: () => this.#act(action) }, label));
    const set = (event) => { event.preventDefault(); this.#act((store, w) => weigh(store, w, Number(weight.value))); };
    return [
      el('form', { class: 'line', onsubmit: set }, el('label', {}, el('span', { class: 'quiet' }, 'Weight'), weight),
        (this.#buttons.weigh = el('button', { type: 'submit' }, 'Set…')), button('reset', asRegistered, 'As registered…')),
      el('div', { class: 'line' }, button('drain', drain, 'Drain…'), button('undrain', undrain, 'Undrain…'), button('lift', lift, 'Lift the ejection…'))];
  }

  #act(action) {
    const worker = this.store.workers.get(this.#number);
    if (worker) action(this.store, worker);
  }

  show() {
    if (this.#number === null) return;
    const worker = this.store.workers.get(this.#number);
    if (!worker) {
      text(this.#values[STATE][1], 'gone: it is no longer registered');
      for (const button of Object.values(this.#buttons)) button.disabled = true;
      return;
    }
    FACTS.forEach(([, value], i) => text(this.#values[i][1], value(worker)));
    if (!this.#buttons.drain) return;
    this.#buttons.drain.hidden = worker.drained;
    this.#buttons.undrain.hidden = !worker.drained;
    this.#buttons.lift.hidden = worker.state !== 'ejected';
    this.#buttons.reset.hidden = !worker.weighed;
  }
}
