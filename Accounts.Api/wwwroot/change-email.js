// Opening this page changes nothing: mail scanners follow links and run scripts, too.

import { begin, fail, post, show, takeFragment } from '/card.js';

const token = takeFragment('token');

begin({ confirm });
show(token ? 'confirm' : 'invalid');

async function confirm() {
  const answer = await post('/api/auth/email/change/confirm/', { token });
  if (answer.ok) return show(answer.body.access ? 'done' : 'out');
  if (answer.body.code === 'invalid_token') return show('invalid');
  return answer.body.code === 'email_taken' ? show('taken') : fail(answer, confirm);
}
