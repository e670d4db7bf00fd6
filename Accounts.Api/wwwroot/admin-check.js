// What the doctor finds, the worst first.

import { alone, ask, badge, element, load } from '/admin-page.js';
import { knows, say } from '/texts.js';

const list = document.getElementById('findings');
const levels = ['problem', 'warning', 'ok'];
const kinds = { problem: 'danger', warning: 'warning', ok: 'good' };

document.getElementById('check-again').addEventListener('click', () => alone(look));

export function open() {
  alone(look);
  return 'check';
}

function look() {
  list.replaceChildren(element('p', { className: 'wait' }, say('checking')));
  return load(list, () => ask('GET', 'check/'), ({ ok, findings }) => list.replaceChildren(
    element('p', { className: 'many' }, say(!ok ? 'checkProblems' : findings.some(({ level }) => level === 'warning') ? 'checkWarnings' : 'checkGood')),
    element('ul', { className: 'rows' }, ...findings.toSorted((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level)).map(finding))));
}

const finding = ({ check, level, text }) => element('li', {},
  element('span', { className: 'who' }, element('strong', {}, knows(`checks.${check}`) ? say(`checks.${check}`) : check), element('span', {}, text)),
  element('span', { className: 'badges' }, badge(say(`levels.${level}`), kinds[level])));
