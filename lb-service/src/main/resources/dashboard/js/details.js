import { $, el, text } from './dom.js';
import { age, millis, number, percent, times } from './format.js';
import { STATES, unfairness } from './columns.js';
import { confirm } from './confirm.js';
import { explain } from './explain.js';

const FACTS = [
  ['Address', (w) => w.address], ['Zone', (w) => w.zone || 'not said'], ['Version', (w) => w.version || 'not said'],
  ['State', (w) => STATES[w.state] ?? w.state], ['Decided', (w) => w.decided || 'nothing'],
  ['Load', (w) => `${percent(w.load)} of capacity ${number(w.capacity)}`], ['Host CPU', (w) => percent(w.cpu)],
  ['In flight', (w) => number(w.inFlight)], ['Per second', (w) => number(w.perSecond)],
  ['Share', (w) => `${percent(w.share)}, ${times(unfairness(w))} of its fair ${percent(w.fairShare)}`],
  ['Latency', (w) => millis(w.latency)], ['Errors', (w) => percent(w.errors)], ['Data', (w) => `${age(w.age)} old`],
];

/** One worker: all that is known, and what can be done about it. */
export class Details {
  #number = null;
  #values = [];

  constructor(store) {
    this.store = store;
    $('details').addEventListener('close', () => { this.#number = null; });
    $('details').addEventListener('click', (event) => { if (event.target === $('details')) $('details').close(); });
  }

  open(workerNumber) {
    const worker = this.store.workers.get(workerNumber);
    if (!worker) return;
    this.#number = workerNumber;
    this.weight = el('input', { type: 'number', min: 0, max: 1000000, step: 'any', value: worker.weight, 'aria-label': 'Weight', id: 'details-weight' });
    this.drain = el('button', { type: 'button', id: 'details-drain', onclick: () => this.#drain() });
    this.lift = el('button', { type: 'button', id: 'details-lift', onclick: () => this.#lift() }, 'Lift the ejection…');
    this.reset = el('button', { type: 'button', onclick: () => this.#weigh(null) }, 'As registered');
    this.#values = FACTS.map(([title]) => [el('dt', {}, title), el('dd')]);
    $('details').replaceChildren(
      el('header', {}, el('div', {}, el('h2', { id: 'details-title' }, worker.id), el('span', { class: 'quiet' }, worker.service)),
        el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => $('details').close() }, '✕')),
      el('dl', {}, ...this.#values.flat()),
      ...(this.store.head.controls ? this.#controls(worker) : []));
    this.show();
    $('details').showModal();
  }

  #controls(worker) {
    return [el('form', { class: 'line', onsubmit: (event) => { event.preventDefault(); this.#weigh(Number(this.weight.value)); } },
        el('label', {}, el('span', { class: 'quiet' }, 'Weight'), this.weight), el('button', { type: 'submit' }, 'Set…'), this.reset),
      el('div', { class: 'line' }, this.drain, this.lift,
        el('button', { type: 'button', id: 'details-explain', onclick: () => explain(worker.service, this.result) }, 'Explain a pick')),
      (this.result = el('div', { class: 'explained', 'aria-live': 'polite' }))];
  }

  show() {
    if (this.#number === null) return;
    const worker = this.store.workers.get(this.#number);
    if (!worker) { text(this.#values[3][1], 'gone: it is no longer registered'); this.drain.disabled = true; return; }
    FACTS.forEach(([, value], i) => text(this.#values[i][1], value(worker)));
    text(this.drain, worker.drained ? 'Undrain…' : 'Drain…');
    this.lift.hidden = worker.state !== 'ejected';
    this.reset.hidden = worker.registeredWeight === null || worker.registeredWeight === undefined;
  }

  #change(what, change) {
    const worker = this.store.workers.get(this.#number);
    if (!worker) return;
    const service = this.store.service(worker.service);
    const others = [...this.store.workers.values()].filter((w) => w.service === worker.service && w.state === 'ready' && w !== worker).length;
    confirm({ ...change(worker, others), what: typeof what === 'function' ? what(worker) : what,
      body: { service: worker.service, ids: [worker.id], expectedRevision: service?.controlRevision, ...change(worker, others).body } });
  }

  #drain() {
    this.#change((worker) => (worker.drained ? 'undrain' : 'drain'), (worker, others) => (worker.drained
      ? { title: `Undrain ${worker.id}?`, words: 'It gets new calls again, on every balancer.', verb: 'Undrain', done: `${worker.id} is no longer drained.` }
      : { title: `Drain ${worker.id}?`, verb: 'Drain', danger: true, done: `${worker.id} is drained.`,
        words: `It gets no new calls from any balancer; ${number(worker.inFlight)} in flight may end. ${number(others)} other ready workers take its ${percent(worker.share)} of the work.` }));
  }

  #weigh(weight) {
    this.#change('weight', (worker) => ({ title: weight === null ? `Give ${worker.id} the weight that it registered?` : `Give ${worker.id} the weight ${weight}?`,
      words: 'On every balancer, until it is undone. Weight 0 is no new calls at all.', verb: 'Set weight', done: `The weight of ${worker.id} is set.`, body: { weight } }));
  }

  #lift() {
    this.#change('lift', (worker) => ({ title: `Let ${worker.id} back?`, words: 'It was ejected because its calls failed. It is picked again at once, and ejected again if they still fail.',
      verb: 'Lift the ejection', done: `The ejection of ${worker.id} is lifted.` }));
  }
}
