// The address, and its change, which the new one's mail confirms.

import { accounts, addActs, fill, find, tell } from '/account-page.js';

// What was asked for in this tab; the server tells nobody what waits.
const place = 'account-address';
const life = 24 * 3600 * 1000; // of the link

addActs({ changeAddress, repeatAddress, otherAddress, mailVerification });

let user;

export function showAddress(now) {
  user = now;
  fill('email', user.email);
  find('address-verified').hidden = !user.email_verified;
  find('address-unverified').hidden = user.email_verified;
  find('address-verify').hidden = user.email_verified;
  showPending(waiting());
}

function showPending(email) {
  find('address-form').hidden = Boolean(email);
  find('address-pending').hidden = !email;
  fill('newEmail', email ?? '');
}

async function changeAddress({ new_email: email }, form) {
  await send(email);
  form.reset();
  showPending(email);
  find('address-pending').querySelector('h2').focus();
}

async function repeatAddress() {
  await send(waiting());
  tell('mailSent');
}

// Without a password: who has signed in too long ago proves it in the dialog.
async function send(email) {
  await accounts.call('POST', 'email/change/', { new_email: email });
  remember({ id: user.id, email, until: Date.now() + life });
}

function otherAddress() {
  remember(null);
  showPending();
  find('address-new').focus();
}

async function mailVerification() {
  await accounts.resendVerification({ email: user.email });
  tell('mailSent');
}

// A browser may have no storage for us; then a reload forgets what waits.
function remember(what) {
  try { sessionStorage.setItem(place, JSON.stringify(what)); } catch { /* as above */ }
}

function waiting() {
  try {
    const { id, email, until } = JSON.parse(sessionStorage.getItem(place)) ?? {};
    return id === user.id && email.toLowerCase() !== user.email.toLowerCase() && until > Date.now() ? email : undefined;
  } catch {
    return undefined;
  }
}
