const at = id => document.getElementById(id);
const main = document.querySelector('main');

let mails = [];
let open;
let view = 'html';
let known;
let timer;

at('filter').addEventListener('input', list);
at('back').addEventListener('click', close);
at('list').addEventListener('keydown', walk);
document.querySelector('.views').addEventListener('click', switchView);
document.addEventListener('keydown', event => { if (event.key === 'Escape' && open) close(); });
document.addEventListener('visibilitychange', poll);
poll();

async function poll() {
  clearTimeout(timer);
  if (document.hidden) return;
  await load();
  clearTimeout(timer);
  timer = setTimeout(poll, 2000);
}

async function load() {
  try {
    const response = await fetch('/dev/mailbox.json', { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(response.statusText);
    receive(await response.json());
  } catch {
    say('The server does not answer');
  }
}

function receive(latest) {
  known ??= new Set(latest.map(mail => mail.id));
  say(latest.length === 1 ? '1 mail' : `${latest.length} mails`);
  const changed = latest.length !== mails.length || latest[0]?.id !== mails[0]?.id;
  mails = latest;
  if (changed || at('list').childElementCount === 0) list();
}

// A live region speaks whenever it is written, even with the same words.
function say(words) {
  if (at('state').textContent !== words) at('state').textContent = words;
}

function list() {
  const wanted = at('filter').value.trim().toLowerCase();
  const shown = mails.filter(mail => mail.to.toLowerCase().includes(wanted));
  const focused = document.activeElement?.dataset.id;
  at('list').replaceChildren(...shown.map(row));
  at('empty').hidden = shown.length > 0;
  at('empty').textContent = mails.length > 0 ? 'No mail to this address yet.' : 'Mail will show up here.';
  at('nothing').hidden = Boolean(open) || mails.length === 0;
  if (focused) rowOf(focused)?.focus();
}

function row(mail) {
  const button = element('button', { type: 'button', className: known.has(mail.id) ? '' : 'new' },
    element('span', { className: 'to' }, mail.to),
    element('time', { dateTime: mail.sent_at, title: mail.sent_at }, shortTime(mail.sent_at)),
    element('span', { className: 'subject' }, mail.subject));
  button.dataset.id = mail.id;
  button.setAttribute('aria-current', String(mail.id === open?.id));
  button.addEventListener('click', () => read(mail));
  return element('li', {}, button);
}

function read(mail) {
  open = mail;
  known.add(mail.id);
  at('subject').textContent = mail.subject;
  at('to').textContent = mail.to;
  at('from').textContent = mail.from;
  at('sent').textContent = new Date(mail.sent_at).toLocaleString();
  at('sent').dateTime = mail.sent_at;
  at('html').srcdoc = mail.html ? inNewTabs(mail.html) : '';
  at('text').replaceChildren(...withLinks(mail.text ?? ''));
  at('mail').hidden = false;
  main.classList.add('reading');
  showView();
  list();
  if (!rowOf(mail.id)?.checkVisibility()) at('subject').focus();
}

function close() {
  const { id } = open;
  open = undefined;
  at('mail').hidden = true;
  main.classList.remove('reading');
  list();
  (rowOf(id) ?? at('filter')).focus();
}

function switchView({ target }) {
  if (!target.dataset.view) return;
  view = target.dataset.view;
  showView();
}

function showView() {
  const shown = open.html ? view : 'text';
  at('html').hidden = shown !== 'html';
  at('text').hidden = shown !== 'text';
  for (const button of document.querySelectorAll('[data-view]')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === shown));
    button.disabled = button.dataset.view === 'html' && !open.html;
  }
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...at('list').querySelectorAll('button')];
  rows[rows.indexOf(document.activeElement) + step]?.focus();
}

// Parsed apart from this page, so nothing in the mail runs here.
function inNewTabs(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  parsed.head.prepend(Object.assign(parsed.createElement('base'), { target: '_blank' }));
  return '<!doctype html>' + parsed.documentElement.outerHTML;
}

function withLinks(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 ? element('a', { href: part, target: '_blank', rel: 'noopener' }, part) : part);
}

function shortTime(value) {
  const date = new Date(value);
  const today = date.toDateString() === new Date().toDateString();
  return today ? date.toLocaleTimeString([], { timeStyle: 'short' }) : date.toLocaleDateString([], { day: 'numeric', month: 'short' });
}

function rowOf(id) {
  return at('list').querySelector(`[data-id="${CSS.escape(id)}"]`);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
