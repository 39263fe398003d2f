import { $, attribute, text } from './dom.js';
import { age, clock } from './format.js';

const WORDS = { connecting: 'Connecting', live: 'Live', late: 'Late', paused: 'Paused', disconnected: 'Disconnected' };

/** Says how far the page can be trusted: a number that is old must not look new. */
export function connection(standing, store) {
  const registry = store.head?.registry;
  const stale = standing.is === 'live' && registry?.sync !== 'in_sync';
  const is = stale ? 'stale' : standing.is;
  attribute($('connection'), 'data-is', is);
  text($('connection').lastElementChild, stale ? 'Stale' : WORDS[standing.is]);
  attribute(document.body, 'data-is', is);
  const words = notice(standing, registry, store.at);
  $('notice').hidden = !words;
  text($('notice'), words);
}

function notice(standing, registry, at) {
  const shown = at ? ` What you see is of ${clock(at)}.` : '';
  if (standing.is === 'disconnected') {
    return `The balancer has not answered for ${age(Date.now() - standing.since)}; trying again.${shown}`;
  }
  if (standing.is === 'late') return `Nothing was heard for ${age(Date.now() - standing.since)}.${shown}`;
  if (standing.is !== 'live' || registry.sync === 'in_sync') return '';
  return registry.sync === 'never'
    ? 'The registry was not read yet: this balancer knows no worker.'
    : `The registry has not confirmed this view for ${age(registry.ageMillis)}. Picks go on from the last tables.`;
}
