// Names, the language of mails, and the fields that this server has besides.

import { accounts, addActs, fill, find, settings, tell } from '/account-page.js';
import { readExtra, showExtra } from '/account-extra.js';
import { tellNames } from '/account-signals.js';
import { day } from '/texts.js';

const names = ['username', 'first_name', 'last_name', 'locale'];
const form = find('part-profile').querySelector('form');

let shown;

for (const { tag, name } of settings.languages) form.elements.locale.append(new Option(name, tag));

addActs({ saveProfile });

// What somebody has begun to type stays, whatever another tab has saved meanwhile.
export function showProfile(user) {
  const before = shown;
  shown = user;
  fill('since', day(user.date_joined));
  keepTag(user.locale);
  for (const name of names) {
    const field = form.elements[name];
    if (!before || field.value === (before[name] ?? '')) field.value = user[name] ?? '';
  }
  showExtra(find('profile-extra'), before, user);
}

// A language that we do not have may have been set by a program, and stays until its user chooses another.
function keepTag(tag) {
  const { locale } = form.elements;
  if (tag && ![...locale.options].some(option => option.value === tag)) locale.append(new Option(tag, tag));
}

async function saveProfile(typed) {
  const own = Object.fromEntries(names.filter(name => typed[name] !== (shown[name] ?? '')).map(name => [name, typed[name]]));
  const user = await accounts.updateProfile({ ...own, ...readExtra(find('profile-extra'), shown) });
  shown = undefined;
  showProfile(user);
  tell('profileSaved');
  tellNames(user);
}
