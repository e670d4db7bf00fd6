// Opening this page changes nothing: mail scanners follow links, and run scripts, too. The token stands in the fragment, where no server sees it.

import { begin, fail, post, show, takeFragment } from '/card.js';

const token = takeFragment('token');

begin({ erase });
show(token ? 'confirm' : 'none');

async function erase() {
  const answer = await post('/api/auth/me/erase/', { token });
  if (answer.body.code === 'invalid_token') return show('invalid');
  return answer.ok ? show('done') : fail(answer, erase);
}
