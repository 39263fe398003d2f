// The page in the order in which data goes: the stream fills the store, and every part shows what it finds there.
import { $, el, text, attribute } from './dom.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { Charts } from './charts.js';
import { WorkersTable } from './table.js';
import { Figures } from './figures.js';
import { STATES } from './columns.js';
import { number } from './format.js';
import { connection } from './connection.js';
import { balancers, subscribers } from './around.js';
import { Details } from './details.js';
import { Explain } from './explain.js';
import { PolicySwitch } from './policy.js';
import { Selection } from './selection.js';
import { offer } from './api.js';

const store = new Store();
const charts = new Charts();
const figures = new Figures();
const explain = new Explain();
const details = new Details(store, explain);
const policy = new PolicySwitch(store);
const selection = new Selection(store, () => later());
const table = new WorkersTable(store, selection, (worker) => details.open(worker));
let asked = false;

function show() {
  asked = false;
  connection(stream.standing(), store);
  if (!store.head) return;
  services();
  const service = store.service(table.service);
  if (service) {
    figures.show(service, store.workers.values());
    charts.show(store.histories.get(service.name));
  }
  policy.show(service);
  states();
  selection.show(table.service);
  const shown = table.show();
  text($('workers-count'), `${number(shown)}`);
  balancers(store.head);
  subscribers(store.head.subscribers);
  details.show();
  if (!document.documentElement.dataset.shown) performance.mark('shown');
  document.documentElement.dataset.shown = 'true';
}

function later() {
  if (!asked) { asked = true; requestAnimationFrame(show); }
}

function services() {
  const names = store.head.services.map((service) => service.name);
  const select = $('service');
  const key = JSON.stringify(names);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    if (!names.length) select.append(el('option', { value: '' }, 'none'));
    if (!names.includes(table.service)) table.service = names[0] ?? '';
    select.value = table.service;
  }
}

function states() {
  const counts = new Map();
  let all = 0;
  for (const worker of store.workers.values()) {
    if (worker.service === table.service) { counts.set(worker.state, (counts.get(worker.state) ?? 0) + 1); all++; }
  }
  if (table.state && !counts.has(table.state)) counts.set(table.state, 0);
  const chips = [['', 'all', all], ...[...counts].sort().map(([state, count]) => [state, STATES[state] ?? state, count])];
  const place = $('states');
  const key = JSON.stringify(chips.map(([state]) => state));
  if (place.dataset.key !== key) {
    place.dataset.key = key;
    place.replaceChildren(...chips.map(([state]) => el('button', { type: 'button', 'data-state': state,
      onclick: () => { table.state = state; later(); } }, el('span'), el('small'))));
  }
  chips.forEach(([state, word, count], i) => {
    const chip = place.children[i];
    text(chip.firstChild, word);
    text(chip.lastChild, number(count));
    attribute(chip, 'aria-pressed', String(table.state === state));
  });
}

$('service').addEventListener('change', (event) => { table.service = event.target.value; later(); });
$('group').addEventListener('change', (event) => { table.group = event.target.value; later(); });
$('filter').addEventListener('input', (event) => { table.filter = event.target.value; later(); });
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea, dialog');
  if (event.key === '/' && !typing) { event.preventDefault(); $('filter').focus(); }
  if (event.key === 'Escape' && event.target === $('filter')) { $('filter').value = ''; table.filter = ''; later(); }
});

$('explain').addEventListener('click', () => explain.open(table.service));

/** Another balancer may answer than before, or the same with other settings. */
function ask() {
  offer().then((answer) => { store.offer = answer; }, (failure) => { store.offer = { refusal: failure.message, policies: [] }; }).finally(later);
}

const stream = new Stream('/dashboard/events', store, later, ask);
