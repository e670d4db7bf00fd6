// Recovery codes, which are shown once: whoever loses them makes new ones.

import { addActs, download, find } from '/account-page.js';
import { show } from '/account-parts.js';
import { say } from '/texts.js';

let onward;

addActs({
  downloadCodes: () => download(say('codesFile'), `${lines().join('\r\n')}\r\n`, 'text/plain'),
  codesKept() {
    find('code-list').replaceChildren();
    return show(onward);
  },
});

const lines = () => [...find('code-list').children].map(line => line.textContent);

export function showCodes(codes, part) {
  onward = part;
  find('code-list').replaceChildren(...codes.map(code => Object.assign(document.createElement('li'), { textContent: code })));
  return show('codes');
}
