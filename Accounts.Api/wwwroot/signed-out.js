// Says that somebody is signed out, and why, as far as the server tells or the page knows that led here.

import { begin, fill, show, takeFragment } from '/card.js';
import { accounts, tried } from '/door.js';
import { placeLinks } from '/next.js';
import { knows, moment, say } from '/texts.js';

// What somebody else may have done with the password.
const alarming = ['reused', 'disowned'];

const told = takeFragment('reason');

begin({});
placeLinks();
look();

async function look() {
  show('wait');
  // Before a new cookie takes the place of the one that is asked about.
  const { body: { reason = told, ended_at: ended } } = await tried(accounts.whySignedOut());
  const here = await tried(accounts.start());
  if (here.ok && here.body) {
    fill('username', here.body.username);
    return show('here');
  }
  fill('why', say(knows(`reasons.${reason}`) ? `reasons.${reason}` : 'reasons.other'));
  fill('since', ended ? say('since', { time: moment(ended) }) : '');
  document.getElementById('forgot').hidden = !alarming.includes(reason);
  return show('out');
}
