// One user: what is known of them, and what administrators do to them.

import { readExtra } from '/account-extra.js';
import { rolesOf } from '/admin-list.js';
import { announce, ask, askFirst, element, facts, fill, load, onSubmit, time } from '/admin-page.js';
import { show as showEvents, showIdentities, showSessions } from '/admin-user-more.js';
import { badges } from '/admin-users.js';
import { settings } from '/card.js';
import { extraFields } from '/extra-fields.js';
import { knows, language, list, moment, say } from '/texts.js';

const part = name => document.getElementById(name);
const [roles, profile, notice] = ['user-roles', 'user-profile', 'user-notice'].map(part);
const shown = { sessions: showSessions, identities: showIdentities, events: showEvents };
const ours = ['id', 'username', 'email', 'email_verified', 'providers', 'first_name', 'last_name', 'roles', 'has_password', 'ways', 'locale', 'date_joined',
  'is_active', 'suspended_until', 'reason', 'last_login', 'deleted_at', 'version'];

let user;
let etag;

part('profile-extra').append(...extraFields('profile'));

export async function open(id) {
  part('user').hidden = true;
  part('user-trouble').replaceChildren();
  fill('user-name', say('user'));
  await load(part('user-trouble'), () => ask('GET', `users/${encodeURIComponent(id)}/`), (body, answer) => {
    part('user-trouble').replaceChildren();
    part('user').hidden = false;
    notice.textContent = '';
    for (const details of document.querySelectorAll('.more')) {
      details.open = false;
      details.lastElementChild.replaceChildren();
    }
    take(body, answer.etag);
    fillForm(roles, rolesIn(user));
    fillForm(profile, user);
  });
  return 'user';
}

function take(body, tag) {
  [user, etag] = [body, tag];
  fill('user-name', user.username);
  fill('user-badges', ...badges(user));
  fill('user-facts', ...facts([
    [say('facts.email'), [user.email, ' ', say(user.email_verified ? 'facts.verified' : 'facts.unverified')]],
    [say('facts.name'), [user.first_name, user.last_name].filter(Boolean).join(' ')],
    [say('facts.standing'), standing()],
    [say('facts.reason'), user.reason],
    [say('facts.ways'), list(user.ways.map(way => (knows(`ways.${way}`) ? say(`ways.${way}`) : way))) || say('facts.noWays')],
    [say('facts.joined'), time(user.date_joined)],
    [say('facts.lastLogin'), user.last_login ? time(user.last_login) : say('facts.never')],
    [say('facts.locale'), user.locale && (new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(user.locale))],
    [say('facts.id'), element('code', {}, user.id)],
    ...Object.entries(user).filter(([name]) => !ours.includes(name)).map(extra),
  ]));
  const isOut = Boolean(user.deleted_at) || !user.is_active;
  const has = { activate: isOut, suspend: !isOut, delete: !user.deleted_at, verification: !user.email_verified && !isOut, reset: !isOut, factors: !isOut && user.ways.some(way => ['totp', 'passkey'].includes(way)) };
  for (const button of part('user-acts').children) button.hidden = has[button.dataset.act] === false;
}

const extra = ([name, value]) => [settings.fields.find(field => field.name === name)?.title ?? name, value === null || typeof value === 'string' ? value : JSON.stringify(value)];

function standing() {
  if (user.deleted_at) return say('facts.deleted', { at: moment(user.deleted_at) });
  if (user.is_active) return say('facts.active');
  return user.suspended_until ? say('facts.suspended', { until: moment(user.suspended_until) }) : say('facts.deactivated');
}

// Acts

const path = act => `users/${user.id}/${act ? `${act}/` : ''}`;
const post = act => body => ask('POST', path(act), body);

const acts = {
  logout: () => post('logout')(),
  reset: () => post('reset-password')(),
  verification: () => post('resend-verification')(),
  activate: () => post('activate')(),
  factors: () => post('reset-factors')(),
  suspend: ({ reason, until }) => post('deactivate')({ reason, until: until ? new Date(until).toISOString() : null }),
  delete: () => ask('DELETE', path()),
};

part('user-acts').addEventListener('click', ({ target }) => {
  const { act } = target.closest('button')?.dataset ?? {};
  if (act) askFirst(act, { name: user.username, email: user.email }, acts[act], answer => done(act, answer));
});

function done(act, { body, etag: tag }) {
  if (body.id) take(body, tag);
  tell(say(`done.${act}`, { name: user.username, email: user.email, at: body.effective_at ? moment(body.effective_at) : '' }));
}

function tell(text) {
  notice.textContent = text;
  notice.scrollIntoView({ block: 'nearest' });
}

// Changes, each refused where somebody else was faster: then theirs is shown, and what was typed here stays.

const rolesIn = ({ roles: held }) => ({ admin: held.includes('admin'), roles: held.filter(role => role !== 'admin').join(', ') });
const named = ({ username, first_name, last_name, locale }) => ({ username, first_name, last_name, locale, ...readExtra(profile, user) });
const rolesTyped = form => [...form.elements.admin.checked ? ['admin'] : [], ...rolesOf(form.elements.roles.value).filter(role => role !== 'admin')];

onSubmit(roles, () => ask('PUT', path('roles'), { roles: rolesTyped(roles) }, { 'If-Match': etag }), changed(roles, rolesIn), stale(roles, rolesIn));
onSubmit(profile, fields => ask('PATCH', path(), named(fields), { 'If-Match': etag }), changed(profile, one => one), stale(profile, one => one));

function changed(form, valuesOf) {
  return ({ body, etag: tag }) => {
    take(body, tag);
    fillForm(form, valuesOf(user));
    announce(say('saved'));
    tell(say('saved'));
  };
}

function stale(form, valuesOf) {
  return answer => {
    if (answer.status !== 412) return;
    reread(form, valuesOf);
    return say('stale');
  };
}

async function reread(form, valuesOf) {
  const answer = await ask('GET', path());
  if (!answer.ok) return;
  const before = valuesOf(user);
  take(answer.body, answer.etag);
  fillForm(form, valuesOf(user), before);
}

// With before, what was typed over it stays.
function fillForm(form, values, before) {
  for (const field of [...form.elements].filter(({ name }) => name)) {
    const isTick = field.type === 'checkbox';
    const [key, valueIn] = isTick ? ['checked', all => Boolean(all[field.name])] : ['value', all => String(all[field.name] ?? '')];
    if (!before || field[key] === valueIn(before)) field[key] = valueIn(values);
  }
}

// What is looked at leaves an event, so it is asked for when it is opened.
for (const details of document.querySelectorAll('.more')) {
  const place = details.lastElementChild;
  details.addEventListener('toggle', () => {
    if (details.open && !place.hasChildNodes()) shown[details.dataset.of](place.appendChild(element('div')), path(details.dataset.of));
  });
}
