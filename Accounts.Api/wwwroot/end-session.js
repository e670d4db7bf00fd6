// Ends the session of a device that its user does not know. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show } from '/card.js';

const api = '/api/auth/sessions/disown/';

const token = takeToken();

begin({ end });
if (token) look();
else show('none');

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function look() {
  show('wait');
  const answer = await post(api + 'check/', { token });
  if (!answer.ok) return refuse(answer, look);
  if (answer.body.ended) return show('done');
  fill('device', answer.body.device);
  fill('ip', answer.body.ip);
  fill('at', new Date(answer.body.at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' }));
  return show('confirm');
}

async function end() {
  const answer = await post(api, { token });
  return answer.ok ? show('done') : refuse(answer, end);
}

function refuse(answer, again) {
  return answer.body.code === 'invalid_token' ? show('invalid') : fail(answer, again);
}
