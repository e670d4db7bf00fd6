// Opening this page changes nothing, unless the server says that this is the browser that registered:
// mail scanners follow links and run scripts, too.

import { begin, fail, fill, post, show, waitForMail } from '/card.js';
import { say } from '/texts.js';

const api = '/api/auth/verify-email/';

let proof;
let passwordNeeded = false;
let mailedTo;

begin({ verify, reject, resend, again: () => resend(mailedTo), code: verifyCode });
start();

function start() {
  const token = takeToken();
  if (!token) return show(history.state?.verified ? 'done' : 'code');
  proof = { token };
  return check();
}

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  history.replaceState(history.state, '', location.pathname);
  return (fragment.get('token') ?? query.get('token'))?.trim();
}

async function check() {
  show('wait');
  const answer = await post(api + 'check/', proof);
  if (!answer.ok) return refuse(answer, check);
  fill('username', answer.body.username);
  fill('email', answer.body.email);
  passwordNeeded = answer.body.password_needed === true;
  if (answer.body.verified) return finish('already');
  return answer.body.same_browser === true ? verify() : show('confirm');
}

async function verify(fields, form) {
  if (passwordNeeded && !form) return show('choose');
  const answer = await post(api, { ...proof, ...fields });
  if (answer.ok) return finish('done');
  if (answer.body.code === 'confirmation_required') return show('password');
  if (answer.body.password && answer.body.username && !fields?.password) return show('choose');
  if (answer.body.username && !fields?.username) return rename(answer);
  return refuse(answer, () => verify(fields), form);
}

// The name was free at first, and is somebody else's by now.
function rename(answer) {
  show('rename');
  return fail(answer, null, document.querySelector('#rename form'));
}

// Remembered with the page: reloaded, it has no token any more, and would ask for a code.
function finish(section) {
  history.replaceState({ verified: true }, '');
  return show(section);
}

function verifyCode({ email, code }, form) {
  proof = { email, code };
  fill('email', email);
  return verify({}, form);
}

async function reject() {
  const answer = await post(api + 'reject/', proof);
  return answer.ok ? show('rejected') : refuse(answer, reject);
}

async function resend(fields, form) {
  const answer = await post(api + 'resend/', fields);
  if (!answer.ok) return refuse(answer, () => resend(fields), form);
  mailedTo = fields;
  fill('email', fields.email);
  show('sent');
  return waitForMail('sent');
}

function refuse(answer, again, form) {
  if (answer.body.code === 'invalid_token' && form?.dataset.act !== 'code') return show('invalid');
  return fail(answer, again, form, words);
}

function words({ status, body }) {
  if (status === 401) return say('wrongPassword');
  if (body.code === 'invalid_token') return say('wrongCode');
}
