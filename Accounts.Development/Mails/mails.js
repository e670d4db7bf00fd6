const at = id => document.getElementById(id);
const wanted = new URLSearchParams(location.hash.slice(1));

let mails = [];

for (const id of ['kind', 'language', 'scheme']) {
  at(id).addEventListener('change', () => id === 'language' ? load(at('language').value) : show());
}
at('scheme').value = wanted.get('scheme') === 'dark' ? 'dark' : 'light';
load(wanted.get('language') ?? '');

async function load(language) {
  const response = await fetch(`/dev/mails.json?language=${encodeURIComponent(language)}`, { headers: { Accept: 'application/json' } }).catch(() => undefined);
  if (!response?.ok) {
    at('state').textContent = 'The server does not answer';
    return;
  }
  const answer = await response.json();
  const kind = at('kind').value || wanted.get('kind');
  mails = answer.mails;
  at('state').textContent = `${mails.length} mails in ${answer.languages.length === 1 ? '1 language' : `${answer.languages.length} languages`}`;
  offer('language', answer.languages.map(({ tag, name }) => [tag, name]), answer.language);
  offer('kind', mails.map(mail => [mail.kind, mail.kind]), kind);
  show();
}

function offer(id, options, chosen) {
  at(id).replaceChildren(...options.map(([value, words]) => new Option(words, value, false, value === chosen)));
}

function show() {
  const mail = mails.find(one => one.kind === at('kind').value);
  const [kind, language, scheme] = ['kind', 'language', 'scheme'].map(id => at(id).value);
  history.replaceState(null, '', `#${new URLSearchParams({ kind, language, scheme })}`);
  at('subject').textContent = mail.subject;
  at('text').textContent = mail.text;
  const html = mail.html.replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all');
  at('phone').srcdoc = html;
  at('desktop').srcdoc = html;
}
