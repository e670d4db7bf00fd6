// The parts of the page, of which one shows: the one that the address's fragment names.

import { fill, find, tell, wordsFor } from '/account-page.js';
import { explain } from '/explain.js';
import { say } from '/texts.js';

const announcer = find('announcer');
const menu = find('menu');
const links = [...document.querySelectorAll('#parts a[href^="#"]')];

let loads;
let again;
let current;

// named: what each part loads when it is opened.
export function begin(named) {
  loads = named;
  window.addEventListener('hashchange', open);
  menu.addEventListener('click', () => unfold(menu.getAttribute('aria-expanded') !== 'true'));
  menu.closest('nav').addEventListener('keydown', event => {
    if (event.key !== 'Escape' || menu.getAttribute('aria-expanded') !== 'true') return;
    unfold(false);
    menu.focus();
  });
  // The part that the address names already is no change of the fragment.
  for (const link of links) link.addEventListener('click', () => { if (link.hash === location.hash) open(); });
  return open(false);
}

function unfold(isOpen) {
  menu.setAttribute('aria-expanded', String(isOpen));
}

const named = () => (Object.hasOwn(loads, location.hash.slice(1)) ? location.hash.slice(1) : 'profile');

async function open(byHand = true) {
  const part = named();
  current = part;
  unfold(false);
  tell();
  const load = loads[part];
  if (!load) return show(part, byHand);
  const section = find(`part-${part}`);
  if (section.dataset.loaded) show(part, byHand);
  try {
    await load();
    section.dataset.loaded = 'true';
    if (current === part && section.hidden) show(part, byHand);
  } catch (error) {
    if (error.code !== 'token_not_valid' && current === part) trouble(error, open);
  }
}

export function trouble(error, retry) {
  again = retry;
  fill('trouble', wordsFor(error) ?? explain(error));
  show('trouble');
}

export const retry = () => again();

export function show(part, byHand = true) {
  for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== `part-${part}`;
  // Recovery codes are shown this once.
  if (part !== 'codes') find('code-list').replaceChildren();
  for (const link of links) {
    if (link.hash === `#${current}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const [heading, chosen] = [find(`part-${part}`).querySelector('h1'), links.find(link => link.hash === `#${current}`)];
  document.title = say('titleOf', { part: heading.textContent });
  find('menu-part').textContent = chosen?.textContent ?? heading.textContent;
  if (byHand) {
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  } else announcer.textContent = heading.textContent;
}
