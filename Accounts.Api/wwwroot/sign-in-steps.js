// What may have to be done after the first proof, until somebody is signed in: a second factor, an address, the proof of an account.

import { fail, fill, post, settings, show, waitForMail } from '/card.js';
import { accounts, tried } from '/door.js';
import { askFactor, copyCodes, showCodes, takesPasskeys } from '/factor.js';
import { destination } from '/next.js';
import { count, duration, moment, say } from '/texts.js';

const trip = 'accounts link'; // what this tab keeps while an account is proved at another provider
const formOf = section => document.querySelector(`#${section} form`);

let ticket; // undefined where it lies in a cookie
let linkToken;
let repeat; // the sign-in that waits for something
let mailCode;
let mailedTo;
let clock;

export const stepActs = {
  prove, askPasskey, sendEnrolment, sendEnrolmentAgain, chooseFactor, confirmApp, copyCodes, codesKept: leave,
  connect, proveBy, sendLinkCode, sendAddressCode, sendAddressCodeAgain, enterAddressCode, resend, resendAgain, verify, restore,
};

const steps = {
  second_factor_required: askForFactor,
  second_factor_enrolment_required: askForEnrolment,
  account_exists: askForProof,
  email_required: askForAddress,
  email_not_verified: askToVerify,
  account_deleted: offerRestoring,
  account_frozen: () => show('frozen'),
  invalid_ticket: () => show('late'),
};

// again: the same once more, with what has become clear meanwhile; identifier: whom it was for
export function settle(answer, again, form, words, identifier) {
  if (answer.ok) return arrive(answer.body);
  repeat = again;
  const step = isStep(answer.body) ? steps[answer.body.code] : undefined;
  if (step) return step(answer.body, identifier);
  if (form.closest('section').hidden) show(form.closest('section').id);
  return fail(answer, null, form, words);
}

// A deletion without an end has no way back, but for its sentence.
const isStep = ({ code, restore_until: until, detail }) => code !== 'account_deleted' || until || !detail;

export function arrive(body) {
  clearInterval(clock);
  return body?.recovery_codes?.length > 0 ? showCodes(body.recovery_codes) : leave();
}

function leave() {
  show('done');
  location.replace(destination);
}

// For how long a ticket is good

function countDown(seconds) {
  clearInterval(clock);
  fill('left', '');
  if (!seconds) return;
  const end = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.round((end - Date.now()) / 1000);
    fill('left', left > 0 ? say('left', { time: duration(left) }) : '');
    if (left > 0) return;
    clearInterval(clock);
    if (document.querySelector('section:not([hidden]) [data-fill=left]')) show('late');
  };
  clock = setInterval(tick, 1000);
  tick();
}

// Second factor

function askForFactor({ ticket: given, methods = ['passkey', 'totp', 'recovery_code'], expires_in: seconds }) {
  ticket = given;
  document.getElementById('trust').hidden = settings.trustDays === 0;
  fill('trust', count('trust', settings.trustDays));
  countDown(seconds);
  return askFactor(methods, say('hasFactor'));
}

const trusts = () => (formOf('factor').elements.trust_device.checked ? { trust_device: true } : {});

async function prove({ code }, form) {
  return settle(await tried(accounts.secondFactor({ ticket, code, ...trusts() })), undefined, form, wrongFactor);
}

async function askPasskey() {
  return settle(await tried(accounts.passkeys.signIn({ ticket: ticket ?? '', ...trusts() })), undefined, formOf('factor'), wrongFactor);
}

function wrongFactor(answer) {
  if (answer.dismissed) return say('passkeyFailed');
  if (answer.body.code === 'invalid_credentials') return say('wrongFactor');
}

// A second factor that is demanded, by who has none

function askForEnrolment({ ticket: given, expires_in: seconds }) {
  ticket = given;
  document.querySelector('#enrol-code [value=passkey]').hidden = !takesPasskeys;
  countDown(seconds);
  return show('enrol');
}

async function sendEnrolment(fields, form) {
  const answer = await tried(accounts.factors.enrolmentMail({ ticket }));
  if (!answer.ok) return answer.body.code === 'invalid_ticket' ? show('late') : fail(answer, null, form);
  show('enrol-code');
  return waitForMail('enrol-code');
}

function sendEnrolmentAgain() {
  return sendEnrolment({}, formOf('enrol-code'));
}

async function chooseFactor({ mail_code: code }, form, button) {
  mailCode = code;
  if (button?.value === 'passkey') return settle(await tried(accounts.passkeys.add({ ticket, mail_code: mailCode })), undefined, form, wrongMailCode);
  const answer = await tried(accounts.factors.beginApp({ ticket, mail_code: mailCode }));
  if (!answer.ok) return settle(answer, undefined, form, wrongMailCode);
  document.getElementById('qr').src = `data:image/svg+xml,${encodeURIComponent(answer.body.qr_svg)}`;
  fill('secret', answer.body.secret.replace(/.{4}(?=.)/g, '$& '));
  return show('enrol-app');
}

