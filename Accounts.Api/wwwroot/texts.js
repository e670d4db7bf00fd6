// What scripts say, in the language of their page: the server writes it there, by key.

const words = JSON.parse(document.getElementById('texts').textContent);

export const language = document.documentElement.lang;

const plurals = new Intl.PluralRules(language);

// {name} in a text is one of the values.
export function say(key, values = {}) {
  if (!(key in words)) throw new Error(`There is no text ${key}.`);
  return words[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// The text for where the server may have a word that this page does not know yet.
export const knows = key => key in words;

// The last parts of all keys of a group.
export const keysBelow = group => Object.keys(words).filter(key => key.startsWith(`${group}.`)).map(key => key.slice(group.length + 1));

// One that has a form for one and a form for more.
export function count(key, n) {
  const form = `${key}.${plurals.select(n)}`;
  return say(knows(form) ? form : `${key}.other`, { n: n.toLocaleString(language) });
}

export const moment = time => new Date(time).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });

export const day = time => new Date(time).toLocaleDateString(language, { dateStyle: 'long' });

export const list = parts => new Intl.ListFormat(language).format(parts);

export function duration(seconds) {
  if (!(seconds > 0)) return say('aMoment');
  return seconds > 120 ? count('minutes', Math.ceil(seconds / 60)) : count('seconds', seconds);
}
