// Passkeys: added, named, removed. What all factors have in common is here, too.

import { accounts, addActs, find, remove, rows, tell, used } from '/account-page.js';
import { showCodes } from '/account-codes.js';
import { ask, askName } from '/account-question.js';
import { tellPasskeys, tellRemoved } from '/account-signals.js';
import { say } from '/texts.js';

const isPossible = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON);

let reload;

addActs({ addPasskey, removePasskey, renameFactor });

export async function loadPasskeys() {
  reload = loadPasskeys;
  const { passkeys } = await accounts.factors.list();
  rows('passkey', passkeys, passkey => ({ name: passkey.name, synced: passkey.synced, used: used(passkey) }), 'passkeys-none');
  find('passkey-add').hidden = !isPossible;
  find('passkeys-impossible').hidden = isPossible;
  tellPasskeys(passkeys);
}

// For the other part that lists factors.
export function reloadBy(load) {
  reload = load;
}

async function addPasskey(button) {
  const notice = button.closest('section').querySelector('.notice');
  const added = await made(notice);
  if (!added) return;
  await Promise.all([accounts.me(), loadPasskeys()]);
  tell('passkeyAdded', { name: added.name });
  if (added.recovery_codes) showCodes(added.recovery_codes, 'passkeys');
}

// The browser's own refusals are no failures of ours.
async function made(notice) {
  try {
    return await accounts.passkeys.add();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    notice.textContent = say(error.name === 'InvalidStateError' ? 'passkeyThere' : 'passkeyNotMade');
    return undefined;
  }
}

function removePasskey({ item }) {
  return removeFactor('askPasskey', item, loadPasskeys, () => tellRemoved(item));
}

export async function removeFactor(key, item, load, then = () => {}) {
  let removed;
  if (!await ask(key, { name: item.name }, async () => { removed = await remove(() => accounts.factors.remove(item.id)); })) return;
  then();
  await Promise.all([accounts.me(), load()]);
  tell(removed ? 'removed' : 'gone', { name: item.name });
}

async function renameFactor({ item }) {
  if (!await askName('askName', item.name, name => accounts.factors.rename(item.id, name))) return;
  await reload();
  tell('renamed');
}
