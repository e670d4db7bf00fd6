// Tells the browser, where it can be told, which passkeys are still good and what their user is called now: docs/passkeys.md.

import { accounts } from '/account-page.js';

const signals = window.PublicKeyCredential ?? {};
const rpId = location.hostname;

// It is a favour to the browser: that it fails changes nothing.
const quietly = async act => { try { await act(); } catch { /* as above */ } };

export const tellPasskeys = passkeys => quietly(async () => {
  if (passkeys.length === 0) return;
  await signals.signalAllAcceptedCredentials?.({ rpId, userId: passkeys[0].user_handle, allAcceptedCredentialIds: passkeys.map(passkey => passkey.credential_id) });
});

export const tellRemoved = ({ credential_id: credentialId }) => quietly(() => signals.signalUnknownCredential?.({ rpId, credentialId }));

// As the server calls a user when a passkey is made.
export const tellNames = ({ email, username, first_name: first, last_name: last }) => quietly(async () => {
  if (!signals.signalCurrentUserDetails) return;
  const [passkey] = (await accounts.factors.list()).passkeys;
  if (passkey) await signals.signalCurrentUserDetails({ rpId, userId: passkey.user_handle, name: email, displayName: `${first} ${last}`.trim() || username });
});
