// What the balancer said last: everything once, then what changes. Nothing here grows with time.
const NAMES = ['perSecond', 'share', 'fairShare', 'load', 'inFlight', 'latency', 'age', 'errors', 'cpu'];
const REMEMBERED = 300;
const MOST_SERVICES = 50;

export class Store {
  head = null;
  offer = { refusal: 'the balancer was not asked yet', policies: [] };
  #own = new Map();
  number = -1;
  workers = new Map();
  histories = new Map();
  at = 0;

  /** Takes everything. */
  replace(state) {
    this.workers.clear();
    this.#take(state);
  }

  /** Takes a change; false if one before it is missing. */
  change(change) {
    if (change.number !== this.number + 1) return false;
    this.#take(change);
    return true;
  }

  #take(update) {
    this.number = update.number;
    this.head = update.head;
    this.at = Date.now();
    for (const number of update.gone) this.workers.delete(number);
    for (const [number, facts] of Object.entries(update.workers)) {
      const worker = this.workers.get(Number(number)) ?? { number: Number(number) };
      this.workers.set(worker.number, Object.assign(worker, facts));
    }
    for (const [number, ...values] of update.readings) {
      const worker = this.workers.get(number);
      if (worker) NAMES.forEach((name, i) => { worker[name] = values[i]; });
    }
    for (const [name, own] of this.#own) if (this.service(name)?.controlRevision !== own.before) this.#own.delete(name);
    this.#remember();
  }

  /** What a change of this service is made on: the decisions that are shown, or our own latest until it is shown. */
  revisionOf(name) {
    return this.#own.get(name)?.after ?? this.service(name)?.controlRevision;
  }

  /** Takes that we decided something. */
  decided(name, revision) {
    this.#own.set(name, { before: this.service(name)?.controlRevision, after: revision });
  }

  #remember() {
    const names = new Set(this.head.services.map((service) => service.name));
    for (const name of this.histories.keys()) if (!names.has(name)) this.histories.delete(name);
    for (const service of this.head.services.slice(0, MOST_SERVICES)) {
      let history = this.histories.get(service.name);
      if (!history) this.histories.set(service.name, (history = [[], [], [], [], [], []]));
      const sample = [this.at / 1000, service.picksPerSecond, service.callsPerSecond, service.failuresPerSecond,
        service.latencyMillis, service.slowestMillis];
      sample.forEach((value, i) => history[i].push(value));
      if (history[0].length > REMEMBERED) for (const column of history) column.shift();
    }
  }

  /** Puts a gap where nothing was heard. */
  gap() {
    for (const history of this.histories.values()) {
      history[0].push(Date.now() / 1000);
      for (const column of history.slice(1)) column.push(null);
    }
  }

  service(name) {
    return this.head?.services.find((service) => service.name === name);
  }
}
