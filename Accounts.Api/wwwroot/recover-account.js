// Has a frozen account back with a new password. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, fill, post, show, takeFragment } from '/card.js';
import { askFactor, takePasskey } from '/factor.js';
import { list, say } from '/texts.js';

const token = takeFragment('token');

// Kept while a second factor is asked for beside it.
let password;

const factorForm = document.querySelector('#factor form');

begin({ recover, prove, askPasskey });
show(token ? 'choose' : 'none');

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
  return proof ? send({ ...password, ...proof }, factorForm) : fail(begun, null, factorForm, () => say('passkeyFailed'));
}

async function send(fields, form) {
  const answer = await post('/api/auth/security/recover/', { token, ...fields });
  if (answer.body.code === 'invalid_token') return show('invalid');
  if (answer.body.code === 'second_factor_required') return askFactor(answer.body.methods, say('hadFactor'));
  if (answer.body.code === 'invalid_credentials') return fail(answer, null, form, () => say('wrongFactor'));
  if (!answer.ok) return fail(answer, null, form);
  const { kept } = answer.body;
  fill('kept', kept.length > 0 ? say('kept', { what: list(kept) }) : '');
  return show('done');
}
