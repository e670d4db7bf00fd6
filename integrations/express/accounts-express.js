// Takes the access tokens of Accounts in Express, by jose.
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { followEnded } from './accounts-ended.js';

const levels = ['aal1', 'aal2'];
const realm = 'Bearer realm="api"';
const longest = 4_000_000;

/** Something else is to be answered than what was asked for: as Accounts itself answers. */
class Refusal extends Error {
  constructor(status, code, detail, headers = {}, members = {}) {
    super(detail);
    Object.assign(this, { status, headers, body: { detail, code, ...members } });
  }
}

const notAuthenticated = () =>
  new Refusal(401, 'not_authenticated', 'Authentication credentials were not provided.', { 'WWW-Authenticate': realm });
const notValid = reason =>
  new Refusal(401, 'token_not_valid', 'Given token not valid for any token type', { 'WWW-Authenticate': realm }, { reason });
const denied = () => new Refusal(403, 'permission_denied', 'You do not have permission to perform this action.');
// Nobody is there to say whether the token is good, which is no verdict on it.
const unavailable = () => new Refusal(503, 'unavailable', 'Service temporarily unavailable, try again later.', { 'Retry-After': '5' });

// A better or newer proof of who it is would do: 401, as in RFC 9470 section 3.
function stepUp(maxAge, acr) {
  const age = maxAge === undefined ? '' : `, max_age="${maxAge}"`;
  const level = acr === undefined ? '' : `, acr_values="${acr}"`;
  const challenge = `${realm}, error="insufficient_user_authentication"${age}${level}`;
  return new Refusal(401, 'reauthentication_required', 'Sign in again to do this.', { 'WWW-Authenticate': challenge }, { max_age: maxAge, acr });
}

// The published keys. jose's createRemoteJWKSet refuses all once they are old and the issuer is away, and asks it each time.
function createKeys(server, lifetime, pause, report) {
  let known = async () => { throw new errors.JWKSNoMatchingKey(); };
  let [staleAt, nextTry, isAway, reading] = [0, 0, true, undefined];

  // While the issuer is away those of before stay good: what they have signed is over by itself in minutes.
  async function read() {
    try {
      const set = await ask(`${server}/.well-known/jwks.json`);
      if (!set.keys?.length) throw new Error('There are none.');
      known = createLocalJWKSet(set);
      [staleAt, isAway] = [Date.now() + lifetime * 1000, false];
    } catch (error) {
      isAway = true;
      report(new Error(`The keys of ${server} can't be read.`, { cause: error }));
    }
  }

  const find = header => known(header).catch(error => {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
  });

  return async header => {
    if (typeof header.kid !== 'string') throw notValid('invalid');
    let key = await find(header);
    if (!key || Date.now() >= staleAt) {
      if (!reading && Date.now() >= nextTry) {
        nextTry = Date.now() + pause * 1000;
        reading = read().finally(() => { reading = undefined; });
      }
      await reading;
      key = await find(header);
      if (key && !isAway) nextTry = 0;
    }
    if (key) return key;
    throw isAway ? unavailable() : notValid('invalid');
  };
}

async function ask(url, { signal = AbortSignal.timeout(3000), ...init } = {}) {
  const answer = await fetch(url, { ...init, signal, redirect: 'error' });
  if (!answer.ok) throw Object.assign(new Error(`${url} answered ${answer.status}.`), { status: answer.status });
  // Once the head is there Node may forget the signal, and a body that never ends would be read for ever.
  const reader = answer.body.getReader();
  signal.addEventListener('abort', () => { reader.cancel().catch(() => {}); });
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > longest) {
      reader.cancel().catch(() => {});
      throw new Error(`The answer of ${url} is too long.`);
    }
  }
  return JSON.parse(text);
}

const isMachine = claims => claims.sub.startsWith('client:');

/** @type {import('./accounts-express.d.ts').createAccounts} */
export function createAccounts({ issuer, audience = issuer, server = issuer, client, keysLifetime = 300, keysPause = 10, follow = true, report = console.warn }) {
  if (!issuer) throw new Error('Set issuer to the address of Accounts, such as https://accounts.example.com.');
  const base = server.replace(/\/$/, '');
  const keys = createKeys(base, keysLifetime, keysPause, report);
  const headers = client && { Authorization: `Basic ${Buffer.from(`${client.name}:${client.secret}`).toString('base64')}` };
  const ended = client && follow ? followEnded((path, signal) => ask(base + path, { headers, signal }), report) : undefined;
  const rules = { issuer, audience, algorithms: ['ES256'], typ: 'at+jwt', clockTolerance: 30, requiredClaims: ['exp', 'iat', 'sub'] };

  async function verify(token) {
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      if (payload.token_type === 'access' && (isMachine(payload) || payload.sub === payload.user_id)) {
        if (await ended?.has(payload)) throw notValid('revoked');
        return payload;
      }
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (error instanceof errors.JWTExpired) throw notValid('expired');
    }
    throw notValid('invalid');
  }

  // What Accounts says of the token at this moment (RFC 7662).
  async function asOfNow(token, claims) {
    const told = await ask(`${base}/api/auth/introspect/`, { method: 'POST', headers, body: new URLSearchParams({ token }) }).catch(error => { report(new Error(`${base} can't be asked about a token.`, { cause: error })); });
    if (typeof told?.active !== 'boolean') throw unavailable();
    if (!told.active) throw notValid('revoked');
    return { ...claims, ...told };
  }

  async function check(header, { roles, acr, maxAge, live, machine }) {
    const [scheme, ...rest] = (header ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer') throw notAuthenticated();
    const token = rest.join(' ').trim();
    let claims = await verify(token);
    if (isMachine(claims) && !machine) throw denied();
    if (live) claims = await asOfNow(token, claims);
    if (roles.length > 0 && !roles.some(role => claims.roles.includes(role))) throw denied();
    const isNew = maxAge === undefined || Date.now() / 1000 - (claims.auth_time ?? 0) <= maxAge;
    if (!isNew || (acr && !levels.slice(levels.indexOf(acr)).includes(claims.acr))) throw isMachine(claims) ? denied() : stepUp(maxAge, acr);
    return claims;
  }

  return {
    get following() { return ended?.following ?? false; },
    close() { ended?.close(); },
    require({ role = [], acr, maxAge, live = false, machine = false, ...unknown } = {}) {
      if (Object.keys(unknown).length > 0) throw new Error(`require knows role, acr, maxAge, live and machine, and not ${Object.keys(unknown)}.`);
      if (acr !== undefined && !levels.includes(acr)) throw new Error(`acr is one of ${levels}, and not ${acr}.`);
      if (live && !client) throw new Error('Set client to one that Accounts lists in Accounts__Tokens__IntrospectionClients: live asks in its name.');
      const demand = { roles: [role].flat(), acr, maxAge, live, machine };
      return async (request, response, next) => {
        try {
          request.user = await check(request.get('Authorization'), demand);
        } catch (error) {
          return error instanceof Refusal ? response.set(error.headers).status(error.status).json(error.body) : next(error);
        }
        next();
      };
    },
  };
}
