import { element, inline, json, resolve, rich, table } from './schema.js';
import * as session from './session.js';

// One operation: what it is, a form to send it with, and how it may answer. Its inside is made when it is first opened.
export function operation(described, api) {
  const { operationId: id, method, path, summary } = described;
  const details = element('details', { id, className: `operation ${method}` },
    element('summary', {},
      element('span', { className: 'method' }, method.toUpperCase()),
      element('h3', {}, summary),
      element('code', { className: 'path' }, ...breakable(path)),
      needsToken(described) ? element('span', { className: 'lock', title: 'Needs an access token' }, element('span', { className: 'unseen' }, 'Needs an access token')) : ''));
  details.dataset.words = `${method} ${path} ${summary} ${described.description}`.toLowerCase();
  details.addEventListener('toggle', () => { if (details.childElementCount === 1) details.append(inside(described, api)); });
  return details;
}

function breakable(path) {
  return path.split(/(?<=\/)/).flatMap(part => [part, element('wbr', {})]);
}

function inside(described, api) {
  const body = described.requestBody?.content['application/json'];
  return element('div', { className: 'inside' },
    ...rich(described.description),
    ...body ? section('Body', table(api, body.schema)) : [],
    ...cookies(described),
    ...section('Try it', form(described, body)),
    ...section('Answers', ...Object.entries(described.responses).map(([status, response]) => answer(status, response, api))));
}

function section(title, ...content) {
  return [element('h4', {}, title), ...content.filter(Boolean)];
}

function cookies({ parameters = [] }) {
  const brought = parameters.filter(one => one.in === 'cookie');
  return brought.length === 0 ? [] : section('Cookies', element('ul', {}, ...brought.map(one =>
    element('li', {}, element('code', {}, one.name), ' ', ...inline(one.description)))));
}

function form(described, body) {
  const { operationId: id, parameters = [] } = described;
  const typed = parameters.filter(one => one.in !== 'cookie');
  const result = element('div', { className: 'result' });
  const made = element('form', {},
    ...needs(described, 'basic') ? [...field(id, 'client id', 'basic-id'), ...field(id, 'client secret', 'basic-secret', 'password')] : [],
    ...typed.flatMap(one => field(id, one.name, one.name, 'text', one)),
    ...body ? editor(id, body) : [],
    needsToken(described) ? element('p', { className: 'hint' }, 'Needs an access token: sign in at the top of the page.') : '',
    element('div', { className: 'buttons' },
      element('button', {}, 'Send'),
      element('button', { type: 'button', className: 'quiet', onclick: () => copy(made, described) }, 'Copy as curl')),
    element('p', { className: 'notice', role: 'alert' }),
    element('p', { className: 'status', role: 'status' }),
    result);
  made.addEventListener('submit', event => {
    event.preventDefault();
    send(made, described, result);
  });
  return made;
}

function field(id, label, name, type = 'text', { description, required = false, schema } = {}) {
  const input = schema?.enum
    ? element('select', { id: `${id}-${name}`, name }, ...['', ...schema.enum].map(value => element('option', { value }, value || '–')))
    : element('input', { id: `${id}-${name}`, name, type, required, autocomplete: 'off', spellcheck: false });
  return [element('label', { htmlFor: input.id }, label, ...description ? [' ', element('small', {}, ...inline(description))] : []), input];
}

function editor(id, body) {
  const text = JSON.stringify(body.example ?? {}, null, 2);
  const area = element('textarea', { id: `${id}-body`, name: 'body', value: text, rows: text.split('\n').length, spellcheck: false, autocomplete: 'off' });
  return [element('label', { htmlFor: area.id }, 'Body ', element('small', {}, 'JSON')), area];
}

async function request(made, { method, path, parameters = [], ...described }) {
  const values = new FormData(made);
  const headers = { Accept: 'application/json' };
  const query = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = values.get(name);
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === 'query' && value) query.set(name, value);
    else if (place === 'header' && value) headers[name] = value;
  }
  const access = needs(described, 'bearer') ? await session.token() : undefined;
  if (access) headers.Authorization = `Bearer ${access}`;
  if (values.has('basic-id')) headers.Authorization = `Basic ${btoa(`${values.get('basic-id')}:${values.get('basic-secret')}`)}`;
  if (values.has('body')) headers['Content-Type'] = 'application/json';
  const url = query.size > 0 ? `${path}?${query}` : path;
  return { url, method: method.toUpperCase(), headers, body: values.get('body') ?? undefined };
}

async function send(made, described, result) {
  const button = made.querySelector('button');
  const say = words => { made.querySelector('.status').textContent = words; };
  made.querySelector('.notice').textContent = '';
  result.replaceChildren();
  button.disabled = true;
  try {
    const { url, ...options } = await request(made, described);
    const started = performance.now();
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    const body = parse(text);
    made.querySelector('.status').className = `status ${response.ok ? 'good' : 'bad'}`;
    say(`${response.status} ${response.statusText} in ${Math.round(performance.now() - started)} ms`);
    result.replaceChildren(...text ? [json(body)] : []);
    session.notice(url, { status: response.status, body });
  } catch {
    say('');
    made.querySelector('.notice').textContent = 'The server does not answer. Please try again.';
  } finally {
    button.disabled = false;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function copy(made, described) {
  const { url, method, headers, body } = await request(made, described);
  const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -X ${method} ${quoted(new URL(url, location).href)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`), ...body ? [`-d ${quoted(body)}`] : []];
  const command = parts.join(' \\\n  ');
  made.querySelector('.result').replaceChildren(json(command));
  made.querySelector('.status').className = 'status';
  made.querySelector('.status').textContent = await copied(command) ? 'Copied' : 'Copy this';
}

// Only pages of a secure origin may, and only where the person lets them.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function answer(status, response, api) {
  const content = response.content?.['application/json'];
  const examples = content?.example !== undefined
    ? [[null, content.example]]
    : Object.entries(content?.examples ?? {}).map(([name, example]) => [name, resolve(api, example).value]);
  const names = examples.flatMap(([name]) => name ? [' ', element('code', {}, name === 'FieldErrors' ? 'messages by field' : name)] : []);
  return element('details', { className: `answer ${status < 400 ? 'good' : 'bad'}` },
    element('summary', {}, element('span', { className: 'code' }, status), element('span', {}, ...inline(response.description), ...names)),
    ...Object.entries(response.headers ?? {}).map(([name, header]) =>
      element('p', {}, element('code', {}, name), ' ', ...inline(header.description.replaceAll('\n\n', '; ')))),
    status < 400 ? table(api, content?.schema) ?? '' : '',
    ...examples.map(([, example]) => json(example)),
    // The document leaves out an example that is an empty object.
    ...content && examples.length === 0 ? [json({})] : [],
    ...content ? [] : Object.values(response.content ?? {}).map(one => json(one.example ?? '')));
}

function needs({ security = [] }, scheme) {
  return security.some(one => scheme in one);
}

function needsToken({ security = [] }) {
  return needs({ security }, 'bearer') && !security.some(one => Object.keys(one).length === 0);
}
