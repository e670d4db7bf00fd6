// What our pages share: sections of which one shows, forms that their script sends, and words for what went wrong.

import { duration, say } from '/texts.js';

const card = document.querySelector('main');
const announcer = document.getElementById('announcer');

let acts;
let retry;
let busy = false;

// acts: what buttons and forms do, by their data-act.
export function begin(pageActs) {
  acts = { ...pageActs, retry: () => retry() };
  card.addEventListener('click', clicked);
  card.addEventListener('submit', submitted);
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
  history.replaceState(null, '', location.pathname);
  const values = names.map(name => fragment.get(name)?.trim());
  return values.length > 1 ? values : values[0];
}

// With a form its notice tells; without one the page offers to try again.
export function fail(answer, again, form, words) {
  const message = words?.(answer) ?? explain(answer);
  if (form) return complain(form, message);
  retry = again;
  fill('trouble', message);
  holdBack(answer.status === 429 ? answer.body.retry_after : 0);
  return show('trouble');
}

function complain(form, message) {
  form.querySelector('.notice').textContent = message;
  form.querySelector('input:last-of-type').focus();
}

function explain({ status, body }) {
  if (status === 429) return say('tooMany', { time: duration(body.retry_after) });
  if (status >= 500) return say('unreachable');
  return body.detail ?? Object.values(body).flat()[0] ?? say('wentWrong');
}

function holdBack(seconds) {
  const button = card.querySelector('[data-act=retry]');
  button.disabled = seconds > 0;
  button.textContent = seconds > 0 ? say('retryIn', { time: duration(seconds) }) : say('retry');
  if (seconds > 0) setTimeout(holdBack, 1000, seconds - 1);
}

function clicked({ target }) {
  const button = target.closest('button[type=button]');
  if (!button || busy) return;
  if (button.dataset.show) show(button.dataset.show);
  else if (button.dataset.reveal) reveal(button, document.getElementById(button.dataset.reveal));
  else run(() => acts[button.dataset.act]());
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
  if (busy) return;
  form.querySelector('.notice').textContent = '';
  run(() => acts[form.dataset.act](Object.fromEntries(new FormData(form)), form));
}

async function run(act) {
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
