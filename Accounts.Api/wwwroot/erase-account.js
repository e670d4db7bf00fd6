// Opening this page changes nothing: mail scanners follow links, and run scripts, too. The token stands in the fragment, where no server sees it.

import { begin, fail, post, show } from '/card.js';

const token = takeToken();

begin({ erase });
show(token ? 'confirm' : 'none');

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function erase() {
  const answer = await post('/api/auth/me/erase/', { token });
  if (answer.body.code === 'invalid_token') return show('invalid');
  return answer.ok ? show('done') : fail(answer, erase);
}
