// The state of the whole: how many, and what happened on the last 30 days.

import { ask, element, load } from '/admin-page.js';
import { count, duration, language, moment, say } from '/texts.js';

const place = document.getElementById('summary-figures');
const svg = 'http://www.w3.org/2000/svg';
const series = ['sign_ins', 'registered', 'failures'];

export async function open() {
  await load(place, () => ask('GET', 'summary/'), summary => place.replaceChildren(
    figures(summary), element('p', { className: 'hint' }, say('counted', { at: moment(summary.counted_at) })),
    element('h2', {}, say('lastDays')), element('div', { className: 'charts' }, ...series.map(name => chart(name, summary.days))), table(summary.days),
    element('h2', {}, say('mails')), element('p', {}, mails(summary.outbox)),
    ...(summary.webhooks.parked > 0 ? [element('p', {}, count('eventsParked', summary.webhooks.parked))] : [])));
  return 'summary';
}

const number = n => n.toLocaleString(language);

const figures = ({ users, verified, active_30d, factors }) => element('dl', { className: 'figures' }, ...Object.entries({ users, verified, active_30d, factors })
  .map(([name, n]) => element('div', {}, element('dt', {}, say(`figures.${name}`)), element('dd', {}, number(n)))));

function mails({ queued, oldest_s, parked }) {
  const waiting = queued > 0 ? say('queued', { mails: count('mailsWaiting', queued), time: duration(oldest_s) }) : say('nothingQueued');
  return parked > 0 ? `${waiting} ${count('parked', parked)}` : waiting;
}

const day = text => new Date(`${text}T00:00Z`).toLocaleDateString(language, { timeZone: 'UTC', day: 'numeric', month: 'short' });

// For eyes alone: the table has the same numbers.
function chart(name, days) {
  const [most, total] = [Math.max(1, ...days.map(one => one[name])), days.reduce((sum, one) => sum + one[name], 0)];
  const picture = document.createElementNS(svg, 'svg');
  const attributes = { viewBox: `0 0 ${days.length * 10} 60`, preserveAspectRatio: 'none', class: `bars ${name}`, 'aria-hidden': 'true' };
  for (const [key, value] of Object.entries(attributes)) picture.setAttribute(key, value);
  picture.append(...days.map((one, index) => bar(index, 58 * one[name] / most, `${day(one.day)}: ${number(one[name])}`)));
  return element('figure', {}, element('figcaption', {}, element('strong', {}, number(total)), ' ', say(`series.${name}`)), picture);
}

function bar(index, height, text) {
  const [made, title] = [document.createElementNS(svg, 'rect'), document.createElementNS(svg, 'title')];
  const tall = Math.max(height, 1);
  for (const [key, value] of Object.entries({ x: index * 10 + 1, y: 60 - tall, width: 8, height: tall })) made.setAttribute(key, value);
  title.textContent = text;
  made.append(title);
  return made;
}

function table(days) {
  const head = ['day', ...series].map(name => Object.assign(element('th', {}, say(`series.${name}`)), { scope: 'col' }));
  const body = days.toReversed().map(one => element('tr', {}, Object.assign(element('th', {}, day(one.day)), { scope: 'row' }), ...series.map(name => element('td', {}, number(one[name])))));
  const made = element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body));
  return element('details', { className: 'more' }, element('summary', {}, say('asTable')), made);
}
