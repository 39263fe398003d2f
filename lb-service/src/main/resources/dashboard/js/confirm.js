import { $, el } from './dom.js';
import { change } from './api.js';

const SAID_FOR = 6000;
let hidden = 0;

/** One line at the bottom, above whatever is open, for a few seconds. */
function say(words) {
  $('said').textContent = words;
  $('said').showPopover?.();
  clearTimeout(hidden);
  hidden = setTimeout(() => { $('said').hidePopover?.(); $('said').textContent = ''; }, SAID_FOR);
}

/**
 * Asks whether to do it, and why, then does it. It is done on what is shown now, or not at all; what the balancer refuses is told
 * in its own words, and the dialog stays.
 * wanted: { title, words, verb, what, service, body, done, danger, field: { name, label, value } }
 */
export function confirm(store, wanted) {
  const dialog = $('confirm');
  const revision = store.revisionOf(wanted.service);
  const why = el('input', { id: 'confirm-why', maxlength: 200, autocomplete: 'off', placeholder: 'Kept with the decision' });
  const field = wanted.field && el('input', { id: 'confirm-field', required: true, autocomplete: 'off', spellcheck: 'false', value: wanted.field.value });
  const error = el('p', { class: 'error', role: 'alert' });
  const go = el('button', { type: 'submit', class: wanted.danger ? 'danger' : 'primary' }, wanted.verb);
  const form = el('form', {},
    el('h2', { id: 'confirm-title' }, wanted.title), el('p', {}, wanted.words),
    field ? el('label', {}, el('span', { class: 'quiet' }, wanted.field.label), field) : null,
    el('label', {}, el('span', { class: 'quiet' }, 'Reason'), why), error,
    el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), go));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    go.disabled = true;
    error.textContent = '';
    try {
      const body = { service: wanted.service, ...wanted.body, ...(field ? { [wanted.field.name]: field.value.trim() } : {}) };
      const applied = await change(wanted.what, { ...body, why: why.value, expectedRevision: revision });
      store.decided(wanted.service, applied.revision);
      dialog.close();
      say(applied.changed ? wanted.done : 'Nothing to do: it was so already.');
    } catch (failure) {
      error.textContent = failure.isStale ? `${failure.message}. Close this, and decide again on what is shown now.` : failure.message;
      go.disabled = failure.isStale === true;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  (field ?? why).focus();
}
