// For the tests of an app that uses an Accounts server which ./run has started. How to use it: docs/testing.md.

import { createHmac } from 'node:crypto';

const POLL = 100, PATIENCE = 10_000, STEP = 30_000;

const pause = ms => new Promise(done => setTimeout(done, ms));

export class TestingError extends Error {
  constructor(message, status, body) {
    super(message);
    Object.assign(this, { name: 'TestingError', status, body, code: body?.code });
  }
}

// since: mails of before are of other tests; the mailbox keeps them
export function createTesting({ baseUrl = 'http://localhost:8000', since = new Date() } = {}) {
  const origin = new URL(baseUrl).origin;
  const seen = new Set();

  async function user({ signIn, firstName, lastName, ...fields } = {}) {
    const made = await tool('user', { ...fields, first_name: firstName, last_name: lastName });
    if (made.totp_secret) made.authenticator = authenticator(made.totp_secret);
    return signIn ? { ...made, ...(await session(made)) } : made;
  }

  // As a browser has it: the cookie goes into Playwright's context by addCookies, the access token into a header.
  async function session({ email, password, authenticator: app }) {
    let { status, body, headers } = await call('POST', '/api/auth/login/', { email, password });
    if (body?.code === 'second_factor_required' && app) {
      ({ status, body, headers } = await call('POST', '/api/auth/login/second-factor/', { ticket: body.ticket, code: await app.code() }));
    }
    if (status !== 200) throw refused('The user is there, and could not sign in', status, body);
    return { access: body.access, cookies: headers.getSetCookie().map(cookieOf) };
  }

  function cookieOf(text) {
    const [pair, ...attributes] = text.split('; ');
    const has = name => attributes.find(one => one.toLowerCase().startsWith(name))?.split('=')[1] ?? '';
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const sameSite = { lax: 'Lax', strict: 'Strict', none: 'None' }[has('samesite').toLowerCase()] ?? 'Lax';
    return { name, value, url: origin, httpOnly: /httponly/i.test(text), sameSite };
  }

  // The next one, in the order in which they come; each is given once.
  async function mail(to, { subject, timeout = PATIENCE } = {}) {
    const { email = to } = to;
    const fits = text => subject === undefined || (subject instanceof RegExp ? subject.test(text) : text.includes(subject));
    const deadline = Date.now() + timeout;
    let others = [];
    do {
      const all = (await mails()).filter(one => one.to.toLowerCase() === email.toLowerCase() && !seen.has(one.id) && new Date(one.sent_at) >= since);
      const next = all.find(one => fits(one.subject));
      if (next) {
        seen.add(next.id);
        return readMail(next);
      }
      others = all.map(one => `"${one.subject}"`);
      await pause(POLL);
    } while (Date.now() < deadline);
    const found = others.length ? `There are others: ${others.join(', ')}.` : 'There is none. Look at /dev/mailbox, and at what the server logs: a limit may hold mails back.';
    throw new TestingError(`No mail ${subject === undefined ? '' : `about ${subject} `}came to ${email} within ${timeout} ms. ${found}`);
  }

  async function mails() {
    const { status, body } = await call('GET', '/dev/mailbox.json');
    if (status === 404) throw absent('The mailbox', ' Mail goes there only where Accounts__Mail__SmtpUrl is not set.');
    if (status !== 200) throw refused('The mailbox', status, body);
    return body.reverse();
  }

  // By '20m', '36h', '15d', or seconds.
  const age = (by, { user: whose } = {}) => tool('age', { by, ...named(whose) });

  const provider = {
    next: (next, { firstName, lastName, ...person } = {}) => tool('provider', { next, ...person, first_name: firstName, last_name: lastName }),
    reset: () => tool('provider', { next: 'page' }),
  };

  // of: a user, Playwright's context or page of their browser, or { refreshToken }
  async function replayStolenToken(of) {
    const context = typeof of?.context === 'function' ? of.context() : of;
    if (typeof context?.cookies !== 'function') return tool('replay', of?.refreshToken ? { refresh_token: of.refreshToken } : named(of));
    const cookie = (await context.cookies(origin)).find(one => /^(__Host-)?refresh_token(_partitioned)?$/.test(one.name));
    if (!cookie) throw new TestingError(`This browser has no refresh token of ${origin}: nobody is signed in there.`);
    return tool('replay', { refresh_token: cookie.value });
  }

  async function tool(name, fields) {
    const { status, body } = await call('POST', `/dev/testing/${name}/`, fields);
    if (status === 404) throw absent(`/dev/testing/${name}/`);
    if (status >= 400) throw refused(`/dev/testing/${name}/`, status, body);
    return body;
  }

  // Overloaded, it says so: then once more.
  async function call(method, path, fields) {
    for (let attempt = 0; ; attempt++) {
      const answer = await send(method, path, fields);
      if (answer.status !== 503 || attempt === 3) return { status: answer.status, headers: answer.headers, body: await answer.json().catch(() => undefined) };
      await pause(1000);
    }
  }

  async function send(method, path, fields) {
    try {
      return await fetch(origin + path, {
        method,
        headers: { accept: 'application/json', ...(fields && { 'content-type': 'application/json' }) },
        body: fields && JSON.stringify(fields),
      });
    } catch (cause) {
      throw Object.assign(new TestingError(`No server answers at ${origin}. Start Accounts by ./run, or say createTesting({ baseUrl }).`), { cause });
    }
  }

  const absent = (what, more = '') => new TestingError(
    `${what} is not there: what answers at ${origin} is no Accounts server in Development, with a PostgreSQL of its own, on this machine. `
    + `Start it by ./run; with another database set Accounts__Dev__Tools=true; and ask for localhost.${more}`, 404);

  return { user, mail, age, provider, authenticator, replayStolenToken };
}

