// What a proof has led to: somebody is signed in, or a step is left to do, or it was none.

import { fail, show } from '/card.js';
import { showCodes } from '/factor.js';
import { destination } from '/next.js';

// By the code of the answer; whoever does one adds it.
export const steps = { __proto__: null, account_frozen: () => show('frozen'), invalid_ticket: () => show('late') };

let waiting;

// again: the same once more, with what has become clear meanwhile; identifier: whom it was for
export function settle(answer, again, form, words, identifier) {
  if (answer.ok) return arrive(answer.body);
  const step = isStep(answer.body) ? steps[answer.body.code] : undefined;
  if (step) {
    waiting = again;
    return step(answer.body, identifier);
  }
  if (form.closest('section').hidden) show(form.closest('section').id);
  return fail(answer, null, form, words);
}

// A deletion without an end has no way back, but for its sentence.
const isStep = ({ code, restore_until: until, detail }) => code !== 'account_deleted' || until || !detail;

// The sign-in that waits for a step; none where a provider began it.
export const repeated = () => waiting;

export function arrive(body) {
  return body?.recovery_codes?.length > 0 ? showCodes(body.recovery_codes) : leave();
}

export function leave() {
  show('done');
  location.replace(destination);
}
