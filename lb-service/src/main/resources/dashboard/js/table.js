import { $, attribute, el, text } from './dom.js';
import { COLUMNS, STATES } from './columns.js';

const SPARE = 6;
const GROUPS = { zone: (w) => w.zone || 'no zone', version: (w) => w.version || 'no version',
  state: (w) => STATES[w.state] ?? w.state, service: (w) => w.service };

/** The workers as rows. Only those in sight are in the page, however many there are. */
export class WorkersTable {
  #rows = new Map();
  #lines = [];
  #current = null;
  sort = { by: 'id', down: false };
  filter = '';
  state = '';
  group = '';
  service = '';

  constructor(store, selection, open) {
    Object.assign(this, { store, selection, open });
    this.view = $('workers-view');
    this.place = $('workers-rows');
    this.#head();
    this.view.addEventListener('scroll', () => this.#paint(), { passive: true });
    new ResizeObserver(() => this.show()).observe(this.view);
    this.place.addEventListener('keydown', (event) => this.#key(event));
    this.place.addEventListener('click', (event) => this.#clicked(event));
  }

  #head() {
    for (const column of COLUMNS) {
      const button = el('button', { type: 'button', title: column.hint, onclick: () => this.#sortBy(column.name) }, column.title);
      $('workers-head').append(el('span', { role: 'columnheader', class: `c-${column.name}`, 'data-column': column.name }, button));
    }
  }

  #sortBy(by) {
    this.sort = { by, down: this.sort.by === by ? !this.sort.down : by !== 'id' && by !== 'zone' };
    this.show();
  }

  /** Sorts, filters and groups anew. */
  show() {
    const wanted = this.#wanted();
    this.#lines = this.group ? this.#grouped(wanted) : wanted;
    for (const cell of $('workers-head').children) {
      const mine = cell.dataset.column === this.sort.by;
      attribute(cell, 'aria-sort', mine ? (this.sort.down ? 'descending' : 'ascending') : 'none');
    }
    attribute($('workers'), 'aria-rowcount', String(this.#lines.length));
    const none = $('workers-none');
    none.hidden = this.#lines.length > 0;
    text(none, this.store.workers.size ? 'No worker fits the filter.' : 'No worker is registered.');
    this.#paint();
    return wanted.length;
  }

  #wanted() {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const column = COLUMNS.find((c) => c.name === this.sort.by);
    const way = this.sort.down ? -1 : 1;
    const keyed = [];
    for (const worker of this.store.workers.values()) {
      if (this.service && worker.service !== this.service) continue;
      if (this.state && worker.state !== this.state) continue;
      if (words.length) {
        const hay = `${worker.id} ${worker.address} ${worker.zone} ${worker.version} ${worker.service}`.toLowerCase();
        if (!words.every((word) => hay.includes(word))) continue;
      }
      keyed.push([column.sort(worker), worker]);
    }
    // Who is not known comes last, whichever way it is sorted; who is equal stays in order of id.
    keyed.sort(([a, one], [b, two]) => {
      const lost = (a === null || a === undefined) - (b === null || b === undefined);
      return lost || (a < b ? -way : a > b ? way : one.id < two.id ? -1 : 1);
    });
    return keyed.map(([, worker]) => worker);
  }

  #grouped(workers) {
    const groups = new Map();
    for (const worker of workers) {
      const name = GROUPS[this.group](worker);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(worker);
    }
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, members]) => [{ group: name, members }, ...members]);
  }

