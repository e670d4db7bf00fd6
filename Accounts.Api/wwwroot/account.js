// The page of one's own account. Who is not signed in goes to the sign-in and comes back; who is no more learns why.

import { showAddress } from '/account-address.js';
import { loadActivity } from '/account-activity.js';
import { showDeleted, showDeletion } from '/account-data.js';
import { loadDevices } from '/account-devices.js';
import { accounts, addActs, fill, find, run, tell, wordsFor } from '/account-page.js';
import { begin, retry, show, trouble } from '/account-parts.js';
import { loadPasskeys } from '/account-passkeys.js';
import { showPassword } from '/account-password.js';
import { showProfile } from '/account-profile.js';
import { loadProviders } from '/account-providers.js';
import { loadTokens, showRoles } from '/account-tokens.js';
import { loadTwoStep } from '/account-two-step.js';
import { explain } from '/explain.js';
import { say } from '/texts.js';

const parts = {
  profile: undefined, address: undefined, password: undefined, passkeys: loadPasskeys, 'two-step': loadTwoStep, providers: loadProviders,
  devices: loadDevices, activity: loadActivity, tokens: loadTokens, export: undefined, delete: undefined,
};

let who;

addActs({ signOut, retry });
accounts.onChange(follow);
run(start);

async function start() {
  show('wait', false);
  try {
    if (!await accounts.start()) return leave(`/sign-in?next=${encodeURIComponent(`/account${location.hash}`)}`);
  } catch (error) {
    return trouble(error, start);
  }
  const arrived = await arrive();
  find('whose').hidden = false;
  await begin(parts);
  arrived?.();
  document.addEventListener('visibilitychange', look);
}

// From a provider, where something was connected or proved; what comes of it is told where it began.
async function arrive() {
  try {
    const arrival = await accounts.handleCallback();
    if (!arrival) return undefined;
    history.replaceState(history.state, '', arrival.next ?? '#providers');
    if (arrival.step) return () => blame(wordsFor({ status: 403, code: arrival.step }) ?? say('wentWrong'));
    await accounts.me();
    return () => tell(arrival.next === '#providers' ? 'connected' : 'confirmed');
  } catch (error) {
    history.replaceState(history.state, '', '#providers');
    return () => blame(wordsFor(error) ?? explain(error));
  }
}

const blame = text => { find('part-providers').querySelector('.notice').textContent = text; };

// In this tab or another, by this browser or from elsewhere.
function follow(user, reason) {
  if (!user) return signedOut(reason);
  if (who && who !== user.id) return location.reload();
  who = user.id;
  fill('username', user.username);
  find('to-admin').hidden = !user.roles.includes('admin');
  showProfile(user);
  showAddress(user);
  showPassword(user);
  showRoles(user);
  return showDeletion();
}

function signedOut(reason) {
  // A visitor, who is on the way to the sign-in.
  if (!who) return undefined;
  who = undefined;
  if (reason !== 'deleted') return leave(`/signed-out#reason=${reason}`);
  document.querySelector('nav.parts').hidden = true;
  return showDeleted();
}

// Whoever comes back to this tab may have confirmed an address in another, or be signed out by another device.
function look() {
  if (document.visibilityState === 'visible' && who) accounts.me().catch(() => {});
}

function signOut() {
  return accounts.logout();
}

function leave(address) {
  location.replace(address);
  return new Promise(() => {});
}
