import { element, rich } from './schema.js';
import { operation } from './operation.js';
import * as session from './session.js';

const at = id => document.getElementById(id);
const dialog = at('dialog');

at('filter').addEventListener('input', filter);
at('sign-in').addEventListener('click', () => dialog.showModal());
at('sign-out').addEventListener('click', () => session.signOut());
at('cancel').addEventListener('click', () => dialog.close());
dialog.addEventListener('submit', signIn);
dialog.addEventListener('close', () => dialog.querySelector('form').reset());
window.addEventListener('hashchange', openLinked);
session.onChange(showSession);
start();

async function start() {
  const api = await load();
  if (api) show(api);
  else at('introduction').append(element('p', { className: 'notice', role: 'alert' }, 'The description of the API cannot be loaded. Please reload the page.'));
  at('operations').setAttribute('aria-busy', 'false');
  await session.resume();
}

async function load() {
  try {
    const response = await fetch('/openapi/v1.json', { headers: { Accept: 'application/json' } });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function show(api) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ ...described, path, method })));
  at('introduction').replaceChildren(...rich(api.info.description));
  for (const tag of api.tags) {
    const members = operations.filter(one => one.tags.includes(tag.name));
    at('contents').append(contents(tag, members));
    at('operations').append(element('section', { className: 'group' },
      element('h2', {}, title(tag)),
      ...rich(tag.description),
      ...members.map(one => operation(one, api))));
  }
  openLinked();
}

// Of several words: "OwnActivity" is "Own activity".
function title(tag) {
  return tag.name.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

function contents(tag, members) {
  return element('section', {}, element('h2', {}, title(tag)), element('ul', {}, ...members.map(one =>
    element('li', {}, element('a', { href: `#${one.operationId}` }, one.summary)))));
}

function openLinked() {
  const linked = at(location.hash.slice(1));
  if (!linked?.matches('.operation')) return;
  linked.hidden = linked.parentElement.hidden = false;
  linked.open = true;
  linked.scrollIntoView();
  linked.querySelector('summary').focus({ preventScroll: true });
}

function filter() {
  const wanted = at('filter').value.trim().toLowerCase().split(/\s+/);
  for (const group of document.querySelectorAll('.group')) {
    const operations = [...group.querySelectorAll('.operation')];
    for (const one of operations) one.hidden = !wanted.every(word => one.dataset.words.includes(word));
    group.hidden = operations.every(one => one.hidden);
  }
  at('nothing').hidden = [...document.querySelectorAll('.group')].some(group => !group.hidden);
}

async function signIn(event) {
  event.preventDefault();
  const notice = dialog.querySelector('.notice');
  notice.textContent = '';
  const problem = await session.signIn(Object.fromEntries(new FormData(event.target)));
  if (problem) {
    notice.textContent = problem;
    at('password').select();
  } else {
    dialog.close();
  }
}

function showSession(user) {
  at('who').replaceChildren(...user ? [element('span', {}, 'Signed in as '), element('bdi', {}, user)] : []);
  at('sign-in').hidden = Boolean(user);
  at('sign-out').hidden = !user;
  document.body.classList.toggle('signed-in', Boolean(user));
}
