// What pages share that ask for a second factor.

import { fill, post, show } from '/card.js';
import { say } from '/texts.js';

// Says what is asked for, and offers a passkey where there is one that this browser can ask for.
export function askFactor(methods, had) {
  const byPasskey = methods.includes('passkey') && Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);
  const codes = methods.includes('totp');
  const ask = byPasskey ? (codes ? 'ask.passkeyOrCodes' : 'ask.passkeyOrRecovery') : codes ? 'ask.codes' : 'ask.recovery';
  fill('ask', `${had} ${say(ask)}`);
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
