// Personal tokens, for programs that act in their user's name: docs/program-tokens.md.

import { accounts, addActs, find, remove, rows, tell } from '/account-page.js';
import { ask } from '/account-question.js';
import { count, list, moment, say } from '/texts.js';

const day = 86_400; // s
const lives = [7, 30, 90, 365]; // days

addActs({ makeToken, tokenKept, removeToken });

find('token-life').append(...lives.map(days => new Option(count('days', days), days * day, days === 30, days === 30)));

export async function loadTokens() {
  rows('token', await accounts.call('GET', 'tokens/'), ({ name, roles, expires_at: until, last_used_at: at }) => ({
    name,
    until: roles.length > 0 ? say('tokenWithRoles', { time: moment(until), roles: list(roles) }) : say('tokenUntil', { time: moment(until) }),
    used: at ? say('lastUsed', { time: moment(at) }) : say('neverUsed'),
  }), 'tokens-none');
}

// Of one's own, none without being asked for.
export function showRoles({ roles }) {
  find('token-roles').hidden = roles.length === 0;
  const known = [...find('token-roles').querySelectorAll('input')].map(({ value }) => value);
  if (JSON.stringify(known) === JSON.stringify(roles)) return;
  find('token-roles').replaceChildren(find('token-roles').firstElementChild, ...roles.map(role => {
    const line = Object.assign(document.createElement('label'), { className: 'check' });
    line.append(Object.assign(document.createElement('input'), { type: 'checkbox', name: 'roles', value: role }), role);
    return line;
  }));
}

async function makeToken({ name, expires_in: seconds }, form) {
  const roles = new FormData(form).getAll('roles');
  const { token } = await accounts.call('POST', 'tokens/', { name, expires_in: Number(seconds), roles });
  form.reset();
  find('token-shown').textContent = token;
  find('token-made').hidden = false;
  find('token-made').querySelector('h2').focus();
  await loadTokens();
}

function tokenKept() {
  find('token-made').hidden = true;
  find('token-shown').textContent = '';
  find('token-name').focus();
}

async function removeToken({ item }) {
  let removed;
  if (!await ask('askToken', { name: item.name }, async () => { removed = await remove(() => accounts.call('DELETE', `tokens/${item.id}/`)); })) return;
  await loadTokens();
  tell(removed ? 'removed' : 'gone', { name: item.name });
}
