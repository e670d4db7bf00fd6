// A front end that uses every call of the client, with what each gives.
import { createAccounts, AccountsError, type Accounts, type SignIn, type User } from '../../client/accounts.js';

const accounts: Accounts = createAccounts({
  baseUrl: 'https://accounts.example.com',
  origins: ['https://api.example.com'],
  onReauthenticate: async ({ methods, max_age, acr }) => {
    if (methods?.includes('password')) await accounts.reauthenticate({ password: `${max_age} ${acr}` });
    return true;
  },
});

export async function everything(): Promise<void> {
  const end = accounts.onChange((user, reason) => show(user, reason));
  end();
  show(await accounts.start());
  const message: string = (await accounts.register({ username: 'ann', email: 'ann@example.com', password: 'seven purple otters' })).message;
  await accounts.verifyEmail({ token: message });
  await accounts.verifyEmail({ email: 'ann@example.com', code: '123456' });
  await accounts.resendVerification({ email: 'ann@example.com' });
  await accounts.resetPassword({ email: 'ann@example.com' });
  await accounts.resetPassword({ token: '…', new_password: 'eight purple otters' });
  await finish(await accounts.login({ email: 'ann@example.com', password: 'seven purple otters', remember: false }));
  await finish(await accounts.login({ username: 'ann', password: 'seven purple otters' }));
  await providers();
  await oneself();
  await accounts.logout();
  const { reason, ended_at } = await accounts.whySignedOut();
  console.log(reason, ended_at);
}

async function finish(result: SignIn): Promise<User | undefined> {
  if (!result.step) return result.user;
  const { ticket, link_token } = result;
  if (result.step === 'second_factor_required') {
    if (result.methods?.includes('passkey')) return finish(await accounts.passkeys.signIn({ ticket, trust_device: true }));
    return finish(await accounts.secondFactor({ ticket, code: '123456', trust_device: true }));
  }
  if (result.step === 'second_factor_enrolment_required') {
    await accounts.factors.enrolmentMail({ ticket });
    if (ticket && !result.methods) return finish(await accounts.passkeys.add({ ticket, mail_code: '12345678' }));
    const { qr_svg } = await accounts.factors.beginApp({ ticket, mail_code: '12345678' });
    const { recovery_codes, user } = await accounts.factors.confirmApp({ ticket, code: qr_svg });
    console.log(recovery_codes);
    return user;
  }
  if (result.step === 'email_required') {
    await accounts.social.complete({ ticket, email: 'ann@example.com' });
    return finish(await accounts.social.confirm({ ticket, code: '123456' }));
  }
  await accounts.social.linkMail({ link_token });
  return finish(await accounts.link({ link_token, code: '12345678' }));
}

async function providers(): Promise<void> {
  for (const { provider, name, flows } of await accounts.social.providers()) {
    await accounts.loginWith(provider, { next: `/${name}`, redirect: !flows.includes('begin'), remember: true, redirectUri: 'https://app.example.com/' });
  }
  const arrival = await accounts.handleCallback();
  if (arrival?.user) console.log(arrival.user.username, arrival.next);
  else if (arrival?.step) console.log(arrival.step, arrival.ticket);
  await accounts.social.connect('google', { next: '/settings' });
  for (const { provider, connected_at } of await accounts.social.accounts()) await accounts.social.disconnect(`${provider}${connected_at}`);
  await accounts.emailCode.send({ email: 'ann@example.com' });
  console.log((await accounts.emailCode.check({ token: '…' })).email);
  await finish(await accounts.emailCode.confirm({ code: '12345678' }));
  await finish(await accounts.passkeys.signIn({ mediation: 'conditional', signal: new AbortController().signal }));
}

async function oneself(): Promise<void> {
  const me: User = await accounts.me();
  console.log((await accounts.updateProfile({ first_name: me.last_name })).roles);
  await accounts.changePassword({ old_password: 'seven purple otters', new_password: 'eight purple otters' });
  for (const { id, device, current } of await accounts.sessions.list()) if (!current) await accounts.sessions.end(id + device);
  const ended: number = (await accounts.sessions.endAll({ keep_current: true })).ended;
  const { totp, passkeys, required } = await accounts.factors.list();
  await accounts.factors.rename(totp[0].id, `${ended} ${required}`);
  await accounts.factors.remove(passkeys[0].id);
  console.log((await accounts.factors.recoveryCodes()).recovery_codes.length);
  console.log((await accounts.passkeys.add({ name: 'My phone' })).name);
  await accounts.passkeys.reauthenticate();
  await accounts.reauthenticateMail();
  const proof = await accounts.reauthenticate({ mail_code: '12345678' });
  console.log(proof.step);
  const answer: Response = await accounts.fetch('https://api.example.com/orders', { method: 'POST', body: '{}' });
  const token: string | null = await accounts.getAccessToken();
  const events = await accounts.call<{ count: number }>('GET', 'me/events/');
  console.log(answer.status, token, events.count);
  await accounts.deleteAccount({ password: 'eight purple otters' });
}

function show(user: User | null, reason?: string): void {
  console.log(accounts.user === undefined ? 'One moment' : user?.username ?? reason);
}

everything().catch((error: unknown) => {
  if (!(error instanceof AccountsError)) throw error;
  const wrong: string[] | undefined = error.fields.email;
  console.log(error.status, error.code, error.detail, error.retryAfter, error.body, wrong);
});
