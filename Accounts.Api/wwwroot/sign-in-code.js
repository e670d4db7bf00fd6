// In the browser that had the mail sent it signs in, once it is asked to; elsewhere it shows the code that the other one waits for.
// The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show, takeFragment } from '/card.js';
import { askFactor, takePasskey } from '/factor.js';
import { moment, say } from '/texts.js';

const login = '/api/auth/login/';
const api = login + 'code/';

const token = takeFragment('token');

// Where this tab keeps the ticket of a sign-in that waits for its second factor: the mail is spent by then, and a reload must not lose it.
const place = 'sign-in-code';

let ticket;

const factorForm = document.querySelector('#factor form');

begin({ enter, restore, prove, askPasskey });
if (token) look();
else resume();

async function look() {
  forget();
  show('wait');
  const answer = await post(api + 'check/', { token });
  if (!answer.ok) return refuse(answer, look);
  const { body } = answer;
  for (const name of ['email', 'device', 'ip', 'code']) fill(name, body[name] ?? '');
  fill('at', moment(body.at));
  fill('act', say(body.new_account ? 'join' : 'signIn'));
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
  return askFactor(waiting.methods, say('hasFactor'));
}

function late() {
  forget();
  return show('late');
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
  return proof ? finish(proof) : fail(begun, null, factorForm, () => say('passkeyFailed'));
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
  if (body.code === 'invalid_credentials') return say('wrongFactor');
  return status === 429 ? say('tooManyCodes') : undefined;
}

// To the front end, where there is one; its address stands in the link.
function arrive() {
  forget();
  const onward = document.querySelector('#done a');
  show('done');
  return onward ? location.replace(onward.href) : undefined;
}

function refuse(answer, again) {
  const { status, body } = answer;
  if (body.code === 'invalid_token') return show('invalid');
  if (body.code === 'second_factor_required') {
    keep(body);
    return ask(body);
  }
  if (body.code === 'account_deleted' && body.restore_until) {
    fill('until', moment(body.restore_until));
    return show('deleted');
  }
  if (status !== 403 && status !== 409) return fail(answer, again);
  // Only the page that began can go on with the ticket of that.
  fill('refusal', body.code === 'second_factor_enrolment_required'
    ? say('enrolThere')
    : body.detail);
  return show('refused');
}
