// What operators change. Who may is the balancer's to say: it refuses in words, and the page shows them.
let policies = null;

/** The names of all policies, asked once; none if the balancer takes no changes here. */
export function knownPolicies() {
  policies ??= fetch('/dashboard/api/policies').then((answer) => (answer.ok ? answer.json() : []));
  return policies;
}

/** Does it, or throws an error whose message is the balancer's. */
export async function ask(what, body) {
  const answer = await fetch(`/dashboard/api/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body), signal: AbortSignal.timeout(10000) });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new Error(message(text) || `the balancer answered ${answer.status}`);
}

function message(text) {
  try { return JSON.parse(text).message; } catch { return text.trim(); }
}
