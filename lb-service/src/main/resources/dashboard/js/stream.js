// The stream of server-sent events, and an honest word about it. A page that nobody sees asks for nothing.
const LATE = 3000;
const RETRY_FROM = 500;
const RETRY_TO = 4000;
const HIDDEN_FOR = 15000;

export class Stream {
  #source = null;
  #retry = RETRY_FROM;
  #heard = 0;
  #lost = 0;
  #hidden = 0;
  #timer = 0;

  constructor(url, store, changed, begun) {
    Object.assign(this, { url, store, changed, begun });
    document.addEventListener('visibilitychange', () => this.#visible());
    setInterval(() => this.#look(), 1000);
    this.#open();
  }

  /** connecting, live, late, paused or disconnected; and since when, in milliseconds since the epoch. */
  standing() {
    if (this.#hidden && !this.#source) return { is: 'paused', since: this.#heard };
    if (this.#lost) return { is: 'disconnected', since: this.#lost };
    if (!this.#heard) return { is: 'connecting', since: 0 };
    return { is: Date.now() - this.#heard > LATE ? 'late' : 'live', since: this.#heard };
  }

  #open() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = (this.#source = new EventSource(this.url));
    source.addEventListener('state', (event) => this.#take(source, () => { this.store.replace(JSON.parse(event.data)); this.begun(); return true; }));
    source.addEventListener('change', (event) => this.#take(source, () => this.store.change(JSON.parse(event.data))));
    source.onerror = () => this.#failed(source);
  }

  #take(source, apply) {
    if (source !== this.#source) return;
    if (!apply()) { this.#open(); return; }
    this.#heard = Date.now();
    this.#lost = 0;
    this.#retry = RETRY_FROM;
    this.changed();
  }

  #failed(source) {
    if (source !== this.#source) return;
    source.close();
    if (!this.#lost) { this.#lost = Date.now(); this.store.gap(); }
    this.#timer = setTimeout(() => this.#open(), this.#retry);
    this.#retry = Math.min(RETRY_TO, this.#retry * 2);
    this.changed();
  }

  #visible() {
    if (document.visibilityState === 'hidden') { this.#hidden = Date.now(); return; }
    this.#hidden = 0;
    if (!this.#source) this.#open();
  }

  #look() {
    if (this.#hidden && this.#source && Date.now() - this.#hidden > HIDDEN_FOR) {
      clearTimeout(this.#timer);
      this.#source.close();
      this.#source = null;
      this.store.gap();
    }
    if (this.standing().is !== 'live') this.changed();
  }
}
