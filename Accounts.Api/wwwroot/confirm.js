// "Confirm that it is you": what asks for a proof of the last minutes gets it here, and is sent once more.

import { clear, complain } from '/explain.js';
import { say } from '/texts.js';

const dialog = document.getElementById('confirm');
const codes = ['totp', 'recovery_code'];
const own = ['password', 'passkey', 'mail', ...codes];

let accounts;
let trip;
let settle;
let busy = false;

dialog.addEventListener('submit', prove);
dialog.addEventListener('close', () => settle?.(dialog.returnValue === 'proved'));
dialog.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());

// Whether it was proved; methods: as the server's challenge names them; away: how to go to a provider and come back.
export async function confirmIdentity({ methods = ['password'] }, client, away = provider => client.loginWith(provider, { redirect: true, next: location.href })) {
  [accounts, trip] = [client, away];
  const before = document.activeElement;
  await offer(methods);
  dialog.returnValue = '';
  dialog.showModal();
  (dialog.querySelector('form:not([hidden]) input:not([readonly])') ?? dialog.querySelector('form:not([hidden]) button, [data-providers] button') ?? dialog).focus();
  const proved = await new Promise(resolve => { settle = resolve; });
  before?.focus();
  return proved;
}

async function offer(methods) {
  const ways = {
    password: methods.includes('password'),
    code: codes.some(code => methods.includes(code)),
    passkey: methods.includes('passkey') && Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON),
    send: methods.includes('mail'),
    mail_code: false,
  };
  for (const form of dialog.querySelectorAll('form')) {
    form.reset();
    clear(form);
    form.hidden = !ways[form.dataset.way];
  }
  dialog.querySelector('[name=username]').value = accounts.user?.username ?? '';
  const others = methods.filter(method => !own.includes(method));
  dialog.querySelector('[data-providers]').replaceChildren(...others.length > 0 ? await providers(others) : []);
  dialog.querySelector('[data-none]').hidden = others.length > 0 || Object.values(ways).includes(true);
}

// By signing in there once more, which leads back to this page.
async function providers(wanted) {
  const known = await accounts.social.providers().catch(() => []);
  return wanted.map(provider => {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet' });
    button.textContent = say('confirm.provider', { name: known.find(one => one.provider === provider)?.name ?? provider });
    button.addEventListener('click', async () => {
      try {
        await trip(provider);
      } catch (error) {
        complain(dialog.querySelector('form:not([hidden])') ?? dialog.querySelector('form'), error);
      }
    });
    return button;
  });
}

async function prove(event) {
  event.preventDefault();
  const form = event.target;
  if (busy) return;
  busy = true;
  clear(form);
  try {
    await send(form.dataset.way, Object.fromEntries(new FormData(form)));
  } catch (error) {
    // Without a status it is the browser's: its user thought better of the passkey.
    complain(form, error, error.status === undefined ? say(error.step ? 'confirm.enrol' : 'passkeyFailed') : undefined);
  } finally {
    busy = false;
  }
}

async function send(way, { password, code, mail_code }) {
  if (way === 'send') return sent(await accounts.reauthenticateMail());
  const proved = way === 'passkey' ? await accounts.passkeys.reauthenticate()
    : await accounts.reauthenticate(way === 'password' ? { password } : way === 'code' ? { code } : { mail_code });
  // Right, and worth nothing before a second factor is added: that is a sign-in's.
  if (proved.step) throw proved;
  dialog.close('proved');
}

function sent() {
  dialog.querySelector('[data-way=send]').hidden = true;
  const form = dialog.querySelector('[data-way=mail_code]');
  form.hidden = false;
  form.elements.mail_code.focus();
}
