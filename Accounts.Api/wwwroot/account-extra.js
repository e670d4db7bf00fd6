// The fields that this server's operator has given to users (docs/profile.md), with what stands in them.

import { settings } from '/card.js';
import { extraFields } from '/extra-fields.js';

const written = settings.fields.filter(field => !field.readOnly);
const isFlag = ({ type }) => type === 'boolean';

// As a form has it.
const textOf = (field, user) => isFlag(field) ? String(user[field.name] ?? false) : String(user[field.name] ?? '');
const typed = (field, input) => isFlag(field) ? String(input.checked) : input.value;

// What somebody has begun to type stays.
export function showExtra(place, before, user) {
  if (place.childElementCount === 0) place.append(...extraFields('extra'));
  for (const field of written) {
    const input = place.querySelector(`[name="${field.name}"]`);
    if (before && typed(field, input) !== textOf(field, before)) continue;
    if (isFlag(field)) input.checked = user[field.name] ?? false;
    else input.value = textOf(field, user);
  }
}

// Those that differ from what is stored; null takes a value away.
export const readExtra = (place, user) => Object.fromEntries(written
  .map(field => [field, typed(field, place.querySelector(`[name="${field.name}"]`))])
  .filter(([field, text]) => text !== textOf(field, user))
  .map(([field, text]) => [field.name, valueOf(field, text)]));

function valueOf({ type }, text) {
  if (type === 'boolean') return text === 'true';
  if (text === '') return null;
  return type === 'string' ? text : Number(text);
}
