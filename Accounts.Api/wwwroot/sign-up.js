// Makes an account by an invitation, whose token and address stand in the fragment, where no server sees them. Opening the page changes nothing.

import { begin, fail, fill, post, show, takeFragment } from '/card.js';

const [invitation, email] = takeFragment('invitation', 'email');

begin({ join });
fill('email', email ?? '');
show(invitation && email ? 'join' : 'none');

async function join(fields, form) {
  const answer = await post('/api/auth/register/', { invitation, email, ...fields });
  if (answer.ok) return show('done');
  return answer.body.invitation ? show('invalid') : fail(answer, null, form, words);
}

// All that is wrong at once; of what this page does not ask for, the name as well.
function words({ status, body }) {
  if (status !== 400 || body.detail) return;
  return Object.entries(body).map(([name, texts]) => (['username', 'email', 'password', 'non_field_errors'].includes(name) ? '' : `${name}: `) + texts.join(' ')).join(' ');
}
