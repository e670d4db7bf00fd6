// Prints TypeScript that compiles where the types of the client have the members that the client has, and no other.
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const { createAccounts, AccountsError } = await import(pathToFileURL(`${folder}/accounts.js`));
const accounts = createAccounts({ baseUrl: 'http://localhost:8000' });
const list = object => `{ ${Object.keys(object).map(key => `${key}: 0`).join(', ')} }`;

console.log(`import type { Accounts, AccountsError } from '${folder}/accounts.js';`);
console.log(`export const all: Record<keyof Accounts, 0> = ${list(accounts)};`);
for (const [name, part] of Object.entries(accounts)) {
  if (part && typeof part === 'object') console.log(`export const ${name}: Record<keyof Accounts['${name}'], 0> = ${list(part)};`);
}
console.log(`export const error: Record<Exclude<keyof AccountsError, 'message' | 'stack' | 'cause'>, 0> = ${list(new AccountsError(400, { detail: 'x' }))};`);
