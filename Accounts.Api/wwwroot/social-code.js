// Shows the code of a mailed link. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show } from '/card.js';

const token = takeToken();

begin({});
if (token) look();
else show('none');

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function look() {
  show('wait');
  const answer = await post('/api/auth/social/complete/code/', { token });
  if (answer.body.code === 'invalid_token') return show('invalid');
  if (!answer.ok) return fail(answer, look);
  for (const name of ['code', 'name', 'email']) fill(name, answer.body[name]);
  return show('code');
}