const named = whose => typeof whose === 'string' ? (whose.includes('@') ? { email: whose } : { user_id: whose })
  : whose ? (whose.id ? { user_id: whose.id } : { email: whose.email }) : {};

function refused(what, status, body) {
  const fields = Object.entries(body ?? {}).filter(([, said]) => Array.isArray(said)).map(([name, said]) => `${name}: ${said.join(' ')}`);
  const why = body?.code === 'throttled' ? `${body.detail} For tests, start the server with Accounts__Throttling__Enabled=false.` : body?.detail ?? fields.join('; ');
  return new TestingError(`${what}: ${status} ${why}`, status, body);
}

function readMail({ id, to, from, subject, text, html, sent_at: sentAt }) {
  const links = text.match(/https?:\/\/\S+/g) ?? [];
  const token = links.map(link => /[?#&](?:token|invitation)=([^&\s]+)/.exec(link)?.[1]).find(Boolean);
  const code = /\b\d{6}(?:\d{2})?\b/.exec(text.replace(/https?:\/\/\S+/g, ''))?.[0];
  return { id, to, from, subject, text, html, sentAt: new Date(sentAt), link: links[0], links, token, code };
}

const spent = new Map();

// An app on somebody's telephone (RFC 6238). The server takes the code of a step once, and none of an earlier one; it
// takes the next step's a little early. So a second code is that one, and for a third there is a wait.
export function authenticator(secret) {
  const seed = fromBase32(secret.totp_secret ?? secret);
  const name = seed.toString('hex');

  async function code() {
    const now = () => Math.floor(Date.now() / STEP);
    const step = Math.max(now(), (spent.get(name) ?? 0) + 1);
    spent.set(name, step);
    while (step > now() + 1) await pause((step - 1) * STEP - Date.now() + 50);
    return codeOf(seed, step);
  }
  return { code };
}

function codeOf(seed, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', seed).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function fromBase32(text) {
  const letters = text.toUpperCase().replace(/[\s=-]/g, '');
  if (!letters || /[^A-Z2-7]/.test(letters)) throw new TestingError('An authenticator needs the secret in base32: totp_secret of user({ totp: true }), or secret of factors/totp/begin/.');
  const bits = [...letters].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => parseInt(byte, 2)));
}
