// The access token lives here and nowhere else; the refresh token is a cookie that no script can read.

const soon = 30_000;
const mark = 'accounts-docs-signed-in';

let access;
let expires;
let user;
let refreshing;
let changed = () => {};

export function onChange(listener) {
  changed = listener;
}

// Only where this tab was signed in before: anybody else would get a 401 for opening the page.
export async function resume() {
  if (sessionStorage.getItem(mark)) await refresh();
}

export async function signIn(credentials) {
  const { status, body } = await post('/api/auth/login/', credentials);
  if (status !== 200) return explain(status, body);
  adopt(body);
}

export async function signOut() {
  await post('/api/auth/logout/', {});
  forget();
}

// The token for a request about to be sent: a fresh one, where the old one is about to expire.
export async function token() {
  if (access && Date.now() > expires - soon) await refresh();
  return access;
}

// What is sent from the page by hand changes the session, too.
export function notice(path, { status, body }) {
  if (status !== 200) return;
  if (path.startsWith('/api/auth/logout/')) forget();
  else if (typeof body?.access === 'string') adopt(body);
}

function adopt(answer) {
  access = answer.access;
  expires = Date.now() + answer.access_expires_in * 1000;
  user = answer.user?.username ?? user;
  sessionStorage.setItem(mark, user ?? '');
  changed(user ?? 'somebody');
}

function forget() {
  access = user = undefined;
  sessionStorage.removeItem(mark);
  changed();
}

// One at a time: a second one would present a token that the first has just retired.
function refresh() {
  return refreshing ??= renew().finally(() => { refreshing = undefined; });
}

async function renew() {
  const { status, body } = await post('/api/auth/token/refresh/', {});
  if (status === 200) {
    user ??= sessionStorage.getItem(mark) || undefined;
    adopt(body);
  } else if (status === 401) {
    forget();
  }
}

async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

function explain(status, body) {
  if (status === 0) return 'The server does not answer. Please try again.';
  return body.detail ?? Object.values(body).flat()[0] ?? 'Something went wrong. Please try again.';
}
