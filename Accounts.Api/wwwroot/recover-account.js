// Has a frozen account back with a new password. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show } from '/card.js';
import { askFactor, takePasskey } from '/factor.js';

const token = takeToken();

// Kept while a second factor is asked for beside it.
let password;

const factorForm = document.querySelector('#factor form');

begin({ recover, prove, askPasskey });
show(token ? 'choose' : 'none');

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function recover(fields, form) {
  password = fields;
  return send(fields, form);
}

async function prove(fields, form) {
  return send({ ...password, ...fields }, form);
}

async function askPasskey() {
  const { begun, proof } = await takePasskey({ token });
  if (begun.body.code === 'invalid_token') return show('invalid');
  if (!begun.ok) return fail(begun, null, factorForm);
  return proof ? send({ ...password, ...proof }, factorForm) : fail(begun, null, factorForm, () => 'That did not work. Please try again, or enter a code.');
}

async function send(fields, form) {
  const answer = await post('/api/auth/security/recover/', { token, ...fields });
  if (answer.body.code === 'invalid_token') return show('invalid');
  if (answer.body.code === 'second_factor_required') return askFactor(answer.body.methods, 'Your account had a second factor.');
  if (answer.body.code === 'invalid_credentials') return fail(answer, null, form, () => 'That is not it, or it was used already. Please try another one.');
  if (!answer.ok) return fail(answer, null, form);
  const kept = answer.body.kept.join(', ');
  fill('kept', kept && `Not there any more, because somebody else has it by now or may have connected it: ${kept}.`);
  return show('done');
}
