// What can be done to workers, told in words first.
import { confirm } from './confirm.js';
import { number, percent } from './format.js';

const MOST_NAMED = 10;
const about = (worker) => ({ service: worker.service, body: { ids: [worker.id] } });

const aboutAll = (workers) => ({ service: workers[0].service, body: { ids: workers.map((worker) => worker.id) } });
const counted = (workers) => `${number(workers.length)} worker${workers.length === 1 ? '' : 's'}`;

function named(workers) {
  const ids = workers.map((worker) => worker.id).sort();
  const others = ids.length - MOST_NAMED;
  return ids.slice(0, MOST_NAMED).join(', ') + (others > 0 ? ` and ${number(others)} more` : '');
}

export function drain(store, worker) {
  const others = [...store.workers.values()].filter((w) => w.service === worker.service && w.state === 'ready' && w !== worker).length;
  confirm(store, { ...about(worker), what: 'drain', title: `Drain ${worker.id}?`, verb: 'Drain', danger: true, done: `${worker.id} is drained.`,
    words: `It gets no new calls from any balancer; what is in flight there (${number(worker.inFlight && Math.round(worker.inFlight))}) may end. `
      + `${number(others)} other ready workers take its share of the work (${percent(worker.share)}).` });
}

/** Those that are not drained yet, all of them or none. */
export function drainAll(store, workers) {
  const wanted = workers.filter((worker) => !worker.drained);
  const left = [...store.workers.values()].filter((w) => w.service === wanted[0].service && w.state === 'ready' && !wanted.includes(w)).length;
  const sum = (name) => wanted.reduce((total, worker) => total + (worker[name] ?? 0), 0);
  confirm(store, { ...aboutAll(wanted), what: 'drain', title: `Drain ${counted(wanted)}?`, verb: 'Drain', danger: true, done: `${counted(wanted)} drained.`,
    words: `${named(wanted)} get no new calls from any balancer; what is in flight there (${number(Math.round(sum('inFlight')))}) may end. `
      + (left ? `${number(left)} other ready workers take their share of the work (${percent(sum('share'))}).` : 'No other worker is ready: nobody would get new calls.') });
}

export function undrainAll(store, workers) {
  const wanted = workers.filter((worker) => worker.drained);
  confirm(store, { ...aboutAll(wanted), what: 'undrain', title: `Undrain ${counted(wanted)}?`, verb: 'Undrain', done: `${counted(wanted)} undrained.`,
    words: `${named(wanted)} get new calls again, from every balancer.` });
}

export function undrain(store, worker) {
  confirm(store, { ...about(worker), what: 'undrain', title: `Undrain ${worker.id}?`, verb: 'Undrain', done: `${worker.id} is no longer drained.`,
    words: 'It gets new calls again, from every balancer.' });
}

export function lift(store, worker) {
  confirm(store, { ...about(worker), what: 'lift', title: `Let ${worker.id} back?`, verb: 'Lift the ejection', done: `The ejection of ${worker.id} is lifted.`,
    words: 'It was ejected because its calls failed. It is picked again at once, and ejected again if they still fail.' });
}

export function weigh(store, worker, weight) {
  confirm(store, { service: worker.service, body: { ids: [worker.id], weight }, what: 'weight', title: `Give ${worker.id} the weight ${weight}?`, verb: 'Set weight',
    done: `The weight of ${worker.id} is ${weight}.`, words: `On every balancer, until it is undone. ${consequence(worker, weight)}` });
}

export function asRegistered(store, worker) {
  confirm(store, { service: worker.service, body: { ids: [worker.id], weight: null }, what: 'weight', title: `Give ${worker.id} the weight that it registered?`,
    verb: 'Undo the weight', done: `The weight of ${worker.id} is its own again.`, words: 'On every balancer.' });
}

function consequence(worker, weight) {
  if (weight === 0) return 'Weight 0 is no new calls at all.';
  if (!(worker.fairShare > 0)) return '';
  const others = worker.weight / worker.fairShare - worker.weight;
  return `Its fair share of the work becomes ${percent(weight / (others + weight))} (now ${percent(worker.fairShare)}).`;
}
