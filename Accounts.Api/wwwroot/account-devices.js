// Where somebody is signed in, and which browsers are spared the second factor.

import { accounts, addActs, find, remove, rows, tell } from '/account-page.js';
import { ask } from '/account-question.js';
import { moment, say } from '/texts.js';

addActs({ endSession, endOthers, trustNoMore });

export async function loadDevices() {
  const [sessions, trusted] = await Promise.all([accounts.sessions.list(), accounts.call('GET', 'devices/')]);
  const [current, others] = [sessions.filter(session => session.current), sessions.filter(session => !session.current)];
  // Of the last use the server knows the hour.
  rows('session', [...current, ...others], ({ device, current, ip, created_at: from, last_used_at: at }) => ({
    device, current, began: say('signedInFrom', { time: moment(from), ip }), used: current || at <= from ? '' : say('lastUsed', { time: moment(at) }),
  }));
  find('end-others').hidden = others.length === 0;
  find('sessions-alone').hidden = others.length > 0;
  rows('trusted', trusted, ({ device, current, expires_at: until }) => ({ device, current, until: say('trustedUntil', { time: moment(until) }) }), 'trusted-none');
}

async function endSession({ item }) {
  const ended = await remove(() => accounts.sessions.end(item.id));
  await loadDevices();
  return tell(ended ? 'sessionEnded' : 'gone', { device: item.device });
}

async function endOthers() {
  if (!await ask('askOthers', {}, () => accounts.sessions.endAll({ keep_current: true }))) return;
  await loadDevices();
  tell('othersEnded');
}

async function trustNoMore({ item }) {
  const removed = await remove(() => accounts.call('DELETE', `devices/${item.id}/`));
  await loadDevices();
  tell(removed ? 'trustedNoMore' : 'gone', { device: item.device });
}
