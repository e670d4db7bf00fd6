// What went wrong, in words, beside what was typed: all of it stays.

import { duration, say } from '/texts.js';

// Of an answer, or of the client's error, which is none where nothing answered.
export function explain({ status, body }) {
  if (status === 429) return say('tooMany', { time: duration(body?.retry_after) });
  if (!body || status === 0 || status >= 500) return say(navigator.onLine ? 'unreachable' : 'offline');
  return body.detail ?? Object.values(body).flat()[0] ?? say('wentWrong');
}

// Beside its field where it is about one that the form has; whatever is left in the notice.
export function complain(form, answer, words) {
  clear(form);
  const isAboutFields = answer.status === 400 && answer.body && typeof answer.body.detail !== 'string';
  const about = isAboutFields ? Object.entries(answer.body) : [];
  // Several boxes of one name are no element.
  const isField = ([name]) => form.elements[name] instanceof Element;
  const [known, others] = [about.filter(isField), about.filter(part => !isField(part))];
  for (const [name, texts] of known) mark(form.elements[name], [texts].flat().join(' '));
  const notice = form.querySelector('.notice');
  if (words) notice.textContent = words;
  else if (others.length > 0) notice.textContent = others.flatMap(([, texts]) => texts).join(' ');
  else if (known.length === 0) notice.textContent = explain(answer);
  if (answer.status === 429) holdBack(form.querySelector('button:not([type=button])'), answer.body?.retry_after);
  (form.querySelector('[aria-invalid]') ?? form.querySelector('input:not([type=checkbox], [type=hidden]), textarea, button'))?.focus();
}

export function clear(form) {
  form.querySelector('.notice').textContent = '';
  for (const mistake of form.querySelectorAll('.mistake')) mistake.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    describe(field, id => !id.endsWith('-mistake'));
  }
}

function mark(field, text) {
  const mistake = Object.assign(document.createElement('p'), { className: 'mistake', id: `${field.id}-mistake`, textContent: text });
  mistake.setAttribute('role', 'alert');
  (field.closest('.secret') ?? field).after(mistake);
  field.setAttribute('aria-invalid', 'true');
  describe(field, () => true, mistake.id);
}

function describe(field, keeps, ...more) {
  const ids = [...(field.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && keeps(id)), ...more];
  if (ids.length > 0) field.setAttribute('aria-describedby', ids.join(' '));
  else field.removeAttribute('aria-describedby');
}

// A button that does nothing for a while, and says for how long; the notice has said it, and is not said again and again.
export function holdBack(button, seconds, says = 'retryIn') {
  if (button.dataset.timer) clearTimeout(button.dataset.timer);
  else button.dataset.words = button.textContent;
  button.disabled = seconds > 0;
  button.textContent = seconds > 0 ? say(says, { time: duration(seconds) }) : button.dataset.words;
  if (seconds > 0) button.dataset.timer = setTimeout(holdBack, 1000, button, seconds - 1, says);
  else delete button.dataset.timer;
}
