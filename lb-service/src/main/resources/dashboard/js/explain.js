import { el } from './dom.js';
import { ask } from './api.js';
import { age, number } from './format.js';

const SHOWN = 50;
const values = (candidate) => Object.entries(candidate.values).map(([name, value]) => `${name} ${number(value)}`).join(', ');

/** Makes the decision that a pick would make now, sends nothing, and shows what it follows from. */
export async function explain(service, place) {
  place.replaceChildren(el('p', { class: 'quiet' }, 'Asking …'));
  try {
    const answer = await ask('explain', { service });
    place.replaceChildren(
      el('h3', {}, answer.chosen ? `A pick now goes to ${answer.chosen}` : 'A pick now goes to nobody'),
      el('p', {}, answer.rule),
      el('p', { class: 'quiet' }, `Policy ${answer.policy}, table version ${answer.tableVersion}, seed ${answer.seed}: the same again decides the same.`),
      el('table', {}, el('thead', {}, el('tr', {}, ...['Candidate', 'Why', 'Signals', 'Age'].map((t) => el('th', {}, t)))),
        el('tbody', {}, ...answer.candidates.slice(0, SHOWN).map((candidate) => el('tr', { 'data-chosen': candidate.id === answer.chosen },
          el('td', {}, candidate.id), el('td', {}, candidate.standing === 'open' ? candidate.reason : `${candidate.standing}: ${candidate.reason}`),
          el('td', {}, values(candidate)), el('td', {}, age(candidate.ageMillis)))))),
      answer.candidates.length > SHOWN ? el('p', { class: 'quiet' }, `and ${answer.candidates.length - SHOWN} more`) : '');
  } catch (failure) {
    place.replaceChildren(el('p', { class: 'error', role: 'alert' }, failure.message));
  }
}
