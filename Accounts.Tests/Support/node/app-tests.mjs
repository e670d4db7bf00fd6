// The tests of somebody's app, by the package that they would have for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTesting } from '../../../client/testing/testing.js';

const baseUrl = process.argv[2];
const accounts = createTesting({ baseUrl });

async function ask(path, { body, access, cookies = [], method = body ? 'POST' : 'GET' } = {}) {
  const headers = { 'content-type': 'application/json', cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
  if (access) headers.authorization = `Bearer ${access}`;
  const answer = await fetch(baseUrl + path, { method, headers, body: body && JSON.stringify(body), redirect: 'manual' });
  const said = await answer.json().catch(() => undefined);
  const set = answer.headers.getSetCookie().map(cookie => cookie.split(';')[0].split('=')).map(([name, value]) => ({ name, value }));
  return { status: answer.status, body: said, location: answer.headers.get('location'), cookies: set };
}

const refresh = ({ cookies }) => ask('/api/auth/token/refresh/', { method: 'POST', cookies });

async function arriveFromProvider() {
  const { body, cookies } = await ask('/api/auth/social/fake/begin/', { method: 'POST' });
  const { location } = await ask(body.authorization_url.slice(baseUrl.length), { cookies });
  return { ...Object.fromEntries(new URL(location).searchParams), cookies };
}

test('a user signs in, with roles', async () => {
  const ann = await accounts.user({ roles: ['editor'], firstName: 'Ann', signIn: true });
  const me = await ask('/api/auth/me/', ann);
  assert.deepEqual([me.body.username, me.body.roles, me.body.first_name, me.body.email_verified], [ann.username, ['editor'], 'Ann', true]);
});

test('after 20 minutes the page refreshes, and after 15 days it is signed out and says why', async () => {
  const ann = await accounts.user({ signIn: true });
  await accounts.age('20m', { user: ann });
  const old = await ask('/api/auth/me/', ann);
  assert.deepEqual([old.status, old.body.reason], [401, 'expired']);
  const fresh = await refresh(ann);
  assert.equal((await ask('/api/auth/me/', { access: fresh.body.access })).status, 200);
  await accounts.age('15d', { user: ann.email });
  assert.deepEqual((await ask('/api/auth/session/', { ...ann, method: 'POST' })).body, { user: null, reason: 'expired' });
});

test('a mail is waited for, and its token is good until it is old', async () => {
  const ann = await accounts.user();
  await ask('/api/auth/password/reset/', { body: { email: ann.email } });
  const mail = await accounts.mail(ann, { subject: /new password/ });
  assert.match(mail.link, /\/reset-password#token=/);
  assert.match(mail.code, /^\d{8}$/);
  const confirm = { token: mail.token, new_password: 'another-horse-7' };
  await accounts.age('2h', { user: ann });
  assert.equal((await ask('/api/auth/password/reset/confirm/', { body: confirm })).body.code, 'invalid_token');
});

test('mails come in their order, once each, and one that does not come is told', async () => {
  const bob = await accounts.user({ verified: false });
  const mail = await accounts.mail(bob.email);
  assert.match(mail.subject, /^Verify your email address/);
  assert.equal((await ask('/api/auth/verify-email/', { body: { token: mail.token } })).status, 200);
  await assert.rejects(accounts.mail(bob, { timeout: 200, subject: 'Hello' }), /No mail about Hello came to .* within 200 ms\. There is none\./);
  await ask('/api/auth/password/reset/', { body: { email: bob.email } });
  await assert.rejects(accounts.mail(bob, { timeout: 3000, subject: 'Hello' }), /There are others: "Choose a new password/);
  assert.match((await accounts.mail(bob)).subject, /^Choose a new password/);
});

test('a second factor is proved twice within a minute, and each code is another', async () => {
  const ann = await accounts.user({ totp: true, signIn: true });
  const { body } = await ask('/api/auth/login/', { body: { email: ann.email, password: ann.password } });
  assert.equal(body.code, 'second_factor_required');
  const code = await accounts.authenticator(ann).code();
  assert.equal((await ask('/api/auth/login/second-factor/', { body: { ticket: body.ticket, code } })).status, 200);
});

test('a provider declines, has no address, and is well again', async () => {
  await accounts.provider.next('declined');
  assert.equal((await arriveFromProvider()).error, 'access_denied');
  await accounts.provider.next('verified', { firstName: 'Vic' });
  const { code, state, cookies } = await arriveFromProvider();
  const { body } = await ask('/api/auth/social/fake/', { body: { code, state }, cookies });
  assert.equal(body.user.first_name, 'Vic');
  await accounts.provider.next('declined');
  await accounts.provider.reset();
});

test('a thief is found, and the user is told', async () => {
  const ann = await accounts.user({ signIn: true });
  const browser = { cookies: async () => ann.cookies };
  assert.equal((await accounts.replayStolenToken({ context: () => browser })).reason, 'reused');
  assert.equal((await refresh(ann)).body.reason, 'revoked');
  assert.match((await accounts.mail(ann, { subject: 'We ended one of your sessions' })).text, /203\.0\.113\.66/);
  const bob = await accounts.user({ signIn: true });
  await accounts.replayStolenToken(bob);
  assert.deepEqual((await ask('/api/auth/session/', { ...bob, method: 'POST' })).body, { user: null, reason: 'revoked' });
  await assert.rejects(accounts.replayStolenToken({ cookies: async () => [] }), /nobody is signed in there/);
});

test('what cannot be is told with what to do', async () => {
  await assert.rejects(accounts.user({ password: 'password' }), /\/dev\/testing\/user\/: 400 password: This password is too common\./);
  await assert.rejects(accounts.age('soon'), /by: Write how long/);
  await assert.rejects(createTesting({ baseUrl: 'http://localhost:1' }).user(), /No server answers at http:\/\/localhost:1\. Start Accounts by \.\/run/);
});
