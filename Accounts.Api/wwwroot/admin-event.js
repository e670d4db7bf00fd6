// An event in words.

import { element, link, time } from '/admin-page.js';
import { count, knows, say } from '/texts.js';

export const wordOf = kind => (knows(`kinds.${kind}`) ? say(`kinds.${kind}`) : kind.replaceAll('_', ' '));

export function eventRow(event) {
  const what = event.count > 1 ? say('kindTimes', { kind: wordOf(event.kind), times: count('times', event.count) }) : wordOf(event.kind);
  return [
    element('span', { className: 'who' }, element('strong', {}, what), element('span', {}, [event.device, event.ip].filter(Boolean).join(', '))),
    element('span', { className: 'of' }, ...people(event)),
    element('span', { className: 'at' }, time(event.at), event.number ? element('span', {}, say('number', { n: String(event.number) })) : ''),
    change(event),
  ].filter(Boolean);
}

const people = ({ user_id, actor_id }) => [
  ...user_id ? [element('span', {}, say('toWhom'), ' ', person(user_id))] : [],
  ...actor_id ? [element('span', {}, say('byWhom'), ' ', person(actor_id))] : [],
];

// The ids of one day begin alike, so the end tells them apart.
function person(id) {
  const to = link(`#users/${id}`, `…${id.slice(-8)}`);
  to.title = id;
  return to;
}

function change({ before, after }) {
  if (!before && !after) return '';
  const terms = [[say('before'), before], [say('after'), after]].filter(([, value]) => value);
  return element('dl', { className: 'change' }, ...terms.flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, element('code', {}, plain(value)))]));
}

const plain = value => Object.entries(value).map(([name, one]) => `${name}: ${Array.isArray(one) && one.every(part => typeof part === 'string') ? one.join(', ') || '-' : one !== null && typeof one === 'object' ? JSON.stringify(one) : one ?? '-'}`).join('; ');
