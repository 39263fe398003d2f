import { $, el, text, attribute } from './dom.js';
import { millis, number, times } from './format.js';
import { telling, unfairness } from './columns.js';

const FIGURES = [
  ['ready', 'Workers ready', 'Workers that can be picked, of those that are registered'],
  ['work', 'Work per second', 'Picks answered here, and calls that subscribers tell of'],
  ['inFlight', 'In flight', 'Requests that are expected in flight at the workers that are known to have any or none'],
  ['latency', 'Mean latency', 'Of the calls that ended in the last second, as clients report it'],
  ['busiest', 'Busiest to fair', 'The largest share of the work, against what would be fair'],
];

/** The few numbers that say whether all is well. */
export class Figures {
  #values = {};

  constructor() {
    for (const [name, title, hint] of FIGURES) {
      const value = el('b');
      this.#values[name] = value;
      $('figures').append(el('div', { class: 'figure', 'data-name': name, title: hint }, el('span', { class: 'quiet' }, title), value));
    }
  }

  show(service, workers) {
    let inFlight = null;
    let busiest = null;
    let most = null;
    for (const worker of workers) {
      if (worker.service !== service.name) continue;
      if (worker.inFlight !== null && worker.inFlight !== undefined) inFlight = (inFlight ?? 0) + worker.inFlight;
      const ratio = unfairness(worker);
      if (ratio !== null && (busiest === null || ratio > busiest)) [busiest, most] = [ratio, worker];
    }
    this.#set('ready', `${number(service.eligible)} / ${number(service.registered)}`, service.eligible === 0 ? 'bad' : service.eligible < service.registered ? 'warn' : 'well');
    this.#set('work', number(service.picksPerSecond + service.callsPerSecond), 'well');
    this.#set('inFlight', number(inFlight), 'well');
    this.#set('latency', millis(service.latencyMillis ?? service.slowestMillis), 'well');
    this.#set('busiest', times(busiest), busiest > 1.5 && telling(most) ? 'warn' : 'well');
  }

  #set(name, value, is) {
    text(this.#values[name], value);
    attribute(this.#values[name], 'data-is', is);
  }
}
