// Asks before what cannot be taken back, and for a new name. Escape is a no, and the focus goes back to where it was.

import { clear, complain } from '/explain.js';
import { say } from '/texts.js';
import { find, wordsFor } from '/account-page.js';

const dialog = find('question');
const form = find('question-form');
let act;
let busy = false;

find('question-no').addEventListener('click', () => dialog.close());

form.addEventListener('submit', async event => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  clear(form);
  try {
    await act(form.elements.name.value);
    dialog.close('done');
  } catch (error) {
    complain(form, error, wordsFor(error));
  } finally {
    busy = false;
  }
});

// What is asked stands at key: its title, text and button. Whether it was done.
export function ask(key, values, does, { danger = true } = {}) {
  find('question-yes').className = danger ? 'danger' : '';
  return open(key, values, does, undefined);
}

export const askName = (key, name, does) => {
  find('question-yes').className = '';
  return open(key, { name }, does, name);
};

function open(key, values, does, name) {
  act = does;
  clear(form);
  find('question-title').textContent = say(`${key}.title`, values);
  find('question-text').textContent = say(`${key}.text`, values);
  find('question-yes').textContent = say(`${key}.yes`);
  find('question-field').hidden = name === undefined;
  form.elements.name.value = name ?? '';
  dialog.returnValue = '';
  dialog.showModal();
  (name === undefined ? find('question-title') : form.elements.name).focus();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'done'), { once: true });
  });
}
