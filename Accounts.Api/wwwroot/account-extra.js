// A form for the fields that this server's operator has given to users: docs/profile.md.

import { settings } from '/account-page.js';
import { say } from '/texts.js';

const fields = settings.fields ?? [];

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

// As text, as a form has it.
const textOf = value => value === null || value === undefined ? '' : String(value);

export function showExtra(place, before, user) {
  if (place.childElementCount === 0) place.append(...fields.flatMap(build));
  for (const field of fields) {
    const input = place.querySelector(`[name="${field.name}"]`);
    const untouched = !before || valueOf(input) === textOf(before[field.name] ?? emptyOf(field));
    if (untouched) set(input, textOf(user[field.name]));
  }
}

// Those that differ from what is stored; null takes a value away.
export function readExtra(place, user) {
  return Object.fromEntries(fields.filter(field => !field.readOnly).map(field => [field, valueOf(place.querySelector(`[name="${field.name}"]`))])
    .filter(([field, text]) => text !== textOf(user[field.name] ?? emptyOf(field)))
    .map(([field, text]) => [field.name, typed(field, text)]));
}

const emptyOf = ({ type }) => type === 'boolean' ? false : '';
const valueOf = input => input.type === 'checkbox' ? String(input.checked) : input.value;

function set(input, text) {
  if (input.type === 'checkbox') input.checked = text === 'true';
  else input.value = text;
}

function typed({ type }, text) {
  if (type === 'boolean') return text === 'true';
  if (text === '') return null;
  // What is no number the server says so of.
  return type === 'string' || Number.isNaN(Number(text)) ? text : Number(text);
}

function build(field) {
  const id = `extra-${field.name}`;
  const input = inputFor(field, id);
  input.name = field.name;
  input.disabled = field.readOnly;
  const label = make('label', { htmlFor: id, textContent: field.title });
  const hint = make('p', { className: 'hint', id: `${id}-hint`, textContent: field.description ?? '' });
  if (field.description) input.setAttribute('aria-describedby', hint.id);
  const parts = field.type === 'boolean' ? [checkLine(input, label)] : [label, input];
  return field.description ? [...parts, hint] : parts;
}

function inputFor(field, id) {
  if (field.choices) {
    const select = make('select', { id });
    select.append(new Option(say('noChoice'), ''), ...field.choices.map(choice => new Option(choice, choice)));
    return select;
  }
  if (field.type === 'boolean') return make('input', { id, type: 'checkbox' });
  if (field.type !== 'string') return make('input', { id, inputMode: field.type === 'integer' ? 'numeric' : 'decimal', autocomplete: 'off' });
  const input = make('input', { id, type: { email: 'email', uri: 'url', date: 'date' }[field.format] ?? 'text', autocomplete: 'off' });
  if (field.maxLength) input.maxLength = field.maxLength;
  return input;
}

function checkLine(input, label) {
  const line = make('div', { className: 'check' });
  line.append(input, label);
  return line;
}
