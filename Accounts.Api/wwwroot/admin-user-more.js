// What belongs to a user: where they are signed in, what is connected, what happened.

import { eventRow } from '/admin-event.js';
import { rows } from '/admin-list.js';
import { ask, badge, element, load, time } from '/admin-page.js';
import { moment, say } from '/texts.js';

const none = key => element('p', { className: 'empty' }, say(key));

export const showSessions = (place, path) => load(place, () => ask('GET', path), sessions => place.replaceChildren(
  sessions.length > 0 ? rows(sessions, session) : none('noSessions')));

const session = ({ device, ip, current, created_at, last_used_at }) => [
  element('span', { className: 'who' }, element('strong', {}, device), element('span', {}, say('session', { ip, at: moment(created_at) }))),
  element('span', { className: 'badges' }, current ? badge(say('yours')) : ''),
  element('span', { className: 'at' }, say('lastUsed', { at: moment(last_used_at) })),
];

export const showIdentities = (place, path) => load(place, () => ask('GET', path), identities => place.replaceChildren(
  identities.length > 0 ? rows(identities, identity) : none('noIdentities')));

const identity = ({ name, email, connected_at, last_used_at }) => [
  element('span', { className: 'who' }, element('strong', {}, name), element('span', {}, email ?? say('noAddress'))),
  element('span', { className: 'at' }, say('connected', { at: moment(connected_at) })),
  element('span', { className: 'at' }, last_used_at ? say('lastUsed', { at: moment(last_used_at) }) : ''),
];

// The next page comes below those that are there.
export function show(place, path, page = 1, before = undefined) {
  const slot = element('div');
  if (before) before.replaceWith(slot);
  else place.replaceChildren(slot);
  return load(slot, () => ask('GET', `${path}?page=${page}`), ({ next, results }) => {
    slot.replaceChildren(results.length > 0 ? rows(results, ({ user_id, ...event }) => eventRow(event)) : none('noEvents'));
    if (!next) return;
    const more = element('button', { type: 'button', className: 'quiet' }, say('more'));
    more.addEventListener('click', () => show(place, path, page + 1, more));
    slot.append(more);
  });
}
