// What the parts of the account's page share: the client, what is filled and shown, and what happens when something is pressed.

import { createAccounts } from '/accounts.js';
import { confirmIdentity } from '/confirm.js';
import { clear, complain, explain, holdBack } from '/explain.js';
import { knows, moment, say } from '/texts.js';

export const accounts = createAccounts({ onReauthenticate: challenge => confirmIdentity(challenge, accounts, proveAway) });

// At a provider, which leads back to this part of the page.
const proveAway = provider => accounts.loginWith(provider, { mode: 'reauthenticate', next: location.hash || '#profile' });

// How the server is set, as far as pages need it.
export const settings = JSON.parse(document.getElementById('settings').textContent);

const page = document.querySelector('main');
const said = document.getElementById('said');

export const find = id => document.getElementById(id);

// Strangers' names: textContent, never markup.
export function fill(name, text, within = document) {
  for (const place of within.querySelectorAll(`[data-fill=${name}]`)) place.textContent = text;
}

// What has been done; it stays until the next thing is.
export function tell(key, values) {
  said.textContent = key ? say(key, values) : '';
}

// A list out of the template of the same name; read: what a row has for its places, and what of it shows.
export function rows(name, items, read, none) {
  const template = find(`${name}-row`);
  find(`${name}-rows`).replaceChildren(...items.map(item => row(template, item, read(item))));
  if (none) find(none).hidden = items.length > 0;
}

function row(template, item, values) {
  const made = template.content.cloneNode(true).firstElementChild;
  for (const [name, text] of Object.entries(values)) fill(name, text ?? '', made);
  for (const part of made.querySelectorAll('[data-if]')) part.hidden = !values[part.dataset.if];
  for (const part of made.querySelectorAll('[data-unless]')) part.hidden = Boolean(values[part.dataset.unless]);
  for (const button of made.querySelectorAll('button')) {
    button.item = item;
    // All rows have the same buttons: to who hears them each says whose it is.
    button.setAttribute('aria-label', say(button.dataset.name, { name: values.name ?? values.device }));
  }
  return made;
}

export const used = ({ created_at: from, last_used_at: at }) =>
  at ? say('addedAndUsed', { from: moment(from), at: moment(at) }) : say('addedNotUsed', { from: moment(from) });

// Acts

const acts = {};
let busy = false;

export const addActs = more => Object.assign(acts, more);

page.parentElement.addEventListener('click', ({ target }) => {
  const button = target.closest('button[type=button]');
  if (!button) return;
  if (button.dataset.reveal) reveal(button, find(button.dataset.reveal));
  else if (button.dataset.copy) run(() => copy(find(button.dataset.copy)), noticeFor(button));
  else if (button.dataset.act) run(() => acts[button.dataset.act](button), noticeFor(button), button);
});

page.addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target;
  if (busy || !complete(form)) return;
  run(() => acts[form.dataset.act](Object.fromEntries(new FormData(form)), form), form);
});

// Beside the fields: what the browser shows goes away by itself.
function complete(form) {
  clear(form);
  const missing = [...form.elements].filter(field => field.willValidate && !field.validity.valid);
  if (missing.length === 0) return true;
  complain(form, { status: 400, body: Object.fromEntries(missing.map(field => [field.name, [wrong(field)]])) });
  return false;
}

function wrong({ validity, type, validationMessage }) {
  if (validity.valueMissing) return say('fillIn');
  return type === 'email' ? say('noAddress') : validationMessage;
}

const noticeFor = button => button.closest('section, #whose').querySelector(':scope > .notice');

// One thing at a time; a second click does nothing. place: the form or the notice that tells what went wrong.
export async function run(act, place, button) {
  if (busy) return;
  busy = true;
  page.setAttribute('aria-busy', 'true');
  tell();
  if (place?.matches('.notice')) place.textContent = '';
  try {
    await act();
  } catch (error) {
    blame(error, place);
    if (button && error.status === 429) holdBack(button, error.retryAfter);
  } finally {
    busy = false;
    page.setAttribute('aria-busy', 'false');
    // What was pressed may be gone, and the focus with it.
    if (place && document.activeElement === document.body) page.querySelector('section:not([hidden]) h1').focus({ preventScroll: true });
  }
}

function blame(error, place) {
  // Somebody who is signed out is on the way to be told.
  if (error.code === 'token_not_valid') return;
  if (error.status === undefined) reportError(error);
  if (place?.matches('form')) complain(place, error, wordsFor(error));
  else if (place) place.textContent = wordsFor(error) ?? explain(error);
}

export function wordsFor(error) {
  if (error.status === undefined) return say('wentWrong');
  return knows(`errors.${error.code}`) ? say(`errors.${error.code}`) : undefined;
}

// What is gone already needs not go: done elsewhere, or by a click whose answer was lost.
export async function remove(act) {
  try {
    await act();
    return true;
  } catch (error) {
    if (error.status !== 404) throw error;
    return false;
  }
}

function reveal(button, input) {
  const hidden = input.type === 'password';
  input.type = hidden ? 'text' : 'password';
  button.textContent = say(hidden ? 'hide' : 'show');
  button.setAttribute('aria-label', say(hidden ? 'hidePassword' : 'showPassword'));
}

async function copy(place) {
  const lines = [...place.querySelectorAll('li')].map(line => line.textContent);
  try {
    await navigator.clipboard.writeText(lines.length > 0 ? lines.join('\n') : place.dataset.plain ?? place.textContent);
    tell('copied');
  } catch {
    getSelection().selectAllChildren(place);
    tell('copyByHand');
  }
}

export function download(name, text, type) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
