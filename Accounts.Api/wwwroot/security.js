// Stops everybody by the link of a mail about a change. The token stands in the fragment, where no server sees it; opening the page changes nothing.

import { begin, fail, post, show } from '/card.js';

const api = '/api/auth/security/';

const words = {
  password_changed: 'The password was changed',
  password_reset: 'A new password was chosen by a mail',
  social_account_connected: 'An account at a provider was connected',
  social_account_disconnected: 'An account at a provider was disconnected',
  factor_added: 'A passkey or second factor was added',
  factor_removed: 'A passkey or second factor was removed',
  account_deleted: 'The account was deleted',
  recovery_codes_made: 'New recovery codes were made',
  personal_token_made: 'A personal token was made',
  email_changed: 'The e-mail address was changed',
  signed_in_on_new_device: 'Somebody signed in on a new device',
  refresh_token_reused: 'A sign-in token was used twice',
  refresh_token_reissued_elsewhere: 'A session was used from elsewhere',
};

const token = takeToken();

begin({ freeze });
if (token) review();
else show('none');

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  return fragment.get('token')?.trim();
}

async function review() {
  show('wait');
  const answer = await post(api + 'review/', { token });
  if (!answer.ok) return refuse(answer, review);
  document.getElementById('events').replaceChildren(...answer.body.events.flatMap(tell));
  return show(answer.body.frozen ? 'frozen' : 'confirm');
}

function tell({ kind, at, device }) {
  const [what, when] = [document.createElement('dt'), document.createElement('dd')];
  what.textContent = words[kind] ?? kind.replaceAll('_', ' ');
  when.textContent = `${new Date(at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' })}, ${device}`;
  return [what, when];
}

async function freeze() {
  const answer = await post(api + 'freeze/', { token });
  return answer.ok ? show('frozen') : refuse(answer, freeze);
}

function refuse(answer, again) {
  return answer.body.code === 'invalid_token' ? show('invalid') : fail(answer, again);
}