  #height() {
    return parseFloat(getComputedStyle(this.place).getPropertyValue('--row')) || 44;
  }

  #paint() {
    const height = this.#height();
    this.place.style.height = `${this.#lines.length * height}px`;
    const first = Math.max(0, Math.floor(this.view.scrollTop / height) - SPARE);
    const last = Math.min(this.#lines.length, Math.ceil((this.view.scrollTop + this.view.clientHeight) / height) + SPARE);
    const kept = new Set();
    for (let i = first; i < last; i++) {
      const line = this.#lines[i];
      const key = line.group === undefined ? line.number : `g${line.group}`;
      kept.add(key);
      const row = this.#rows.get(key) ?? this.#make(key, line);
      row.show(line);
      row.node.style.transform = `translateY(${i * height}px)`;
      attribute(row.node, 'aria-rowindex', String(i + 1));
    }
    for (const [key, row] of this.#rows) {
      if (!kept.has(key) && row.node !== document.activeElement) { row.node.remove(); this.#rows.delete(key); }
    }
    if (!kept.has(this.#current)) this.#setCurrent(this.#lines.slice(first).find((line) => line.group === undefined)?.number ?? null);
  }

  #make(key, line) {
    const row = line.group === undefined ? this.#worker(key) : this.#groupRow();
    this.#rows.set(key, row);
    this.place.append(row.node);
    return row;
  }

  #worker(number) {
    const node = el('div', { class: 'row', role: 'row', 'data-number': number, tabindex: number === this.#current ? 0 : -1 });
    const mark = el('input', { type: 'checkbox', class: 'mark', tabindex: -1, 'aria-label': 'Mark' });
    const cells = COLUMNS.map((column, i) => {
      const cell = column.make();
      node.append(el('span', { role: 'cell', class: `c-${column.name}`, 'data-title': column.title }, i === 0 ? mark : null, cell.node));
      return cell;
    });
    return { node, show: (worker) => { attribute(node, 'data-is', worker.state); this.#marked(node, mark, worker); cells.forEach((cell) => cell.show(worker)); } };
  }

  #groupRow() {
    const node = el('div', { class: 'row group', role: 'row' });
    const cell = el('span', { role: 'cell' });
    node.append(cell);
    return { node, show: ({ group, members }) => {
      const ready = members.filter((worker) => worker.state === 'ready').length;
      text(cell, `${group}  ·  ${ready} of ${members.length} ready`);
    } };
  }

  #setCurrent(number) {
    const before = this.#rows.get(this.#current);
    if (before) before.node.tabIndex = -1;
    this.#current = number;
    const now = this.#rows.get(number);
    if (now) now.node.tabIndex = 0;
  }

  #marked(node, mark, worker) {
    const is = this.selection.has(worker.number);
    mark.checked = is;
    attribute(node, 'aria-selected', String(is));
  }

  /** The box marks, with Shift all from the last one on; so does a click with Ctrl. Any other click opens. */
  #clicked(event) {
    const row = event.target.closest('[data-number]');
    if (!row) return;
    if (event.target.closest('.mark') || event.ctrlKey || event.metaKey) this.#mark(row, event.shiftKey);
    else this.#opened(row);
  }

  #opened(row) {
    this.#setCurrent(Number(row.dataset.number));
    this.open(Number(row.dataset.number));
  }

  #mark(row, span) {
    this.#setCurrent(Number(row.dataset.number));
    this.selection.mark(Number(row.dataset.number), span, this.#lines.filter((line) => line.group === undefined).map((line) => line.number));
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    const row = event.target.closest('[data-number]');
    if (row && event.key === 'Enter') {
      event.preventDefault();
      this.#opened(row);
    } else if (row && event.key === ' ') {
      event.preventDefault();
      this.#mark(row, event.shiftKey);
    } else if (event.key in steps) {
      event.preventDefault();
      this.#step(steps[event.key]);
    }
  }

  #step(by) {
    const workers = this.#lines.filter((line) => line.group === undefined);
    const at = workers.findIndex((worker) => worker.number === this.#current);
    const next = workers[Math.min(workers.length - 1, Math.max(0, at + by))];
    if (!next) return;
    const top = this.#lines.indexOf(next) * this.#height();
    if (top < this.view.scrollTop) this.view.scrollTop = top;
    const bottom = top + this.#height() - this.view.clientHeight;
    if (bottom > this.view.scrollTop) this.view.scrollTop = bottom;
    this.#paint();
    this.#setCurrent(next.number);
    this.#rows.get(next.number)?.node.focus({ preventScroll: true });
  }
}
