import { $, el } from './dom.js';
import { ask } from './api.js';

let hidden = 0;

/** One line at the bottom, for a few seconds. */
export function say(words) {
  $('said').textContent = words;
  clearTimeout(hidden);
  hidden = setTimeout(() => { $('said').textContent = ''; }, 6000);
}

/**
 * Asks whether to do it, and why, then does it. What the balancer refuses is told in its own words, and the dialog stays.
 * change: { title, words, verb, what, body, done, danger }
 */
export function confirm(change) {
  const dialog = $('confirm');
  const why = el('input', { id: 'confirm-why', name: 'why', maxlength: 200, autocomplete: 'off', placeholder: 'Why? It is kept with the decision.' });
  const error = el('p', { class: 'error', role: 'alert' });
  const go = el('button', { type: 'submit', class: change.danger ? 'danger' : 'primary' }, change.verb);
  const form = el('form', { method: 'dialog' },
    el('h2', { id: 'confirm-title' }, change.title), el('p', {}, change.words),
    el('label', {}, el('span', { class: 'quiet' }, 'Reason'), why), error,
    el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), go));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    go.disabled = true;
    error.textContent = '';
    try {
      const applied = await ask(change.what, { ...change.body, why: why.value });
      dialog.close();
      say(applied.changed === false ? 'Nothing to do: it was so already.' : change.done);
    } catch (failure) {
      error.textContent = failure.message;
      go.disabled = false;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  why.focus();
}
