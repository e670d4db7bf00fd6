// The password: changed, or set for who signs in by something else.

import { accounts, addActs, find, tell } from '/account-page.js';

addActs({ changePassword, setPassword });

export function showPassword(user) {
  find('password-has').hidden = !user.has_password;
  find('password-none').hidden = user.has_password;
  for (const field of find('part-password').querySelectorAll('[name=username]')) field.value = user.email;
}

async function changePassword({ old_password, new_password }, form) {
  await accounts.changePassword({ old_password, new_password });
  form.reset();
  tell('passwordChanged');
}

async function setPassword({ new_password }, form) {
  await accounts.changePassword({ new_password });
  form.reset();
  await accounts.me();
  tell('passwordSet');
}
