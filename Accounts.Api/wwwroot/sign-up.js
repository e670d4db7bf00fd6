// Makes an account: by an invitation, whose token and address stand in the fragment, where no server sees them, or without one. Opening the page changes nothing.

import { begin, fail, fill, post, settings, show, takeFragment, waitForMail } from '/card.js';
import { accounts, tried } from '/door.js';
import { extraFields, extraValues } from '/extra-fields.js';
import { destination, placeLinks } from '/next.js';
import { list, say } from '/texts.js';

const fragment = location.hash;
const [invitation, email] = takeFragment('invitation', 'email');

let typed; // and sent, for the code and the sign-in that follow
let lost = false; // whether the answer to it was

begin({ join, signUp, verify, again });
placeLinks();
tellRules();
fill('email', email ?? '');
if (invitation && email) show('join');
else show(fragment.length > 1 || !settings.signUp ? 'none' : 'sign-up');

function tellRules() {
  const { username, password } = settings;
  fill('usernameRule', username.hint || (username.minimum > 1 ? say('usernameLength', { n: username.minimum }) : say('usernameRule')));
  const needs = ['uppercase', 'lowercase', 'digit', 'special'].filter(kind => password[kind]).map(kind => say(`needs.${kind}`));
  fill('passwordRule', needs.length > 0 ? say('passwordNeeds', { n: password.minimum, needs: list(needs) }) : say('passwordRule', { n: password.minimum }));
  for (const place of document.querySelectorAll('[data-extra]')) place.replaceWith(...extraFields(place.dataset.extra));
  document.getElementById('later').hidden = settings.demandsAddress || settings.hidesAccounts;
}

async function join(fields, form) {
  const answer = await post('/api/auth/register/', { invitation, email, ...fields, ...extraValues(form) });
  if (answer.ok) return show('done');
  return answer.body.invitation ? show('invalid') : fail(answer, null, form);
}

async function signUp(fields, form) {
  const isRepeated = lost && typed.username === fields.username && typed.email === fields.email;
  typed = fields;
  const answer = await post('/api/auth/register/', { ...fields, ...extraValues(form) });
  lost = answer.status >= 500;
  if (answer.ok) return wait();
  // The account is there, and only its answer was lost: a mail that is asked for here brings a code that counts here.
  if (isRepeated && answer.body.username && answer.body.email) return again();
  return answer.body.code === 'registration_closed' ? show('none') : fail(answer, null, form);
}

function wait() {
  fill('email', typed.email);
  show('sent');
  return waitForMail('sent');
}

async function again() {
  const answer = await post('/api/auth/verify-email/resend/', { email: typed.email });
  return answer.ok ? wait() : fail(answer, again);
}

async function verify({ code }, form) {
  const answer = await post('/api/auth/verify-email/', { email: typed.email, code });
  if (!answer.ok) return fail(answer, null, form, wrongCode);
  const signedIn = await tried(accounts.login({ username: typed.username, password: typed.password }));
  show('done');
  // Where a step is left the sign-in page asks for it.
  return signedIn.ok ? location.replace(destination) : undefined;
}

function wrongCode({ body }) {
  if (body.code === 'invalid_token') return say('wrongCode');
}
