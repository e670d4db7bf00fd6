// Opening this page changes nothing, unless the server says that this is the browser that registered:
// mail scanners follow links and run scripts, too.

const card = document.querySelector('main');
const announcer = document.getElementById('announcer');
const acts = { verify, reject, resend, code: verifyCode, retry: () => retry() };

let proof;
let retry;
let busy = false;

card.addEventListener('click', clicked);
card.addEventListener('submit', submitted);
// A second link pasted into this tab changes only the fragment.
window.addEventListener('hashchange', () => location.reload());
start();

function start() {
  const token = takeToken();
  if (!token) return show('code');
  proof = { token };
  return check();
}

function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  history.replaceState(null, '', location.pathname);
  return (fragment.get('token') ?? query.get('token'))?.trim();
}

async function check() {
  show('wait');
  const answer = await post('check/', proof);
  if (!answer.ok) return fail(answer, check);
  fill('username', answer.body.username);
  fill('email', answer.body.email);
  if (answer.body.verified) return show('already');
  return answer.body.same_browser === true ? verify() : show('confirm');
}

async function verify(fields, form) {
  const answer = await post('', { ...proof, ...fields });
  if (answer.ok) return show('done');
  if (answer.body.code === 'confirmation_required') return show('password');
  return fail(answer, () => verify(fields), form);
}

function verifyCode({ email, code }, form) {
  proof = { email, code: code.replace(/\s/g, '') };
  fill('email', email);
  return verify({}, form);
}

async function reject() {
  const answer = await post('reject/', proof);
  return answer.ok ? show('rejected') : fail(answer, reject);
}

async function resend(fields, form) {
  const answer = await post('resend/', fields);
  return answer.ok ? show('sent') : fail(answer, () => resend(fields), form);
}

async function post(path, body) {
  try {
    const response = await fetch('/api/auth/verify-email/' + path, {
      method: 'POST',
      headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch {
    return { ok: false, status: 503, body: {} };
  }
}

function fail(answer, again, form) {
  if (answer.body.code === 'invalid_token' && form?.dataset.act !== 'code') return show('invalid');
  if (form) return complain(form, explain(answer));
  retry = again;
  fill('trouble', explain(answer));
  holdBack(answer.status === 429 ? answer.body.retry_after : 0);
  return show('trouble');
}

function complain(form, message) {
  form.querySelector('.notice').textContent = message;
  form.querySelector('input:last-of-type').focus();
}

function explain({ status, body }) {
  if (status === 429) return `Too many tries. Please try again in ${duration(body.retry_after)}.`;
  if (status >= 500) return 'We cannot reach the server at the moment. Nothing is lost; please try again.';
  if (status === 401) return 'That password is not right. Please try again.';
  if (body.code === 'invalid_token') return 'That code is not right or has expired. Check the address too, or have a new mail sent.';
  return body.detail ?? Object.values(body).flat()[0] ?? 'Something went wrong. Please try again.';
}

function duration(seconds) {
  if (!(seconds > 0)) return 'a moment';
  if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

function holdBack(seconds) {
  const button = card.querySelector('[data-act=retry]');
  button.disabled = seconds > 0;
  button.textContent = seconds > 0 ? `Try again in ${duration(seconds)}` : 'Try again';
  if (seconds > 0) setTimeout(holdBack, 1000, seconds - 1);
}

function clicked({ target }) {
  const button = target.closest('button[type=button]');
  if (!button || busy) return;
  if (button.dataset.show) show(button.dataset.show);
  else run(() => acts[button.dataset.act]());
}

function submitted(event) {
  event.preventDefault();
  const form = event.target;
  if (busy) return;
  form.querySelector('.notice').textContent = '';
  run(() => acts[form.dataset.act](Object.fromEntries(new FormData(form)), form));
}

async function run(act) {
  setBusy(true);
  try { await act(); } finally { setBusy(false); }
}

function setBusy(value) {
  busy = value;
  card.setAttribute('aria-busy', String(value));
}

// The names are strangers' text: textContent, never markup.
function fill(name, text) {
  for (const place of card.querySelectorAll(`[data-fill=${name}]`)) place[place.matches('input') ? 'value' : 'textContent'] = text;
}

function show(id) {
  const byHand = card.contains(document.activeElement);
  for (const section of card.querySelectorAll('section')) section.hidden = section.id !== id;
  const heading = document.querySelector(`#${id} h1`);
  document.title = heading.textContent;
  // Whoever pressed a button would lose their place with it; whoever only opened the page is told.
  if (byHand) heading.focus();
  else announcer.textContent = [heading, heading.nextElementSibling].map(part => part.textContent).join('. ');
}
