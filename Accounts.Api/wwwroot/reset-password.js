// With a token in the fragment, where no server sees it, a new password is chosen; without one a mail is asked for.

import { begin, fail, post, show } from '/card.js';

const api = '/api/auth/password/reset/';

const token = takeToken();

begin({ ask, choose });
show(token ? 'choose' : 'ask');

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function ask(fields, form) {
  const answer = await post(api, fields);
  return answer.ok ? show('sent') : fail(answer, null, form);
}

async function choose(fields, form) {
  const answer = await post(api + 'confirm/', { token, ...fields });
  if (answer.ok) return show('done');
  return answer.body.code === 'invalid_token' ? show('invalid') : fail(answer, null, form);
}
