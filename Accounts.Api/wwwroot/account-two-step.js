// Authenticator apps and recovery codes.

import { accounts, addActs, fill, find, rows, tell, used } from '/account-page.js';
import { showCodes } from '/account-codes.js';
import { reloadBy, removeFactor } from '/account-passkeys.js';
import { ask } from '/account-question.js';
import { count } from '/texts.js';

addActs({ beginApp, confirmApp, cancelApp, removeApp, newCodes });

export async function loadTwoStep() {
  reloadBy(loadTwoStep);
  const { totp, passkeys, recovery_codes_left: left } = await accounts.factors.list();
  rows('app', totp, app => ({ name: app.name, used: used(app) }), 'apps-none');
  find('recovery').hidden = totp.length + passkeys.length === 0;
  fill('codesLeft', count('codesLeft', left));
}

async function beginApp() {
  const { secret, otpauth_url: address, qr_svg: picture } = await accounts.factors.beginApp();
  find('app-picture').src = `data:image/svg+xml,${encodeURIComponent(picture)}`;
  find('app-link').href = address;
  find('app-secret').textContent = secret.match(/.{1,4}/g).join(' ');
  find('app-secret').dataset.plain = secret;
  showOffer(true);
  find('app-offer').querySelector('h3').focus();
}

// The secret is shown this once, and goes with the offer.
function showOffer(isShown) {
  find('app-offer').hidden = !isShown;
  find('app-add').hidden = isShown;
  if (isShown) return;
  find('app-offer').querySelector('form').reset();
  find('app-picture').removeAttribute('src');
  find('app-link').removeAttribute('href');
  find('app-secret').textContent = '';
  delete find('app-secret').dataset.plain;
}

function cancelApp() {
  showOffer(false);
  find('app-add').focus();
}

async function confirmApp({ code, name }) {
  const { recovery_codes: codes } = await accounts.factors.confirmApp({ code, ...(name.trim() && { name }) });
  showOffer(false);
  await Promise.all([accounts.me(), loadTwoStep()]);
  tell('appAdded');
  if (codes.length > 0) showCodes(codes, 'two-step');
  else find('app-add').focus();
}

function removeApp({ item }) {
  return removeFactor('askApp', item, loadTwoStep);
}

async function newCodes() {
  let made;
  if (await ask('askCodes', {}, async () => { made = await accounts.factors.recoveryCodes(); }, { danger: false })) {
    await loadTwoStep();
    showCodes(made.recovery_codes, 'two-step');
  }
}
