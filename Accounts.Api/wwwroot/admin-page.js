// What the views of the administration share: elements, answers, one thing at a time, and the question before an act.

import { accounts } from '/client.js';
import { clear, complain, explain } from '/explain.js';
import { moment, say } from '/texts.js';

const page = document.querySelector('main');
const announcer = document.getElementById('announcer');

// With the token. What the server says never throws; body is empty where nothing came.
export async function ask(method, path, body, headers = {}) {
  try {
    const answer = await accounts.fetch(new URL(`/api/admin/${path}`, location), {
      method,
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const read = { ok: answer.ok, status: answer.status, etag: answer.headers.get('ETag'), body: answer.status === 204 ? {} : await answer.json() };
    if (read.body.code === 'permission_denied') refused();
    return read;
  } catch (error) {
    return { ok: false, status: error.status ?? 0, body: error.body ?? {} };
  }
}

let refused;
export const onRefused = act => { refused = act; };

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(child => child !== undefined && child !== ''));
  return made;
}

export const badge = (text, kind = '') => element('span', { className: `badge ${kind}` }, text);

export const time = value => element('time', { dateTime: value }, moment(value));

export const link = (address, text) => element('a', { href: address }, text);

// Strangers' names: textContent, never markup.
export function fill(name, ...children) {
  for (const place of document.querySelectorAll(`[data-fill=${name}]`)) place.replaceChildren(...children);
}

// Terms and what they are; a fact without a value is left out.
export const facts = pairs => pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
  .flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, ...[value].flat())]);

export function announce(text) {
  announcer.textContent = text;
}

const turns = new WeakMap();

// The place says that something loads, then what went wrong, with a way to try again.
export async function load(place, read, shown) {
  place.setAttribute('aria-busy', 'true');
  // Of two that are on their way the later one counts, whichever comes first.
  const mine = turns.get(place) + 1 || 1;
  turns.set(place, mine);
  const answer = await read();
  if (turns.get(place) !== mine) return undefined;
  place.setAttribute('aria-busy', 'false');
  if (answer.ok) return shown(answer.body, answer);
  const again = element('button', { type: 'button', className: 'quiet' }, say('retry'));
  again.addEventListener('click', () => load(place, read, shown));
  const isGone = answer.status === 404;
  const said = Object.assign(element('p', { className: 'notice' }, isGone ? say('notThere') : explain(answer)), { role: 'alert' });
  place.replaceChildren(element('div', { className: 'failed' }, said, isGone ? '' : again));
}

// One at a time: a second click does nothing.
let busy = false;
export async function alone(act) {
  if (busy) return;
  busy = true;
  page.setAttribute('aria-busy', 'true');
  try {
    await act();
  } finally {
    busy = false;
    page.setAttribute('aria-busy', 'false');
  }
}

// send: what the form has becomes an answer; done: what follows a good one.
export function onSubmit(form, send, done, words = () => undefined) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    alone(async () => {
      clear(form);
      const answer = await send(Object.fromEntries(new FormData(form)), form);
      if (answer?.ok) await done(answer, form);
      else if (answer) complain(form, answer, answer.body.code === 'reauthentication_required' ? say('confirm.needed') : words(answer));
    });
  });
}

// Asks before an act that people would rather not do by mistake. Whether it was done.
const question = document.getElementById('question');
let sure;

onSubmit(question.querySelector('form'), fields => sure.send(fields), answer => {
  question.close();
  sure.done(answer);
});
question.querySelector('[data-cancel]').addEventListener('click', () => question.close());
// Whoever goes back meanwhile looks at somebody else.
window.addEventListener('hashchange', () => question.close());

// key: of its title, text and button; suspend: with reason and end.
export function askFirst(key, values, send, done) {
  const form = question.querySelector('form');
  form.reset();
  clear(form);
  sure = { send, done };
  question.querySelector('h2').textContent = say(`acts.${key}.title`, values);
  question.querySelector('p').textContent = say(`acts.${key}.text`, values);
  const button = form.querySelector('button:not([type=button])');
  button.textContent = say(`acts.${key}.submit`);
  button.className = ['delete', 'suspend', 'factors'].includes(key) ? 'danger' : '';
  form.querySelector('fieldset').hidden = key !== 'suspend';
  form.querySelector('fieldset').disabled = key !== 'suspend';
  question.showModal();
}
