// What the demo shows: the token taken apart, and what happened.

const meanings = {
  alg: 'How it is signed. A service takes this one, and no other.', typ: 'That it is an access token (RFC 9068).', kid: 'Which of the keys of /.well-known/jwks.json has signed it.',
  iss: 'Who made it: this server.', aud: 'Whom it is for.', client_id: 'By which client.', sub: 'The user, by an id that never changes.', user_id: 'The same, for front ends of Django.',
  sid: 'The session. It ends, and the token counts no more here.', jti: 'This very token.', iat: 'Made at.', exp: 'Good until.', nbf: 'Good from.',
  auth_time: 'When its user last proved who they are; 0 where a provider does not tell.', amr: 'How: pwd is a password, social a provider, otp and pop a second factor.', acr: 'How well: aal1, or aal2 with a second factor.',
  ver: "The user's version: it rises when roles change or all sessions end.", roles: 'What the user may do, for your services.', email_verified: 'Whether they have shown to read their address.',
  token_type: 'For front ends of Django.', profile: 'Extra fields, where a setting declares them.', legacy_id: 'The id of before, of who was imported.',
};
const times = ['iat', 'exp', 'nbf', 'auth_time'];

const at = id => document.getElementById(id);

let timer;

export async function showToken(accounts) {
  const token = await accounts.getAccessToken();
  if (!token) return stopToken();
  const parts = token.split('.');
  const [header, claims] = parts.slice(0, 2).map(read);
  at('raw').replaceChildren(...parts.flatMap((part, index) => [index > 0 ? '.' : '', element('span', part)]));
  at('claims').replaceChildren(table('Header', header), table('Claims', claims));
  clearInterval(timer);
  count(claims);
  timer = setInterval(count, 1000, claims);
}

export function stopToken() {
  clearInterval(timer);
}

const read = part => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))));

function count({ exp }) {
  const seconds = Math.round(exp - Date.now() / 1000);
  at('left').textContent = seconds > 0 ? `Good for ${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s.` : 'It has expired; the next call renews it by itself.';
}

function table(title, values) {
  const made = element('table');
  made.append(element('caption', title), ...Object.entries(values).map(([name, value]) => {
    const row = element('tr');
    const cell = element('td', times.includes(name) && value > 0 ? `${value}, ${new Date(value * 1000).toLocaleString('en')}` : JSON.stringify(value));
    cell.append(element('span', meanings[name] ?? ''));
    row.append(Object.assign(element('th', name), { scope: 'row' }), cell);
    return row;
  }));
  return made;
}

// The newest first; of an answer what it has said.
export function log(text, body) {
  const line = element('li');
  line.append(element('time', new Date().toLocaleTimeString('en')), text);
  if (body) {
    const told = Object.assign(element('pre', JSON.stringify(body, null, 2)), { tabIndex: 0 });
    told.setAttribute('aria-label', `${text}: the answer`);
    line.append(told);
  }
  at('log').prepend(line);
}

const element = (name, text = '') => Object.assign(document.createElement(name), { textContent: text });
