// What happened to all accounts: found, read on from a number, and taken away as a file.

import { eventRow, wordOf } from '/admin-event.js';
import { fillFilter, goTo, queryOf, rows } from '/admin-list.js';
import { alone, announce, ask, element, link, load } from '/admin-page.js';
import { accounts } from '/client.js';
import { clear, complain } from '/explain.js';
import { keysBelow, say } from '/texts.js';

const filter = document.getElementById('events-filter');
const list = document.getElementById('events-list');
const download = document.getElementById('events-download');

const kinds = keysBelow('kinds').sort((one, other) => wordOf(one).localeCompare(wordOf(other)));
filter.elements.kind.append(...kinds.map(kind => element('option', { value: kind }, wordOf(kind))));

filter.addEventListener('submit', event => {
  event.preventDefault();
  goTo('events', queryOf(filter));
});

export async function open(query) {
  fillFilter(filter, query);
  clear(filter);
  await load(list, () => ask('GET', `events/?${asked(query)}`).then(told), ({ next, results }) => list.replaceChildren(
    results?.length > 0 ? rows(results, eventRow) : element('p', { className: 'empty' }, say('noEvents')),
    next ? Object.assign(element('nav', { className: 'pager' }, link(onFrom(query, next), say(query.has('after') ? 'newer' : 'older'))), { ariaLabel: say('pages') }) : ''));
  return 'events';
}

// A day is one of whoever looks.
function asked(query) {
  const sent = new URLSearchParams(query);
  const day = sent.get('day');
  sent.delete('day');
  if (day) {
    const begin = new Date(`${day}T00:00`);
    const end = new Date(begin);
    end.setDate(end.getDate() + 1);
    sent.set('since', begin.toISOString());
    sent.set('until', end.toISOString());
  }
  return sent;
}

// What cannot be asked for is said beside its field; then there is nothing to show.
function told(answer) {
  if (answer.status !== 400) return answer;
  complain(filter, answer);
  return { ok: true, body: { results: [], next: null } };
}

function onFrom(query, next) {
  const on = new URLSearchParams(query);
  const cursor = query.has('after') ? 'after' : 'before';
  on.set(cursor, new URL(next).searchParams.get(cursor));
  return `#events?${on}`;
}

download.addEventListener('click', () => alone(async () => {
  clear(filter);
  download.disabled = true;
  announce(say('downloading'));
  try {
    const answer = await accounts.fetch(new URL(`/api/admin/events.ndjson?${asked(queryOf(filter))}`, location));
    if (answer.ok) return save(await answer.blob());
    complain(filter, { status: answer.status, body: await answer.json() });
  } catch (error) {
    complain(filter, { status: error.status ?? 0, body: error.body });
  } finally {
    download.disabled = false;
  }
}));

function save(blob) {
  const address = URL.createObjectURL(blob);
  element('a', { href: address, download: 'events.ndjson' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  announce(say('downloaded'));
}
