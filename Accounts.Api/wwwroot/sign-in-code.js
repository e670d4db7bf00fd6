// In the browser that had the mail sent it signs in, once it is asked to; elsewhere it shows the code that the other one waits for.
// The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show } from '/card.js';
import { askFactor, takePasskey } from '/factor.js';

const login = '/api/auth/login/';
const api = login + 'code/';

const token = takeToken();

// Where this tab keeps the ticket of a sign-in that waits for its second factor: the mail is spent by then, and a reload must not lose it.
const place = 'sign-in-code';

let ticket;

const factorForm = document.querySelector('#factor form');

begin({ enter, restore, prove, askPasskey });
if (token) look();
else resume();

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function look() {
  forget();
  show('wait');
  const answer = await post(api + 'check/', { token });
  if (!answer.ok) return refuse(answer, look);
  const { body } = answer;
  for (const name of ['email', 'device', 'ip', 'code']) fill(name, body[name] ?? '');
  fill('at', when(body.at));
  fill('act', body.new_account ? 'Make an account and sign in' : 'Sign in');
  if (!body.same_browser) return show('code');
  return show(body.new_account ? 'join' : 'confirm');
}

function resume() {
  const kept = recall();
  if (!kept) return show('none');
  if (kept.until <= Date.now()) return late();
  return ask(kept);
}

// A browser may have no storage for us; then a reload begins again.
function keep({ ticket, methods, expires_in: seconds }) {
  try { sessionStorage.setItem(place, JSON.stringify({ ticket, methods, until: Date.now() + seconds * 1000 })); } catch { /* as above */ }
}

function recall() {
  try { return JSON.parse(sessionStorage.getItem(place)); } catch { return null; }
}

function forget() {
  try { sessionStorage.removeItem(place); } catch { /* as above */ }
}

function ask(waiting) {
  ({ ticket } = waiting);
  return askFactor(waiting.methods, 'Your account has a second factor.');
}

function late() {
  forget();
  return show('late');
}

function when(time) {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}

async function enter() {
  const answer = await post(api + 'confirm/', { token });
  return answer.ok ? arrive() : refuse(answer, enter);
}

async function restore() {
  const answer = await post(api + 'confirm/', { token, restore: true });
  return answer.ok ? arrive() : refuse(answer, restore);
}

async function prove({ code }) {
  return finish({ code });
}

async function askPasskey() {
  const { begun, proof } = await takePasskey({ ticket });
  if (!begun.ok) return refuseFactor(begun);
  return proof ? finish(proof) : fail(begun, null, factorForm, () => 'That did not work. Please try again, or enter a code.');
}

async function finish(factor) {
  const answer = await post(login + 'second-factor/', { ticket, ...factor });
  return answer.ok ? arrive() : refuseFactor(answer);
}

function refuseFactor(answer) {
  if (answer.body.code === 'invalid_ticket') return late();
  return answer.status === 403 ? refuse(answer) : fail(answer, null, factorForm, factorWords);
}

function factorWords({ status, body }) {
  if (body.code === 'invalid_credentials') return 'That is not it, or it was used already. Please try another one.';
  return status === 429 ? 'Too many codes were wrong. A recovery code is still good; or try again later.' : undefined;
}

// To the front end, where there is one; its address stands in the link.
function arrive() {
  forget();
  const onward = document.querySelector('#done a');
  show('done');
  if (onward.getAttribute('href') === '/') return onward.remove();
  return location.replace(onward.href);
}

function refuse(answer, again) {
  const { status, body } = answer;
  if (body.code === 'invalid_token') return show('invalid');
  if (body.code === 'second_factor_required') {
    keep(body);
    return ask(body);
  }
  if (body.code === 'account_deleted' && body.restore_until) {
    fill('until', when(body.restore_until));
    return show('deleted');
  }
  if (status !== 403 && status !== 409) return fail(answer, again);
  // Only the page that began can go on with the ticket of that.
  fill('refusal', body.code === 'second_factor_enrolment_required'
    ? 'You need a second factor here. Go back to where you were signing in, have a new mail sent, and enter its code there: then you can add one.'
    : body.detail);
  return show('refused');
}