function wrongMailCode(answer) {
  if (answer.dismissed) return say('noPasskeyMade');
  if (/^invalid_(token|credentials)$/.test(answer.body.code)) return say('wrongCode');
}

async function confirmApp({ code }, form) {
  return settle(await tried(accounts.factors.confirmApp({ ticket, code })), undefined, form);
}

// An account that somebody has, and an identity that is to be connected with it

async function askForProof({ link_token: given, methods, email, provider }) {
  linkToken = given;
  if (given === undefined) {
    const answer = await tried(accounts.call('GET', 'social/link/'));
    if (!answer.ok) return answer.body.code === 'invalid_token' ? show('late') : fail(answer, () => askForProof({}));
    ({ methods, email, provider } = answer.body);
  }
  fill('connectEmail', email ?? '');
  fill('connect', email ? say('connectKnown', { email }) : say('connect'));
  formOf('connect').hidden = !methods.includes('password');
  document.querySelector('#connect [data-act=sendLinkCode]').hidden = !methods.includes('mail');
  await offerProofs(methods, provider);
  return show('connect');
}

async function offerProofs(methods, provider) {
  const answer = await tried(accounts.social.providers());
  const known = answer.ok ? answer.body : [];
  document.getElementById('connect-providers').replaceChildren(
    ...known.filter(one => one.provider !== provider && methods.includes(one.provider) && one.flows.includes('begin')).map(one => {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: say('with', { provider: one.name }) });
      Object.assign(button.dataset, { act: 'proveBy', provider: one.provider });
      return button;
    }));
}

async function connect(fields, form) {
  return settle(await tried(accounts.link({ link_token: linkToken, ...fields })), undefined, form, wrongProof);
}

function wrongProof({ body }) {
  if (body.code === 'invalid_credentials') return say('wrongProof');
  if (body.code === 'invalid_token') return say('linkOver');
}

async function sendLinkCode() {
  const answer = await tried(accounts.social.linkMail({ link_token: linkToken }));
  if (!answer.ok) return fail(answer, sendLinkCode);
  show('connect-code');
  return waitForMail('connect-code');
}

async function proveBy({ dataset: { provider } }) {
  const answer = await post(`/api/auth/social/${provider}/begin/`, { mode: 'sign_in', redirect_uri: `${location.origin}/sign-in` });
  if (!answer.ok) return fail(answer, () => proveBy({ dataset: { provider } }));
  sessionStorage.setItem(trip, JSON.stringify({ provider, state: answer.body.state, link_token: linkToken, next: destination }));
  location.assign(answer.body.authorization_url);
}

// Back from there: what it says proves the account. Undefined where the tab is on no such way.
export function linkTrip(query) {
  const { next, ...proof } = JSON.parse(sessionStorage.getItem(trip)) ?? {};
  if (!proof.state || query.get('state') !== proof.state) return undefined;
  sessionStorage.removeItem(trip);
  history.replaceState(null, '', `/sign-in?${new URLSearchParams({ next })}`);
  const code = query.get('code');
  return code ? tried(accounts.link({ ...proof, code })) : { ok: false, status: 403, body: { code: query.get('error') } };
}

// An address, where the provider has none to vouch for

function askForAddress({ ticket: given }) {
  ticket = given;
  return show('address');
}

async function sendAddressCode({ email }, form) {
  const answer = await tried(accounts.social.complete({ ticket, email }));
  if (!answer.ok) return answer.body.code === 'invalid_token' ? show('late') : fail(answer, null, form);
  mailedTo = email;
  fill('mailed', email);
  show('address-code');
  return waitForMail('address-code');
}

function sendAddressCodeAgain() {
  return sendAddressCode({ email: mailedTo }, formOf('address-code'));
}

async function enterAddressCode({ code }, form) {
  return settle(await tried(accounts.social.confirm({ ticket, code })), undefined, form, wrongCode);
}

function wrongCode({ body }) {
  if (body.code === 'invalid_token') return say('wrongCode');
}

// An address that is to be verified first

function askToVerify(body, identifier) {
  formOf('unverified').elements.email.value = identifier?.includes('@') ? identifier : '';
  return show('unverified');
}

async function resend({ email }, form) {
  const answer = await tried(accounts.resendVerification({ email }));
  if (!answer.ok) return fail(answer, null, form);
  mailedTo = email;
  fill('mailed', email);
  show('unverified-code');
  return waitForMail('unverified-code');
}

function resendAgain() {
  return resend({ email: mailedTo }, formOf('unverified-code'));
}

async function verify({ code }, form) {
  const answer = await tried(accounts.verifyEmail({ email: mailedTo, code }));
  if (!answer.ok) return fail(answer, null, form, wrongCode);
  return repeat ? repeat({}) : show('sign-in');
}

// An account that its owner has deleted

function offerRestoring({ restore_until: until }) {
  fill('until', until ? moment(until) : '');
  return repeat ? show('deleted') : refuse('errors.account_deleted');
}

function refuse(key) {
  fill('refusal', say(key));
  return show('refused');
}

function restore() {
  return repeat({ restore: true });
}
