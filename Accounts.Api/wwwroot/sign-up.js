// Makes an account by an invitation, whose token and address stand in the fragment, where no server sees them. Opening the page changes nothing.

import { begin, fail, fill, post, show } from '/card.js';

const { invitation, email } = takeInvitation();

begin({ join });
fill('email', email ?? '');
show(invitation && email ? 'join' : 'none');

function takeInvitation() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return { invitation: fragment.get('invitation')?.trim(), email: fragment.get('email')?.trim() };
}

async function join(fields, form) {
  const answer = await post('/api/auth/register/', { invitation, email, ...fields });
  if (answer.ok) return arrive();
  return answer.body.invitation ? show('invalid') : fail(answer, null, form, words);
}

// To the front end, where there is one; its address stands in the link.
function arrive() {
  const onward = document.querySelector('#done a');
  if (onward.getAttribute('href') === '/') onward.remove();
  return show('done');
}

// All that is wrong at once; of what this page does not ask for, the name as well.
function words({ status, body }) {
  if (status !== 400 || body.detail) return;
  return Object.entries(body).map(([name, texts]) => (['username', 'email', 'password', 'non_field_errors'].includes(name) ? '' : `${name}: `) + texts.join(' ')).join(' ');
}
