// Shows the code of a mailed link. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show, takeFragment } from '/card.js';

const token = takeFragment('token');

begin({});
if (token) look();
else show('none');

async function look() {
  show('wait');
  const answer = await post('/api/auth/social/complete/code/', { token });
  if (answer.body.code === 'invalid_token') return show('invalid');
  if (!answer.ok) return fail(answer, look);
  for (const name of ['code', 'name', 'email']) fill(name, answer.body[name]);
  return show('code');
}
