// Reads the document: follows references, and makes tables and text of what it finds.

export function element(name, properties, ...children) {
  const { role, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  if (role) made.setAttribute('role', role);
  made.append(...children);
  return made;
}

// As much of Markdown as the document uses: paragraphs, `code` and **bold**.
export function rich(text = '') {
  return text.split(/\n{2,}/).filter(Boolean).map(paragraph => element('p', {}, ...inline(paragraph)));
}

export function inline(text = '') {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map(part => {
    if (part.startsWith('`')) return element('code', {}, part.slice(1, -1));
    return part.startsWith('**') ? element('strong', {}, part.slice(2, -2)) : part;
  });
}

export function resolve(api, node) {
  return node?.$ref ? node.$ref.slice(2).split('/').reduce((inside, key) => inside[key], api) : node;
}

// One row for each member, those of members below them; null for a schema without members.
export function table(api, schema) {
  const rows = [...members(api, schema, '')];
  return rows.length === 0 ? null : element('div', { className: 'scroll' },
    element('table', {},
      element('thead', {}, element('tr', {}, ...['Member', 'Type', 'Meaning'].map(title => element('th', { scope: 'col' }, title)))),
      element('tbody', {}, ...rows)));
}

function* members(api, schema, prefix) {
  const { properties = {}, required = [] } = resolve(api, schema) ?? {};
  for (const [name, property] of Object.entries(properties)) {
    const member = resolve(api, property);
    yield row(prefix + name, member, required.includes(name), api);
    yield* members(api, member.items ?? member, `${prefix}${name}${member.items ? '[]' : ''}.`);
  }
}

function row(name, member, required, api) {
  const limits = [
    member.maxLength ? `At most ${member.maxLength} characters.` : '',
    member.minimum !== undefined ? `At least ${member.minimum}.` : '',
    member.maximum !== undefined ? `At most ${member.maximum}.` : '',
    member.enum ? `One of ${member.enum.filter(value => value !== null).map(value => `\`${value}\``).join(', ')}.` : '',
  ];
  return element('tr', {},
    element('th', { scope: 'row' }, element('code', {}, name)),
    element('td', {}, type(api, member), required ? '' : element('small', {}, 'optional')),
    element('td', {}, ...inline([member.description ?? member.title, ...limits].filter(Boolean).join(' '))));
}

function type(api, member) {
  if (member.items) return `list of ${type(api, resolve(api, member.items))}s`;
  const [kind] = [member.type].flat().filter(one => one !== 'null');
  return { 'uuid': 'UUID', 'date-time': 'time', 'email': 'address' }[member.format] ?? { string: 'text', boolean: 'boolean', integer: 'number' }[kind] ?? kind ?? 'anything';
}

export function json(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return element('pre', { tabIndex: 0 }, ...typeof value === 'string' ? [text] : coloured(text));
}

function coloured(text) {
  return text.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|\b(?:true|false|null|-?\d[\d.eE+-]*)\b)/).map((part, index) => {
    if (index % 2 === 0) return part;
    return element('span', { className: part.endsWith(':') ? 'key' : part.startsWith('"') ? 'text' : 'value' }, part);
  });
}
