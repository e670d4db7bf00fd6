// Lists of which one page is asked for at a time.

import { element, link } from '/admin-page.js';
import { count, say } from '/texts.js';

// how: of the words that say how many; nothing: where there are none. Above 10,000 the number is an estimate.
export function listed({ count: n, results }, row, { how, nothing }) {
  if (n === 0) return [element('p', { className: 'empty' }, say(nothing))];
  const many = n > 10_000 ? say(`${how}.about`, { n: n.toLocaleString(document.documentElement.lang) }) : count(how, n);
  return [element('p', { className: 'many' }, many), rows(results, row)];
}

export const rows = (results, row) => element('ol', { className: 'rows' }, ...results.map(one => element('li', {}, ...[row(one)].flat())));

// next and previous are addresses of the API, of which the query alone matters here.
export function pager(view, query, { next, previous }) {
  const to = (address, text) => address && link(addressOf(view, query, new URL(address).searchParams.get('page')), text);
  const links = [to(previous, say('previous')), to(next, say('next'))].filter(Boolean);
  return links.length > 0 ? Object.assign(element('nav', { className: 'pager' }, ...links), { ariaLabel: say('pages') }) : '';
}

function addressOf(view, query, page) {
  const asked = new URLSearchParams(query);
  if (page) asked.set('page', page);
  else asked.delete('page');
  return `#${view}${asked.size > 0 ? `?${asked}` : ''}`;
}

// What a form filters by, as it stands in the address; blanks are not asked for.
export const queryOf = form => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));

export function fillFilter(form, query) {
  for (const field of form.elements) if (field.name) field.value = query.get(field.name) ?? '';
}

// The same question once more asks once more.
export function goTo(view, query) {
  const hash = `#${view}${query.size > 0 ? `?${query}` : ''}`;
  if (location.hash === hash) window.dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = hash;
}

// "editor, support": as people write it.
export const rolesOf = text => text.toLowerCase().split(/[\s,;]+/).filter(Boolean);
