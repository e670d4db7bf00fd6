// The administration: which view the address asks for. What each does is in its own module.

import * as check from '/admin-check.js';
import * as events from '/admin-events.js';
import * as invitations from '/admin-invitations.js';
import { fill, onRefused } from '/admin-page.js';
import * as summary from '/admin-summary.js';
import * as user from '/admin-user.js';
import * as users from '/admin-users.js';
import { accounts, enter } from '/client.js';
import { explain } from '/explain.js';

const views = {
  summary: summary.open,
  users: ([id], query) => (id === 'new' ? users.openNew() : id ? user.open(id) : users.open(query)),
  invitations: (rest, query) => invitations.open(query),
  events: (rest, query) => events.open(query),
  check: check.open,
};

let arrived = false;

onRefused(refuse);
document.getElementById('retry').addEventListener('click', begin);
document.getElementById('sign-out').addEventListener('click', () => accounts.logout().catch(trouble));
begin();

async function begin() {
  show('wait');
  try {
    const me = await enter();
    if (!me.roles.includes('admin')) return refuse();
    fill('me', me.username);
    document.querySelector('.side').hidden = false;
    window.addEventListener('hashchange', route);
    await route();
  } catch (error) {
    trouble(error);
  }
}

let turn = 0;

async function route() {
  const mine = ++turn;
  const [path, query] = location.hash.slice(1).split('?');
  const [name, ...rest] = path.split('/');
  const known = Object.hasOwn(views, name) ? name : 'summary';
  for (const link of document.querySelectorAll('.side a[href^="#"]')) {
    if (link.hash === `#${known}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const view = await views[known](rest, new URLSearchParams(query));
  // Somebody may have gone on meanwhile.
  if (mine === turn) show(view);
}

// Whoever followed a link is put at the head of what it led to; whoever opened the page stays where they are.
function show(name) {
  for (const section of document.querySelectorAll('[data-view]')) section.hidden = section.dataset.view !== name;
  const heading = document.querySelector(`[data-view="${name}"] h1`);
  document.title = heading.textContent;
  document.querySelector('main').setAttribute('aria-busy', String(name === 'wait'));
  if (arrived) {
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  arrived = name !== 'wait';
}

function refuse() {
  document.querySelector('.side').hidden = true;
  window.removeEventListener('hashchange', route);
  // What is still on its way shows nothing any more.
  turn++;
  show('refused');
}

function trouble(error) {
  fill('trouble', explain(error));
  show('trouble');
}
