// What pages share that ask for a second factor.

import { fill, post, show } from '/card.js';

// Says what is asked for, and offers a passkey where there is one that this browser can ask for.
export function askFactor(methods, had) {
  const byPasskey = methods.includes('passkey') && Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);
  const codes = methods.includes('totp') ? 'a code of your authenticator app, or one of your recovery codes' : 'one of your recovery codes';
  fill('ask', `${had} ${byPasskey ? 'Use a passkey, or enter' : 'Enter'} ${codes}.`);
  document.querySelector('[data-act=askPasskey]').hidden = !byPasskey;
  return show('factor');
}

// The answer to the beginning, and the proof; none where its user thinks better of it, or has none here.
export async function takePasskey(of) {
  const begun = await post('/api/auth/login/passkey/begin/', of);
  return { begun, proof: begun.ok ? await proofOf(begun.body) : undefined };
}

async function proofOf({ state, publicKey }) {
  try {
    return { state, passkey: (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })).toJSON() };
  } catch {
    return undefined;
  }
}
