// The fields that a setting gives to users, as a form has them.

import { settings } from '/card.js';
import { say } from '/texts.js';

const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
const types = { email: 'email', uri: 'url', date: 'date' };

// Those that users write, as labels and fields.
export const extraFields = place => settings.fields.filter(field => !field.readOnly).flatMap(field => labelled(field, `${place}-${field.name}`));

// What stands in them; of what is empty nothing.
export function extraValues(form) {
  const fields = settings.fields.filter(field => form.elements[field.name]);
  return Object.fromEntries(fields.map(({ name, type }) => [name, type === 'boolean' ? form.elements[name].checked : form.elements[name].value])
    .filter(([, value]) => value !== ''));
}

function labelled(field, id) {
  const input = inputOf(field);
  Object.assign(input, { id, name: field.name });
  const hint = field.description ? [made('p', { id: `${id}-hint`, className: 'hint', textContent: field.description })] : [];
  if (hint.length > 0) input.setAttribute('aria-describedby', hint[0].id);
  if (field.type === 'boolean') {
    const label = made('label', { className: 'check' });
    label.append(input, made('span', { textContent: field.title }));
    return [label, ...hint];
  }
  input.required = field.required;
  return [made('label', { htmlFor: id, textContent: field.required ? field.title : say('optional', { field: field.title }) }), input, ...hint];
}

function inputOf({ type, format, choices, minLength, maxLength, minimum, maximum }) {
  if (type === 'boolean') return made('input', { type: 'checkbox' });
  if (choices) {
    const select = made('select', {});
    select.append(made('option', { value: '', textContent: say('choose') }), ...choices.map(choice => made('option', { value: choice, textContent: choice })));
    return select;
  }
  if (type === 'string') return made('input', { type: types[format] ?? 'text', ...(minLength > 0 && { minLength }), ...(maxLength && { maxLength }) });
  return made('input', { type: 'number', step: type === 'integer' ? '1' : 'any', ...(minimum && { min: minimum }), ...(maximum && { max: maximum }) });
}
