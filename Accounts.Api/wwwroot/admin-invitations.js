// Who is invited, and who still may come.

import { goTo, listed, pager, rolesOf } from '/admin-list.js';
import { announce, ask, askFirst, badge, element, load, onSubmit } from '/admin-page.js';
import { moment, say } from '/texts.js';

const list = document.getElementById('invitations-list');

onSubmit(document.getElementById('invite'),
  ({ email, roles, expires_in }) => ask('POST', 'invitations/', { email, roles: rolesOf(roles), expires_in: Number(expires_in) }),
  ({ body }, form) => {
    form.reset();
    announce(say('invited', { email: body.email }));
    goTo('invitations', new URLSearchParams());
  });

export async function open(query) {
  await load(list, () => ask('GET', `invitations/?${query}`), found => list.replaceChildren(
    ...listed(found, row, { how: 'invitations', nothing: 'noInvitations' }), pager('invitations', query, found)));
  return 'invitations';
}

function row({ id, email, roles, expires_at }) {
  const withdraw = element('button', { type: 'button', className: 'quiet', ariaLabel: say('withdrawOf', { email }) }, say('withdraw'));
  withdraw.addEventListener('click', () => askFirst('withdraw', { email }, () => ask('DELETE', `invitations/${id}/`), () => goTo('invitations', new URLSearchParams())));
  return [
    element('span', { className: 'who' }, element('strong', {}, email), element('span', {}, say('goodUntil', { at: moment(expires_at) }))),
    element('span', { className: 'badges' }, ...roles.map(role => badge(role))),
    element('span', { className: 'at' }, withdraw),
  ];
}
