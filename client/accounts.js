// The client of an Accounts server, for browsers. The access token lives in a variable here and nowhere else; the refresh
// token is a cookie that no script can read. How to use it: docs/front-end.md. How refreshing works: docs/sessions.md.

const soon = 30_000; // ms; a token that expires sooner is renewed before it is used
const patience = 20_000; // ms; less than the server's leeway of 30 s, in which a lost answer signs nobody out
const [proved, refreshed, started, signedIn] = [0, 1, 2, 3]; // how a token came

export class AccountsError extends Error {
  constructor(status, body, headers) {
    // A field may be named `code`; its value is a list, and no `detail` stands beside it.
    const said = typeof body?.detail === 'string';
    super(said ? body.detail : body ? String(Object.values(body).flat()[0]) : 'The server cannot be reached. Please try again.');
    this.name = 'AccountsError';
    this.status = status; // 0: no answer
    this.code = said ? body.code : body ? 'invalid' : 'unavailable';
    this.detail = this.message;
    this.fields = body && !said ? body : {};
    this.retryAfter = body?.retry_after ?? (Number(headers?.get('Retry-After')) || undefined);
    this.body = body;
  }
}

const failure = code => new AccountsError(400, { code, detail: 'The sign-in could not be finished. Please start again.' });
const unreachable = error => { throw error instanceof AccountsError ? error : new AccountsError(0); };

async function read(answer) {
  const body = answer.status === 204 ? {} : await answer.json().catch(() => {});
  // A page in place of an answer is some proxy's, or a hotel's.
  if (!answer.ok || !body) throw new AccountsError(answer.ok ? 0 : answer.status, body, answer.headers);
  return body;
}

// Two clocks, for one may stop while the machine sleeps, and the other may be set. Neither is compared with the server's.
const moment = () => ({ ticks: performance.now(), wall: Date.now() });
const left = ({ life, ticks, wall }) => life - Math.max(performance.now() - ticks, Date.now() - wall);
const isOld = token => left(token) < Math.min(soon, token.life / 2);

