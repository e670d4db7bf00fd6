// What an app does with the client: who is here, coming in, calling something, going out. It is made to be read.

import { createAccounts } from '/accounts.js';
import { log, showToken, stopToken } from '/dev/app-show.js';

const at = id => document.getElementById(id);
const accounts = createAccounts();

let ticket;

accounts.onChange((user, reason) => {
  log(user ? `Signed in as ${user.username}` : `Nobody is signed in${reason ? `: ${reason}` : ''}`);
  show();
});

// Coming in

on('sign-up', async fields => {
  log('register', await accounts.register(fields));
  log('A mail is on its way to the mailbox. Nobody has to open it first, unless a setting says so.');
  await enter(fields);
});
on('sign-in', enter);
on('factor', async fields => next(await accounts.secondFactor({ ticket, ...fields })));

async function enter({ username, password }) {
  next(await accounts.login({ username, password }));
}

// A sign-in may want a step more. That is a value, and no failure.
function next(result) {
  if (!result?.step) return;
  log(result.step, result);
  ticket = result.ticket;
  const isFactor = result.step === 'second_factor_required';
  if (!isFactor) return say(`The sign-in wants one step more: ${result.step}. Your front end asks for it (docs/front-end.md); this page does not.`);
  for (const form of ['sign-up', 'sign-in', 'factor']) at(form).hidden = form !== 'factor';
  at('factor-code').focus();
}

async function offerProviders() {
  const offered = await accounts.social.providers();
  at('providers').replaceChildren(...offered.map(({ provider, name }) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: `Go on with ${name}` });
    button.addEventListener('click', () => run(() => accounts.loginWith(provider)));
    return button;
  }));
}

// What the buttons do

const acts = {
  async me() {
    log('GET /api/auth/me/', await accounts.me());
  },
  async orders() {
    const answer = await accounts.fetch(new URL('/dev/app/orders', location));
    log(`GET /dev/app/orders: ${answer.status}`, await answer.json());
  },
  async refresh() {
    await accounts.call('POST', 'token/refresh/');
    log('A fresh token');
    await showToken(accounts);
  },
  // As its user would do on another device: by the API, behind this page's back.
  async end() {
    const token = await accounts.getAccessToken();
    const { sid } = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    const answer = await fetch(`/api/auth/sessions/${sid}/`, { method: 'DELETE', credentials: 'omit', headers: { Authorization: `Bearer ${token}` } });
    log(`The session was ended from elsewhere: ${answer.status}. This page does not know it yet: call something.`);
  },
  out: () => accounts.logout(),
};

document.addEventListener('click', ({ target }) => {
  const { act, way } = target.closest('button')?.dataset ?? {};
  if (act) run(acts[act]);
  if (way) choose(way);
});

function choose(way) {
  for (const button of document.querySelectorAll('[data-way]')) button.setAttribute('aria-pressed', String(button.dataset.way === way));
  for (const form of ['sign-up', 'sign-in', 'factor']) at(form).hidden = form !== way;
  say('');
}

// What is shown

async function show() {
  const { user } = accounts;
  at('state').textContent = user ? `Signed in as ${user.username}` : user === null ? 'Nobody is signed in' : 'The server cannot be asked';
  const byHand = document.activeElement !== document.body;
  [at('visitor').hidden, at('signed-in').hidden, at('token').hidden] = [Boolean(user), !user, !user];
  document.querySelector('main').setAttribute('aria-busy', 'false');
  at('to-admin').hidden = !user?.roles.includes('admin');
  at('no-admin').hidden = Boolean(user?.roles.includes('admin'));
  if (!user) return stopToken();
  if (byHand) at('signed-in-title').focus();
  return showToken(accounts);
}

function on(id, act) {
  at(id).addEventListener('submit', event => {
    event.preventDefault();
    run(() => act(Object.fromEntries(new FormData(event.target))));
  });
}

// Whatever goes wrong is an AccountsError with a sentence; who is signed out was told by onChange.
async function run(act) {
  say('');
  try {
    await act();
  } catch (error) {
    log(`${error.status ?? ''} ${error.code ?? error.name}`, error.body);
    if (error.code !== 'token_not_valid') say(Object.entries(error.fields ?? {}).map(([name, texts]) => `${name}: ${texts.join(' ')}`).join(' ') || error.message);
  }
}

function say(text) {
  at('notice').textContent = text;
}

// Where a provider sends people back, before it is asked who is here.
const arrival = accounts.handleCallback();
await arrival.catch(() => {});
await run(() => accounts.start());
await run(async () => next(await arrival));
await run(offerProviders);
show();
