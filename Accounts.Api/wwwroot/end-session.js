// Ends the session of a device that its user does not know. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show, takeFragment } from '/card.js';
import { moment } from '/texts.js';

const api = '/api/auth/sessions/disown/';

const token = takeFragment('token');

begin({ end });
if (token) look();
else show('none');

async function look() {
  show('wait');
  const answer = await post(api + 'check/', { token });
  if (!answer.ok) return refuse(answer, look);
  if (answer.body.ended) return show('done');
  fill('device', answer.body.device);
  fill('ip', answer.body.ip);
  fill('at', moment(answer.body.at));
  return show('confirm');
}

async function end() {
  const answer = await post(api, { token });
  return answer.ok ? show('done') : refuse(answer, end);
}

function refuse(answer, again) {
  return answer.body.code === 'invalid_token' ? show('invalid') : fail(answer, again);
}
