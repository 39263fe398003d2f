// What operators ask and change. Who may is the balancer's to say: it refuses in words, and the page shows them.
const PATIENCE = 10000;

/** What this page may offer: why it can change nothing, if so, and the names of all policies. */
export const offer = () => ask('offer');

/** The decision that a pick would make now; the same for the same seed, as long as nothing else differs. */
export const explanation = (service, seed) => ask(`explain?${new URLSearchParams({ service, seed })}`);

/** Recent decisions that were explained as they were made, the newest first. */
export const decisions = (service) => ask(`decisions?${new URLSearchParams({ service })}`);

/** Changes something, or throws a Refusal. */
export const change = (what, body) => ask(what, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** The message is the balancer's own. */
export class Refusal extends Error {
  constructor(status, words) {
    super(words || `The balancer answered ${status}.`);
    this.isStale = status === 409;
  }
}

async function ask(what, options) {
  const answer = await fetch(`/dashboard/api/${what}`, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new Refusal(answer.status, words(text));
}

function words(text) {
  try { return JSON.parse(text).message; } catch { return text.trim(); }
}
