// With a token in the fragment, where no server sees it, a new password is chosen; without one a mail is asked for, whose code may be typed here.

import { begin, fail, fill, post, show, takeFragment, waitForMail } from '/card.js';
import { say } from '/texts.js';

const api = '/api/auth/password/reset/';

const token = takeFragment('token');

let mailedTo;

begin({ ask, again: () => ask(mailedTo), choose, code });
show(token ? 'choose' : 'ask');

async function ask(fields, form) {
  const answer = await post(api, fields);
  if (!answer.ok) return fail(answer, () => ask(fields), form);
  mailedTo = fields;
  fill('email', fields.email);
  show('sent');
  return waitForMail('sent');
}

async function choose(fields, form) {
  const answer = await post(api + 'confirm/', { token, ...fields });
  if (answer.ok) return show('done');
  return answer.body.code === 'invalid_token' ? show('invalid') : fail(answer, null, form);
}

async function code(fields, form) {
  const answer = await post(api + 'confirm/', fields);
  return answer.ok ? show('done') : fail(answer, null, form, words);
}

function words({ body }) {
  if (body.code === 'invalid_token') return say('wrongCode');
}
