// Where people go on: to where they wanted to be, if that is a page of ours or of the front end; anything else could be a trap.

const home = new URL(document.documentElement.dataset.home, location.origin);
let wanted = new URLSearchParams(location.search).get('next');

export let destination = safe(wanted) ?? home.href;

// Back from a provider the address does not say it any more.
export function goOnTo(text) {
  if (!safe(text)) return;
  [wanted, destination] = [text, safe(text)];
  placeLinks();
}

function safe(text) {
  // Browsers read a backslash as a slash, and leave out tabs and ends of lines.
  if (!text || /[\\\u0000-\u001f\u007f]/.test(text) || !URL.canParse(text, location.origin)) return undefined;
  const url = new URL(text, location.origin);
  const isOurs = /^https?:$/.test(url.protocol) && [location.origin, home.origin].includes(url.origin) && !url.username && !url.password;
  // Here one would only come back.
  return isOurs && !/^\/sign-(in|up)\/?$/i.test(url.pathname) ? url.href : undefined;
}

// One of our own pages, which goes on to the same place.
export const withNext = (path, more = {}) => {
  const query = new URLSearchParams({ ...(safe(wanted) && { next: wanted }), ...more });
  return query.size > 0 ? `${path}?${query}` : path;
};

// Links that lead on, and those to a page that does.
export function placeLinks() {
  for (const link of document.querySelectorAll('a[data-onward]')) link.href = destination;
  for (const link of document.querySelectorAll('a[data-next]')) link.href = withNext(link.getAttribute('href'));
}
