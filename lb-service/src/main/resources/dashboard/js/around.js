import { $, el } from './dom.js';
import { number } from './format.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A link to another balancer's page, if this browser may get there. */
function page(balancer, here) {
  if (balancer.self || !balancer.page || !/^https?:\/\//.test(balancer.page)) return null;
  const host = new URL(balancer.page).hostname;
  const sameMachine = here && balancer.address.replace(/:\d+$/, '') === here.address.replace(/:\d+$/, '');
  // Its page on its own loopback is only there for who is on that machine.
  if (LOOPBACK.has(host) && !(sameMachine && LOOPBACK.has(location.hostname))) return null;
  return balancer.page;
}

/** Rebuilds a part of the page only when what it shows is another. */
function when(place, key, build) {
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(...build());
}

const cells = (tag, ...values) => values.map((value) => el(tag, {}, value));
const table = (titles, rows) => el('table', {}, el('thead', {}, el('tr', {}, ...cells('th', ...titles))), el('tbody', {}, ...rows));

export function balancers(head) {
  when($('balancers'), JSON.stringify(head.balancers), () => {
    if (!head.balancers.length) return [el('p', { class: 'quiet' }, 'No balancer is registered; this one may not reach etcd.')];
    const here = head.balancers.find((balancer) => balancer.self);
    return [table(['Balancer', 'Clients connect to', 'State'], head.balancers.map((balancer) => {
      const link = page(balancer, here);
      const name = link ? el('a', { href: link, rel: 'noopener noreferrer' }, balancer.id) : el('span', {}, balancer.id);
      return el('tr', { 'data-self': balancer.self }, el('td', {}, name, balancer.self ? el('small', {}, ' this one') : null),
        ...cells('td', balancer.address, balancer.state));
    }))];
  });
}

const SHOWN = 20;
const STANDINGS = { in_sync: 'in sync', behind: 'behind', slow: 'slow' };

export function subscribers({ services, noted }) {
  when($('subscribers'), JSON.stringify([services, noted.slice(0, SHOWN)]), () => {
    if (!services.length) return [el('p', { class: 'quiet' }, 'Nobody subscribes here.')];
    const counts = table(['Service', 'Version', 'In sync', 'Behind', 'Slow'], services.map((of) =>
      el('tr', {}, ...cells('td', of.service, String(of.version), number(of.inSync)),
        el('td', { 'data-is': of.behind ? 'warn' : '' }, number(of.behind)), el('td', { 'data-is': of.slow ? 'bad' : '' }, number(of.slow)))));
    const each = table(['Client', 'From', 'Version', 'Is'], noted.slice(0, SHOWN).map((one) =>
      el('tr', {}, ...cells('td', one.client || 'without a name', one.address.replace(/^\//, ''), String(one.version)),
        el('td', {}, el('span', { class: 'standing', 'data-is': one.standing }, STANDINGS[one.standing] ?? one.standing)))));
    return [counts, each];
  });
}