// A server that renders has no address of its own here, and asks nothing by this.
export function createAccounts({ baseUrl = globalThis.location?.origin ?? 'http://localhost', origins = [], onReauthenticate } = {}) {
  const base = new URL('/api/auth/', new URL(baseUrl, globalThis.location?.href));
  const trusted = new Set([base, ...origins].map(address => new URL(address).origin));
  const name = `accounts ${base.origin}`;
  const listeners = new Set();
  let user; // undefined until the server was asked, null for a visitor
  let token; // { access, life, ticks, wall }, null for a visitor
  let reason;
  let renewing, reproving, arriving, heard;

  // What this tab knows, and what tabs tell each other

  function become(nextUser, nextToken, why) {
    token = nextToken;
    reason = why;
    if (JSON.stringify(nextUser) === JSON.stringify(user)) return;
    user = nextUser;
    for (const listener of [...listeners]) {
      // One that fails must not take the token with it.
      try { listener(user, reason); } catch (error) { reportError(error); }
    }
  }

  const channel = globalThis.document && new BroadcastChannel(name);
  const tell = how => channel?.postMessage({ user, token, reason, how });

  if (channel) {
    channel.onmessage = ({ data: { user: who, token: theirs, reason: why, how } }) => {
      const isSame = who && who.id === user?.id;
      if (!who) become(null, null, why);
      else if (isSame && how !== signedIn && !isOld(token)) become(who, token);
      // Of the clocks only the wall's is the same in all tabs. A refresh of before a sign-out is no sign-in.
      else if (user !== null || how !== refreshed) become(who, { ...theirs, ticks: performance.now() });
      heard?.();
    };
    // The Back button brings a page as it was, signed out or not.
    addEventListener('pageshow', event => { if (event.persisted && user) renew().catch(() => {}); });
  }

  // Takes the token out of an answer, and returns what is left for the app.
  function adopt({ access, access_expires_in: seconds, ...rest }, at, how) {
    become(rest.user === undefined ? user : rest.user, access ? { access, life: seconds * 1000, ...at } : null, rest.reason);
    // A proof stands in one token alone, which stays here.
    if (user && how !== proved) tell(how);
    return rest;
  }

  function forget(why) {
    become(null, null, why);
    tell();
  }

  // One tab at a time. Without locks, or where a tab that sleeps keeps one, the server's leeway does.
  async function alone(act) {
    let begun;
    const enter = (options, waited) => navigator.locks.request(name, options, lock => lock && (begun = true, act(waited)));
    try {
      const result = await enter({ ifAvailable: true }, false);
      return begun ? result : await enter({ signal: AbortSignal.timeout(patience) }, true);
    } catch (error) {
      if (begun) throw error;
      return act(false);
    }
  }

  // The lock of the tab before is free a moment sooner than its message is here.
  const word = () => new Promise(resolve => { heard = resolve; setTimeout(resolve, 100); });

  // Tokens

  const renew = () => renewing ??= alone(ask.bind(null, token)).finally(() => { renewing = undefined; });

  async function ask(stale, waited) {
    if (waited && token === stale) await word();
    if (token !== stale) return;
    const [at, how] = [moment(), user ? refreshed : started];
    try {
      const answer = await post(user ? 'token/refresh/' : 'session/');
      // A sign-in or sign-out meanwhile is newer.
      if (token === stale) adopt(answer, at, how);
    } catch (error) {
      // Only the server's own word signs out: no outage, no throttle, no proxy.
      if (error.code !== 'token_not_valid') throw error;
      if (token === stale) forget(error.body.reason);
    }
  }

  async function start() {
    if (user === undefined) await renew();
    return user;
  }

  // A token that is good for a while; null for a visitor.
  async function current() {
    await start();
    if (token && isOld(token)) await renew().catch(error => { if (token && left(token) < 0) throw error; });
    return token;
  }

  // Requests

  // Without a body, and without a header of ours, no preflight goes before it. It outlives the page, for its cookie must arrive.
  const request = (method, path, body) => new Request(new URL(path, base), {
    method, credentials: 'include', keepalive: true, signal: AbortSignal.timeout(patience),
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });

  function carrying(what, asked) {
    if (what) asked.headers.set('Authorization', `Bearer ${what.access}`);
    return asked;
  }

  const post = (path, body) => fetch(request('POST', path, body)).then(read).catch(unreachable);

  // With the token; once more with another one where it is refused, and after a proof where one is asked for.
  async function authorized(make, { around = act => act(), prove = onReauthenticate, by = fetch } = {}) {
    let used;
    const send = async () => {
      used = await current();
      return around(() => by(carrying(used, make())));
    };
    let answer = await send();
    let challenge = await challengeOf(answer);
    if (answer.status === 401 && used && !challenge && await isRefused(answer)) {
      if (token === used) await renew();
      if (!token) return answer;
      answer = await send();
      challenge = await challengeOf(answer);
    }
    if (!challenge || !prove) return answer;
    reproving ??= Promise.resolve(prove(challenge)).finally(() => { reproving = undefined; });
    return await reproving ? send() : answer;
  }

  // A wrong code is a 401 of this server's, too.
  const isRefused = async answer => new URL(answer.url).origin !== base.origin || (await peek(answer)).code === 'token_not_valid';
  const peek = answer => answer.clone().json().then(body => body ?? {}, () => ({}));

  // Of this server, or of another that asks for more (RFC 9470).
  async function challengeOf(answer) {
    if (answer.status !== 401 && answer.status !== 403) return;
    const header = answer.headers.get('WWW-Authenticate') ?? '';
    const { code, methods, max_age, acr } = await peek(answer);
    if (code !== 'reauthentication_required' && !header.includes('insufficient_user_authentication')) return;
    const part = key => header.match(`${key}="?([^",]+)`)?.[1];
    return { methods, max_age: max_age ?? (Number(part('max_age')) || undefined), acr: acr ?? part('acr_values') };
  }

  async function call(method, path, body, options) {
    const at = moment();
    const answer = await authorized(() => request(method, path, body), options).then(read).catch(unreachable);
    return answer.access && token ? adopt(answer, at, answer.user ? signedIn : proved) : answer;
  }

  // Signing in and out. Who sets the cookie has the lock: the late answer to a refresh must not set that of before again.

  const signIn = (path, body) => alone(async () => {
    const at = moment();
    return adopt(await post(path, body), at, signedIn);
  }).catch(step);

  // A ticket is the next step, not a failure.
  function step(error) {
    if (error.body?.ticket === undefined && error.body?.link_token === undefined) throw error;
    return { step: error.code, ...error.body };
  }

  const reauthenticate = proof => call('POST', 'reauthenticate/', proof, { prove: null }).catch(step);

  const logout = () => alone(async () => {
    // With the token, for where the browser keeps the cookie back.
    await fetch(carrying(token, request('POST', 'logout/'))).then(read).catch(unreachable);
    forget('logout');
  });

  // Providers: the server keeps the PKCE verifier, this tab the state.

  async function loginWith(provider, { redirectUri = location.origin + location.pathname, mode = 'sign_in', redirect, next, remember } = {}) {
    if (redirect) return location.assign(new URL(`social/${provider}/login/?next=${encodeURIComponent(new URL(next ?? '', location))}`, base));
    const way = { mode, redirect_uri: redirectUri };
    const path = `social/${provider}/begin/`;
    const { state, authorization_url } = await (mode === 'sign_in' ? post(path, way) : call('POST', path, way));
    sessionStorage.setItem(name, JSON.stringify({ state, provider, mode, next, remember }));
    location.assign(authorization_url);
  }

  // Cleans the address at once; who calls it twice, as React's StrictMode does, gets the same answer twice.
  async function handleCallback() {
    const url = new URL(location);
    const [code, state, error] = ['code', 'state', 'error'].map(part => url.searchParams.get(part));
    if (!error && !(code && state)) return arriving;
    for (const part of ['code', 'state', 'error', 'error_description', 'error_uri', 'iss', 'scope', 'authuser', 'prompt', 'hd']) url.searchParams.delete(part);
    // A state with Next.js's mark it would take for its own act, and bring the old address back.
    history.replaceState({ ...history.state, __NA: undefined }, '', url.href.replace('#_=_', ''));
    return arriving = arrive(code, state, error).finally(() => { arriving = undefined; });
  }

  async function arrive(code, state, error) {
    const trip = JSON.parse(sessionStorage.getItem(name)) ?? {};
    sessionStorage.removeItem(name);
    // The server drove: its word, and a cookie for a ticket.
    if (!state) {
      if (/^(second_factor|email)_.*required$|^account_exists$/.test(error)) return { step: error };
      throw failure(error);
    }
    if (state !== trip.state) throw failure('invalid_state');
    if (error) throw failure(error === 'access_denied' ? error : /^(temporarily_un|server_error)/.test(error) ? 'unavailable' : 'provider_error');
    const { provider, mode, next, remember } = trip;
    const done = mode === 'connect' ? call('POST', `social/${provider}/connect/`, { code, state })
      : mode === 'reauthenticate' ? reauthenticate({ provider, code, state })
      : signIn(`social/${provider}/`, { code, state, remember });
    return { ...await done, next };
  }

  async function profile(method, fields) {
    const answer = await call(method, 'me/', fields);
    if (token) {
      become(answer, token);
      tell(refreshed);
    }
    return answer;
  }

  // Passkeys

  async function credential(act, begun, options) {
    const parse = act === 'get' ? 'parseRequestOptionsFromJSON' : 'parseCreationOptionsFromJSON';
    const made = await navigator.credentials[act]({ publicKey: PublicKeyCredential[parse](begun.publicKey), ...options });
    return { state: begun.state, passkey: made.toJSON() };
  }

  const passkeys = {
    // With a ticket as second factor, '' for that of the cookie; with `mediation: 'conditional'` beside a field.
    async signIn({ ticket, mediation, signal, ...fields } = {}) {
      const proof = await credential('get', await post('login/passkey/begin/', { ticket }), { mediation, signal });
      return signIn(`login/${ticket === undefined ? 'passkey/finish' : 'second-factor'}/`, { ticket: ticket || undefined, ...proof, ...fields });
    },
    async reauthenticate() {
      return reauthenticate(await credential('get', await call('POST', 'login/passkey/begin/')));
    },
    async add({ ticket, mail_code, name } = {}) {
      const begun = await enrol('passkeys/begin', { ticket, mail_code });
      return enrol('passkeys/finish', { ticket, ...await credential('create', begun), name });
    },
  };

  // With a ticket, by who must have a second factor to be let in: adding it is the sign-in.
  const enrol = (path, body = {}) => body.ticket === undefined ? call('POST', `factors/${path}/`, body)
    : /begin$/.test(path) ? post(`factors/${path}/`, body) : signIn(`factors/${path}/`, body);

  const get = path => call('GET', path);
  const send = path => body => post(path, body);
  const door = path => (body = {}) => signIn(path, body);

  return {
    get user() { return user; },
    onChange(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    start, loginWith, handleCallback, reauthenticate, logout, call, passkeys,
    register: send('register/'),
    verifyEmail: send('verify-email/'),
    resendVerification: send('verify-email/resend/'),
    resetPassword: fields => post(`password/reset/${'new_password' in fields ? 'confirm/' : ''}`, fields),
    changePassword: fields => call('POST', 'password/change/', fields, { around: alone }),
    login: door('login/'),
    secondFactor: door('login/second-factor/'),
    emailCode: { send: send('login/code/'), confirm: door('login/code/confirm/'), check: send('login/code/check/') },
    link: door('social/link/'),
    social: {
      providers: () => get('social/'),
      accounts: () => get('social/accounts/'),
      connect: (provider, options) => loginWith(provider, { ...options, mode: 'connect' }),
      disconnect: provider => call('DELETE', `social/${provider}/`),
      linkMail: send('social/link/mail/'),
      complete: send('social/complete/'),
      confirm: door('social/complete/confirm/'),
    },
    factors: {
      list: () => get('factors/'),
      enrolmentMail: send('login/enrolment/mail/'),
      beginApp: fields => enrol('totp/begin', fields),
      confirmApp: fields => enrol('totp/confirm', fields),
      recoveryCodes: () => call('POST', 'factors/recovery-codes/'),
      rename: (id, name) => call('PATCH', `factors/${id}/`, { name }),
      remove: id => call('DELETE', `factors/${id}/`),
    },
    reauthenticateMail: () => call('POST', 'reauthenticate/mail/', {}, { prove: null }),
    me: () => profile('GET'),
    updateProfile: fields => profile('PATCH', fields),
    deleteAccount: fields => call('DELETE', 'me/', fields).then(() => forget('deleted')),
    sessions: {
      list: () => get('sessions/'),
      end: id => call('DELETE', `sessions/${id}/`),
      endAll: options => call('POST', 'logout/all/', options).then(answer => {
        if (!options?.keep_current) forget('logout_all');
        return answer;
      }),
    },
    fetch: async (input, init, by = fetch) => {
      const asked = new Request(input, init);
      return trusted.has(new URL(asked.url).origin) ? authorized(() => asked.clone(), { by }) : by(asked);
    },
    getAccessToken: async () => (await current())?.access ?? null,
    whySignedOut: async () => ({ reason, ...await post('session/why/') }),
  };
}
