// What a sign-in has to find out of an account: whose it is, where its mail goes, whether it is to be had back.

import { fail, fill, post, show, waitForMail } from '/card.js';
import { accounts, tried } from '/door.js';
import { destination, goOnTo, withNext } from '/next.js';
import { repeated, settle, steps } from '/sign-in-settle.js';
import { moment, say } from '/texts.js';

const trip = 'accounts link'; // what this tab keeps while an account is proved at another provider
const by = new URLSearchParams(location.search).get('by'); // the provider that somebody has just come from
const formOf = section => document.querySelector(`#${section} form`);

let ticket; // these two undefined where they lie in a cookie
let linkToken;
let mailedTo;

Object.assign(steps, { account_exists: askForProof, email_required: askForAddress, email_not_verified: askToVerify, account_deleted: offerRestoring });

export const accountActs = { connect, proveBy, sendLinkCode, sendAddressCode, sendAddressCodeAgain, enterAddressCode, resend, resendAgain, verify, restore };

// An account that somebody has, and an identity that is to be connected with it

async function askForProof({ link_token: given, methods, email, provider }) {
  linkToken = given;
  if (given === undefined) {
    const answer = await tried(accounts.call('GET', 'social/link/'));
    if (!answer.ok) return answer.body.code === 'invalid_token' ? show('late') : fail(answer, () => askForProof({}));
    ({ methods, email, provider } = answer.body);
  }
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
  goOnTo(next);
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
  return repeated()?.({}) ?? show('sign-in');
}

// An account that its owner has deleted

function offerRestoring({ restore_until: until }) {
  fill('until', until ? moment(until) : '');
  if (repeated()) return show('deleted');
  return by ? offerRestoringTrip() : refuse('errors.account_deleted');
}

// The provider is asked once more: what it said is spent.
async function offerRestoringTrip() {
  const answer = await tried(accounts.social.providers());
  const provider = answer.ok && answer.body.find(one => one.provider === by);
  if (!provider) return answer.ok ? refuse('errors.account_deleted') : fail(answer, offerRestoringTrip);
  const link = document.getElementById('restore-by');
  link.textContent = say('restoreBy', { provider: provider.name });
  link.href = `${tripTo(by)}&restore=true`;
  return show('deleted-by');
}

// How the server goes to a provider, and comes back to this page.
export function tripTo(provider, more = {}) {
  const back = new URL(withNext('/sign-in', { back: '1', ...more }), location.origin);
  return `/api/auth/social/${encodeURIComponent(provider)}/login/?next=${encodeURIComponent(back)}`;
}

function refuse(key) {
  fill('refusal', say(key));
  return show('refused');
}

function restore() {
  return repeated()({ restore: true });
}
