// Accounts at providers that sign their user in here.

import { accounts, addActs, find, remove, rows, tell } from '/account-page.js';
import { ask } from '/account-question.js';
import { moment, say } from '/texts.js';

addActs({ connect, disconnect });

export async function loadProviders() {
  const [offered, connected] = await Promise.all([accounts.social.providers(), accounts.social.accounts()]);
  const title = name => offered.find(({ provider }) => provider === name)?.name ?? name;
  rows('provider', connected.map(account => ({ ...account, title: title(account.provider) })), ({ title: name, name: called, email, connected_at: from, last_used_at: at }) => ({
    name, email: email || called, used: at ? say('connectedAndUsed', { from: moment(from), at: moment(at) }) : say('connectedNotUsed', { from: moment(from) }),
  }), 'providers-none');
  const more = offered.filter(({ provider, flows }) => flows.includes('begin') && !connected.some(account => account.provider === provider));
  find('providers-more').hidden = more.length === 0;
  find('provider-buttons').replaceChildren(...more.map(button));
}

function button({ provider, name }) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: say('connect', { name }) });
  made.dataset.act = 'connect';
  made.item = provider;
  return made;
}

// Away from here; where the way back leads on is in account.js.
function connect({ item }) {
  return accounts.social.connect(item, { next: '#providers' });
}

async function disconnect({ item: { provider, title } }) {
  let gone;
  if (!await ask('askProvider', { name: title }, async () => { gone = await remove(() => accounts.social.disconnect(provider)); })) return;
  await Promise.all([accounts.me(), loadProviders()]);
  tell(gone ? 'disconnected' : 'gone', { name: title });
}
