import { authenticator, createTesting, TestingError, type Mail, type NextSignIn, type Testing, type User } from '../../client/testing/testing.js';

// Everything that an app's tests may call, with what they may give.
export async function useEverything(context: { cookies(urls?: string | string[]): Promise<{ name: string; value: string; domain: string }[]> }, page: { context(): typeof context }) {
  const accounts: Testing = createTesting({ baseUrl: 'http://localhost:8000', since: new Date() });
  createTesting();
  const ann: User = await accounts.user();
  const bob = await accounts.user({ username: 'bob', email: 'bob@example.test', password: 'x', firstName: 'Bob', lastName: 'Smith', verified: true, roles: ['editor'], totp: true, signIn: true, company: 'Acme' });
  const told: (string | undefined)[] = [bob.id, bob.username, bob.email, bob.password, bob.totp_secret, bob.access, ...(bob.recovery_codes ?? []), ...(bob.cookies ?? []).map(cookie => cookie.sameSite)];
  const mails: Mail[] = [await accounts.mail(ann), await accounts.mail(ann.email, { subject: /verify/i, timeout: 100 }), await accounts.mail(ann, { subject: 'Verify' })];
  told.push(...mails.flatMap(mail => [mail.link, mail.token, mail.code, mail.subject, mail.text, mail.html, mail.sentAt.toISOString(), ...mail.links]));
  await accounts.age('15d');
  told.push(`${(await accounts.age(90, { user: ann })).rows.sessions}`);
  const words: NextSignIn[] = ['verified', 'authoritative', 'unverified_email', 'no_email', 'declined', 'unavailable', 'page'];
  for (const word of words) await accounts.provider.next(word, { id: '1', email: 'a@example.test', firstName: 'A', lastName: 'B' });
  await accounts.provider.reset();
  told.push(await accounts.authenticator(bob).code(), await authenticator('GEZDGNBV').code(), await bob.authenticator?.code());
  for (const of of [context, page, { refreshToken: 'x' }, ann, ann.id]) told.push((await accounts.replayStolenToken(of)).reason);
  // @ts-expect-error a word that says nothing
  await accounts.provider.next('maybe');
  // @ts-expect-error whose
  await accounts.replayStolenToken();
  try {
    await accounts.user({ password: 'password' });
  } catch (error) {
    if (error instanceof TestingError) told.push(error.message, error.code, `${error.status}`);
  }
  return told;
}
