// Stops everybody by the link of a mail about a change. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, post, show, takeFragment, waitForMail } from '/card.js';
import { knows, moment, say } from '/texts.js';

const api = '/api/auth/security/';

const token = takeFragment('token');

begin({ freeze });
if (token) review();
else show('none');

async function review() {
  show('wait');
  const answer = await post(api + 'review/', { token });
  if (!answer.ok) return refuse(answer, review);
  document.getElementById('events').replaceChildren(...answer.body.events.flatMap(tell));
  return show(answer.body.frozen ? 'frozen' : 'confirm');
}

function tell({ kind, at, device }) {
  const [what, when] = [document.createElement('dt'), document.createElement('dd')];
  what.textContent = knows(`events.${kind}`) ? say(`events.${kind}`) : kind.replaceAll('_', ' ');
  when.textContent = `${moment(at)}, ${device}`;
  return [what, when];
}

async function freeze() {
  const answer = await post(api + 'freeze/', { token });
  if (!answer.ok) return refuse(answer, freeze);
  show('frozen');
  return waitForMail('frozen');
}

function refuse(answer, again) {
  return answer.body.code === 'invalid_token' ? show('invalid') : fail(answer, again);
}
