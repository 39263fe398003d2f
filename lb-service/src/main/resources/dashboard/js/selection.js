import { $, el, text } from './dom.js';
import { drainAll, undrainAll } from './changes.js';
import { number } from './format.js';

/** Workers that are marked, to be drained or undrained together. They stay marked when the filter hides them. */
export class Selection {
  #marked = new Set();
  #last = null;

  constructor(store, later) {
    Object.assign(this, { store, later });
    this.count = el('span', { id: 'selected-count', role: 'status' });
    this.drain = this.#button('drain', 'Drain…', () => drainAll(store, this.#workers()));
    this.undrain = this.#button('undrain', 'Undrain…', () => undrainAll(store, this.#workers()));
    $('selected').append(this.count, this.drain, this.undrain, this.#button('none', 'Mark none', () => this.clear()));
  }

  #button(id, label, onclick) {
    return el('button', { type: 'button', id: `selected-${id}`, onclick }, label);
  }

  #workers() {
    return [...this.#marked].map((worker) => this.store.workers.get(worker)).filter(Boolean);
  }

  has(worker) {
    return this.#marked.has(worker);
  }

  /** Marks a worker, or no longer; with a span, all from the last one that was marked to this, in the order that is shown. */
  mark(worker, span, shown) {
    const from = span ? shown.indexOf(this.#last) : -1;
    const to = shown.indexOf(worker);
    if (from >= 0 && to >= 0) shown.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => this.#marked.add(one));
    else if (!this.#marked.delete(worker)) this.#marked.add(worker);
    this.#last = worker;
    this.later();
  }

  clear() {
    this.#marked.clear();
    this.#last = null;
    this.later();
  }

  /** Forgets those that are gone, or of another service. */
  show(service) {
    for (const worker of this.#marked) if (this.store.workers.get(worker)?.service !== service) this.#marked.delete(worker);
    const marked = this.#workers();
    $('selected').hidden = marked.length === 0 || this.store.offer.refusal !== null;
    text(this.count, `${number(marked.length)} marked`);
    this.drain.disabled = marked.every((worker) => worker.drained);
    this.undrain.disabled = !marked.some((worker) => worker.drained);
  }
}
