// The client of pages where somebody is signed in: who is not goes to the sign-in and comes back, who is no more learns why.

import { createAccounts } from '/accounts.js';
import { confirmIdentity } from '/confirm.js';

export const accounts = createAccounts({ onReauthenticate: challenge => confirmIdentity(challenge, accounts) });

// The user; for a visitor it never returns, for the page goes.
export async function enter() {
  const user = await accounts.start();
  if (!user) return leave(`/sign-in?next=${encodeURIComponent(location.pathname + location.hash)}`);
  accounts.onChange(now => {
    if (!now) leave('/signed-out');
    else if (now.id !== user.id) location.reload();
  });
  return user;
}

function leave(address) {
  location.replace(address);
  return new Promise(() => {});
}
