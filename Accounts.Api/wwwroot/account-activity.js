// What happened to the account, newest first, some at a time.

import { accounts, addActs, find, rows } from '/account-page.js';
import { count, knows, moment, say } from '/texts.js';

const size = 20;

let page = 1;

addActs({
  newer: () => turn(page - 1),
  older: () => turn(page + 1),
});

export const loadActivity = () => read(1);

async function read(number) {
  const { results, next, previous } = await accounts.call('GET', `me/events/?page=${number}&page_size=${size}`);
  page = number;
  rows('activity', results, event => ({
    what: words(event), when: say(event.ip ? 'eventWhere' : 'eventBy', { time: moment(event.at), device: event.device, ip: event.ip }),
  }), 'activity-none');
  find('activity-newer').hidden = !previous;
  find('activity-older').hidden = !next;
}

async function turn(number) {
  await read(number);
  find('part-activity').querySelector('h1').focus();
  scrollTo(0, 0);
}

// A newer server may have a kind that this page does not know.
function words({ kind, text, times }) {
  const what = knows(`events.${kind}`) ? say(`events.${kind}`) : text;
  return times > 1 && knows(`events.${kind}`) ? say('eventTimes', { what, times: count('times', times) }) : what;
}
