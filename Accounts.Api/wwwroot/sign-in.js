// Signs in by any way there is, and leads on. What may come after the first proof is in sign-in-factor.js and sign-in-account.js.

import { begin, fail, fill, run, settings, show, waitForMail } from '/card.js';
import { accounts, tried } from '/door.js';
import { takesPasskeys } from '/factor.js';
import { destination, goOnTo, placeLinks, withNext } from '/next.js';
import { accountActs, linkTrip, tripTo } from '/sign-in-account.js';
import { factorActs } from '/sign-in-factor.js';
import { arrive, settle } from '/sign-in-settle.js';
import { knows, say } from '/texts.js';

const query = new URLSearchParams(location.search);
const form = document.querySelector('#sign-in form');
const ways = document.getElementById('other-ways');
const ceremony = 240_000; // ms; the server keeps what it asked an authenticator for five minutes

let asking; // for a passkey, beside the field
let mailedTo;

begin({ signIn, passkey, sendCode, sendCodeAgain, enterCode, signOut, ...factorActs, ...accountActs });
placeLinks();
offer();
run(open);

// What is on offer here, before anybody is asked.
function offer() {
  ways.querySelector('[data-act=passkey]').hidden = !takesPasskeys;
  ways.querySelector('[data-show=mail]').hidden = !settings.emailCodes;
  ways.hidden = !takesPasskeys && !settings.emailCodes;
  document.getElementById('sign-up').hidden = !settings.signUp;
  fill('mailText', say(settings.emailCodeSignUp ? 'mailOrJoin' : 'mailOnly'));
}

async function open() {
  show('wait');
  const providers = offerProviders();
  const arrival = await comeBack();
  if (arrival) {
    goOnTo(arrival.body?.next);
    await (arrival.ok ? arrive() : settle(arrival, undefined, form, refused));
    // Not waited for: it lasts as long as nobody chooses a passkey.
    if (!form.closest('section').hidden) askBeside();
    return undefined;
  }
  const here = await tried(accounts.start());
  if (here.ok && here.body) return query.has('back') ? arrive() : welcome(here.body);
  // Above the buttons that a finger may be on its way to nothing may grow.
  await Promise.race([providers, new Promise(resolve => { setTimeout(resolve, 500); })]);
  return start();
}

// From a provider: a script began, or the server did, whose word stands in the address.
async function comeBack() {
  const error = query.get('error');
  if (query.has('state')) return linkTrip(query) ?? tried(accounts.handleCallback());
  if (!error) return undefined;
  // What waits for a step has its ticket in a cookie, and may be loaded again.
  if (!/_required$|^account_exists$/.test(error)) history.replaceState(null, '', withNext('/sign-in'));
  return { ok: false, status: 403, body: { code: error } };
}

function welcome(user) {
  fill('username', user.username);
  return show('here');
}

function start() {
  show('sign-in');
  if (matchMedia('(pointer: fine)').matches) form.elements.username.focus();
  askBeside();
}

// The provider's own word is for the log; ours says what to do.
function refused({ body: { code } }) {
  return say(knows(`errors.${code}`) ? `errors.${code}` : 'errors.other');
}

async function offerProviders() {
  const answer = await tried(accounts.social.providers());
  if (!answer.ok || answer.body.length === 0) return;
  ways.append(...answer.body.filter(({ flows }) => flows.length > 0).map(({ provider, name, flows }) => {
    const link = Object.assign(document.createElement('a'), { className: 'button quiet', textContent: say('with', { provider: name }) });
    link.href = tripTo(provider, { by: provider });
    if (!flows.includes('redirect')) link.addEventListener('click', event => leave(event, provider));
    return link;
  }));
  ways.hidden = false;
}

// Where the browser would keep the cookie of a redirect back.
function leave(event, provider) {
  event.preventDefault();
  run(async () => {
    const answer = await tried(accounts.loginWith(provider, { next: destination }));
    return answer.ok || fail(answer, null, form);
  });
}

// By password

function signIn(fields) {
  return settleIn(more => accounts.login({ ...fields, ...more }), form, wrongPassword, fields.username);
}

function wrongPassword({ body }) {
  if (body.code === 'invalid_credentials') return say('wrongPassword');
}

async function settleIn(act, place, words, identifier) {
  stopAsking();
  const again = async more => settle(await tried(act(more)), again, place, words, identifier);
  return again({});
}

// By passkey: when it is asked for, or as one of what the browser proposes in the field

function passkey() {
  return settleIn(more => accounts.passkeys.signIn(more), form, noPasskey);
}

function noPasskey(answer) {
  if (answer.dismissed || answer.body.code === 'invalid_credentials') return say('noPasskey');
}

async function askBeside() {
  if (!takesPasskeys || !await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
  stopAsking();
  const mine = asking = new AbortController();
  const renewal = setTimeout(() => { if (asking === mine) askBeside(); }, ceremony);
  const answer = await tried(accounts.passkeys.signIn({ mediation: 'conditional', signal: mine.signal }));
  clearTimeout(renewal);
  if (asking !== mine || answer.dismissed || answer.status === 429 || answer.status === 0) return;
  asking = undefined;
  run(() => settle(answer, more => settleIn(extra => accounts.passkeys.signIn({ ...more, ...extra }), form, noPasskey), form, noPasskey));
}

function stopAsking() {
  asking?.abort();
  asking = undefined;
}

// By a mailed code

async function sendCode({ email }, place) {
  stopAsking();
  const answer = await tried(accounts.emailCode.send({ email }));
  if (!answer.ok) return fail(answer, null, place);
  mailedTo = email;
  fill('mailed', email);
  show('mail-code');
  return waitForMail('mail-code');
}

function sendCodeAgain() {
  return sendCode({ email: mailedTo }, document.querySelector('#mail-code form'));
}

function enterCode({ code }, place) {
  return settleIn(more => accounts.emailCode.confirm({ email: mailedTo, code, ...more }), place, wrongCode, mailedTo);
}

function wrongCode({ body }) {
  if (body.code === 'invalid_token') return say('wrongCode');
}

async function signOut() {
  const answer = await tried(accounts.logout());
  return answer.ok ? start() : fail(answer, signOut);
}
