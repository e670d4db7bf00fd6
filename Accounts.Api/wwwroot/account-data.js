// All that is stored, to take along; and the end of the account.

import { accounts, addActs, download, settings, fill, tell } from '/account-page.js';
import { show } from '/account-parts.js';
import { ask } from '/account-question.js';
import { count, moment, say } from '/texts.js';

const day = 86_400_000; // ms

addActs({ exportData, deleteAccount });

export function showDeletion() {
  fill('deleteDays', say('deleteDays', { time: count('days', settings.restoreDays) }));
}

async function exportData() {
  const data = await accounts.call('GET', 'me/export/');
  download(say('exportFile'), JSON.stringify(data, null, 2), 'application/json');
  tell('exported');
}

async function deleteAccount() {
  if (await ask('askDelete', { time: count('days', settings.restoreDays) }, () => accounts.deleteAccount({}))) showDeleted();
}

// Here, and in other tabs.
export function showDeleted() {
  fill('restoreUntil', moment(Date.now() + settings.restoreDays * day));
  show('deleted');
}
