// The second factor of a sign-in, and adding one where it is demanded.

import { fail, fill, settings, show, waitForMail } from '/card.js';
import { accounts, tried } from '/door.js';
import { askFactor, copyCodes, takesPasskeys } from '/factor.js';
import { leave, settle, steps } from '/sign-in-settle.js';
import { count, duration, say } from '/texts.js';

const formOf = section => document.querySelector(`#${section} form`);

let ticket; // undefined where it lies in a cookie
let mailCode;
let clock;

Object.assign(steps, { second_factor_required: askForFactor, second_factor_enrolment_required: askForEnrolment });

export const factorActs = { prove, askPasskey, sendEnrolment, sendEnrolmentAgain, chooseFactor, confirmApp, copyCodes, codesKept: leave };

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
