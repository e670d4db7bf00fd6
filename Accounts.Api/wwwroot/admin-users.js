// Finding users, a page at a time, and making one.

import { fillFilter, goTo, listed, pager, queryOf } from '/admin-list.js';
import { ask, badge, element, link, load, onSubmit, time } from '/admin-page.js';
import { extraFields, extraValues } from '/extra-fields.js';
import { say } from '/texts.js';

const filter = document.getElementById('users-filter');
const list = document.getElementById('users-list');

filter.addEventListener('submit', event => {
  event.preventDefault();
  goTo('users', queryOf(filter));
});
filter.addEventListener('change', ({ target }) => { if (target.matches('select')) filter.requestSubmit(); });

export async function open(query) {
  fillFilter(filter, query);
  await load(list, () => ask('GET', `users/?${query}`), found => list.replaceChildren(
    ...listed(found, row, { how: 'found', nothing: 'noUsers' }), pager('users', query, found)));
  return 'users';
}

function row(user) {
  const name = element('span', { className: 'who' }, link(`#users/${user.id}`, user.username), element('span', {}, user.email));
  return [name, element('span', { className: 'badges' }, ...badges(user)), element('span', { className: 'at' }, time(user.date_joined))];
}

export const badges = user => [
  user.deleted_at ? badge(say('standing.deleted'), 'danger') : user.is_active ? '' : badge(say(user.suspended_until ? 'standing.suspended' : 'standing.deactivated'), 'danger'),
  user.email_verified ? '' : badge(say('standing.unverified'), 'warning'),
  ...user.roles.map(role => badge(role)),
].filter(Boolean);

document.getElementById('new-extra').append(...extraFields('new'));

const made = ({ username, email, first_name, last_name, locale }, form) => ({ username, email, first_name, last_name, locale, ...extraValues(form) });

onSubmit(document.getElementById('new-user'), (fields, form) => ask('POST', 'users/', made(fields, form)), ({ body }, form) => {
  form.reset();
  location.hash = `#users/${body.id}`;
});

export const openNew = () => 'new-user';
