import { NOT_KNOWN, age, millis, number, percent, times } from './format.js';
import { attribute, el, text } from './dom.js';

export const STATES = {
  ready: 'ready', draining: 'draining', ejected: 'ejected', connecting: 'connecting', transient_failure: 'not reached',
};

/** How much more than its fair share a worker gets; unknown where there is none. */
export const unfairness = (worker) =>
  (worker.fairShare > 0 && worker.share !== null && worker.share !== undefined ? worker.share / worker.fairShare : null);

/** Whether that says something: of less than one call per second, chance makes the most. */
export const telling = (worker) => worker.perSecond / unfairness(worker) >= 1;

const level = (load) => (load === null || load === undefined ? 'unknown' : load >= 1 ? 'full' : load >= 0.8 ? 'high' : 'well');

function bar() {
  const fill = el('i');
  const label = el('span');
  return { node: el('span', { class: 'load' }, el('span', { class: 'gauge' }, fill), label), fill, label };
}

function fill(part, share, is, label) {
  part.fill.style.transform = `scaleX(${Math.min(1, Math.max(0, share ?? 0))})`;
  attribute(part.node, 'data-is', is);
  text(part.label, label);
}

function plain(name, title, hint, value, sort) {
  return { name, title, hint, sort: sort ?? ((worker) => worker[name]),
    make: () => { const node = el('span'); return { node, show: (worker) => text(node, value(worker)) }; } };
}

/** Every column: what it is called, what it sorts by, and how a cell is made and filled. */
export const COLUMNS = [
  { name: 'id', title: 'Worker', hint: 'Id and address', sort: (worker) => worker.id,
    make: () => {
      const dot = el('i', { class: 'dot' });
      const id = el('b');
      const address = el('small');
      const state = el('em');
      return { node: el('span', { class: 'who' }, dot, el('span', { class: 'name' }, id, address), state),
        show: (worker) => {
          text(id, worker.id);
          attribute(id, 'title', worker.id);
          text(address, worker.address);
          attribute(dot, 'data-is', worker.state);
          text(state, worker.drained ? 'drained' : worker.state === 'ready' ? '' : STATES[worker.state] ?? worker.state);
        } };
    } },
  plain('zone', 'Zone', 'Where it runs', (worker) => worker.zone || NOT_KNOWN),
  { name: 'load', title: 'Load', hint: 'Of its capacity', sort: (worker) => worker.load,
    make: () => { const part = bar();
      return { node: part.node, show: (worker) => fill(part, worker.load, level(worker.load), percent(worker.load)) }; } },
  plain('inFlight', 'In flight', 'Requests in flight, of its capacity',
    (worker) => `${number(worker.inFlight)} / ${number(worker.capacity)}`),
  { name: 'share', title: 'Share', hint: 'Share of the work against its fair share; 1.00× is fair', sort: unfairness,
    make: () => { const part = bar(); part.node.classList.add('share');
      return { node: part.node, show: (worker) => {
        const ratio = unfairness(worker);
        fill(part, ratio === null ? 0 : ratio / 2, ratio === null ? 'unknown' : (ratio > 1.5 || ratio < 0.5) && telling(worker) ? 'high' : 'well', times(ratio));
      } }; } },
  plain('perSecond', 'Per second', 'Picks and calls per second', (worker) => number(worker.perSecond)),
  plain('latency', 'Latency', 'Mean latency of late', (worker) => millis(worker.latency)),
  plain('errors', 'Errors', 'Share of recent requests that failed', (worker) => percent(worker.errors)),
  plain('weight', 'Weight', 'The share factor; 1 is neutral', (worker) => number(worker.weight)),
  plain('age', 'Data', 'Age of its load report', (worker) => age(worker.age)),
];
