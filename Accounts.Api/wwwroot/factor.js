// What pages share that ask for a second factor, or give one.

import { fill, post, show } from '/card.js';
import { say } from '/texts.js';

export const takesPasskeys = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

// Says what is asked for, and offers a passkey where there is one that this browser can ask for.
export function askFactor(methods, had) {
  const byPasskey = methods.includes('passkey') && takesPasskeys;
  const codes = methods.includes('totp');
  const ask = byPasskey ? (codes ? 'ask.passkeyOrCodes' : 'ask.passkeyOrRecovery') : codes ? 'ask.codes' : 'ask.recovery';
  fill('ask', `${had} ${say(ask)}`);
  document.querySelector('#factor [data-act=askPasskey]').hidden = !byPasskey;
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

// Recovery codes are shown once: they are to be copied, or kept as a file.
export function showCodes(codes) {
  document.getElementById('recovery-codes').replaceChildren(...codes.map(code => Object.assign(document.createElement('li'), { textContent: code })));
  const file = document.querySelector('#recovery a[download]');
  file.href = `data:text/plain;charset=utf-8,${encodeURIComponent(codes.join('\r\n'))}`;
  return show('recovery');
}

export async function copyCodes() {
  const codes = [...document.querySelectorAll('#recovery-codes li')].map(item => item.textContent).join('\n');
  try {
    await navigator.clipboard.writeText(codes);
    fill('copied', say('copied'));
  } catch {
    // Where the browser lets no page copy, people mark them by hand.
    getSelection().selectAllChildren(document.getElementById('recovery-codes'));
    fill('copied', say('marked'));
  }
}
