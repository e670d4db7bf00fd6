// What our pages share: sections of which one shows, forms that their script sends, and words for what went wrong.

import { explain, holdBack } from '/explain.js';
import { say } from '/texts.js';

const card = document.querySelector('main');
const announcer = document.getElementById('announcer');
const untilNextMail = 60; // seconds; the server sends one a minute to an address

// How the server is set, as far as pages need it.
export const settings = JSON.parse(document.getElementById('settings').textContent);

let acts;
let retry;
let busy = false;

// acts: what buttons and forms do, by their data-act.
export function begin(pageActs) {
  acts = { ...pageActs, retry: () => retry() };
  card.addEventListener('click', clicked);
  card.addEventListener('submit', submitted);
  card.addEventListener('input', ({ target }) => correct(target));
  // A second link pasted into this tab changes only the fragment.
  window.addEventListener('hashchange', () => location.reload());
}

export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch {
    return { ok: false, status: 503, body: {} };
  }
}

// What the fragment says, where no server sees it; then it is gone from the address, too.
export function takeFragment(...names) {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname + location.search);
  const values = names.map(name => fragment.get(name)?.trim());
  return values.length > 1 ? values : values[0];
}

// What went wrong

// With a form its notice and its fields tell; without one the page offers to try again.
export function fail(answer, again, form, words) {
  const message = words?.(answer);
  if (form) return complain(form, answer, message);
  retry = again;
  fill('trouble', message ?? explain(answer));
  holdBack(card.querySelector('[data-act=retry]'), answer.status === 429 ? answer.body.retry_after : 0);
  return show('trouble');
}

function complain(form, answer, message) {
  const wrong = message === undefined ? mistakes(answer) : {};
  const [known, others] = [[], []];
  for (const [name, texts] of Object.entries(wrong)) (isShown(form.elements[name]) ? known : others).push([name, texts.join(' ')]);
  for (const [name, text] of known) tell(form.elements[name], text);
  const rest = others.map(([name, text]) => (/^(username|email|password|non_field_errors)$/.test(name) ? text : `${name}: ${text}`)).join(' ');
  notice(form, message ?? (known.length + others.length > 0 ? rest : explain(answer)), known.length === 0 && [400, 401].includes(answer.status));
  if (answer.status === 429) holdBack(form.querySelector('button:not([type])'), answer.body.retry_after);
  (form.querySelector('[aria-invalid]') ?? lastField(form) ?? form.querySelector('button')).focus();
}

// By field; nothing where the answer has one sentence.
const mistakes = ({ status, body }) => (status === 400 && typeof body.detail !== 'string' ? body : {});
const isShown = field => Boolean(field?.closest && !field.hidden && field.type !== 'hidden');
const lastField = form => [...form.querySelectorAll('input:not([hidden], [type=checkbox]), select')].at(-1);

// Below its field, which points there.
function tell(field, text) {
  const told = document.createElement('p');
  told.id = `${field.id}-mistake`;
  told.className = 'mistake';
  told.setAttribute('role', 'alert');
  (field.closest('.secret, .check') ?? field).after(told);
  told.textContent = text;
  mark(field, told.id);
}

function notice(form, text, isOfField) {
  const place = form.querySelector('.notice');
  place.textContent = text;
  const field = lastField(form);
  if (text && isOfField && field) mark(field, place.id ||= `${field.id}-notice`);
}

function mark(field, describedBy) {
  field.setAttribute('aria-invalid', 'true');
  const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && id !== describedBy);
  field.setAttribute('aria-describedby', [describedBy, ...others].join(' '));
}

// What is typed anew is not wrong any more, as far as anybody knows.
function correct(field) {
  if (!field.hasAttribute('aria-invalid')) return;
  field.removeAttribute('aria-invalid');
  document.getElementById(`${field.id}-mistake`)?.remove();
}

function clear(form) {
  form.querySelector('.notice').textContent = '';
  for (const field of form.querySelectorAll('[aria-invalid]')) correct(field);
}

// After a mail: another may be asked for in a minute.
export const waitForMail = id => holdBack(document.querySelector(`#${id} [data-again]`), untilNextMail, 'againIn');

// What people do

function clicked({ target }) {
  const button = target.closest('button[type=button]');
  if (!button || busy) return;
  if (button.dataset.show) show(button.dataset.show);
  else if (button.dataset.reveal) reveal(button, document.getElementById(button.dataset.reveal));
  else run(() => acts[button.dataset.act](button));
}

function reveal(button, input) {
  const hidden = input.type === 'password';
  input.type = hidden ? 'text' : 'password';
  button.textContent = say(hidden ? 'hide' : 'show');
  button.setAttribute('aria-label', say(hidden ? 'hidePassword' : 'showPassword'));
}

function submitted(event) {
  event.preventDefault();
  const form = event.target;
  if (busy || form.querySelector('button:not([type])').disabled) return;
  clear(form);
  run(() => acts[form.dataset.act](Object.fromEntries(new FormData(form)), form, event.submitter));
}

export async function run(act) {
  setBusy(true);
  try { await act(); } finally { setBusy(false); }
}

function setBusy(value) {
  busy = value;
  card.setAttribute('aria-busy', String(value));
}

// The names are strangers' text: textContent, never markup.
export function fill(name, text) {
  for (const place of card.querySelectorAll(`[data-fill=${name}]`)) place[place.matches('input') ? 'value' : 'textContent'] = text;
}

export function show(id) {
  const byHand = card.contains(document.activeElement);
  for (const section of card.querySelectorAll('section')) section.hidden = section.id !== id;
  const heading = document.querySelector(`#${id} h1`);
  document.title = heading.textContent;
  // Whoever pressed a button would lose their place with it; whoever only opened the page is told.
  if (byHand) heading.focus();
  else announcer.textContent = [heading, heading.nextElementSibling].map(part => part.textContent).join('. ');
}
