// A page in React: who is signed in, a form for who is not, and what a sign-in asks for besides.
import { createElement as h, useState } from 'react';
import { createAccounts } from '@accounts/client';
import { AccountsProvider, SignedIn, useAccounts } from '@accounts/client/react';

const accounts = createAccounts({ baseUrl: 'http://localhost:8000' });

export function App() {
  return h(AccountsProvider, { accounts },
    h('h1', null, 'My page'),
    h(SignedIn, { fallback: h(SignIn), waiting: h(Waiting) }, h(Home)));
}

function Home() {
  const { user } = useAccounts();
  return [h('p', { key: 'who', role: 'status' }, `Signed in as ${user.username}`),
    h('button', { key: 'out', onClick: () => accounts.logout() }, 'Sign out')];
}

// Nothing is known while the server gives no answer.
function Waiting() {
  const { failure, retry } = useAccounts();
  if (!failure) return h('p', { role: 'status' }, 'One moment …');
  return [h('p', { key: 'why', role: 'status' }, failure.detail), h('button', { key: 'again', onClick: retry }, 'Try again')];
}

function SignIn() {
  const { arrival, failure } = useAccounts();
  const [done, setDone] = useState();
  const [error, setError] = useState();
  const step = (done ?? arrival)?.step ? done ?? arrival : undefined;

  // Calls the client with what the form has, and keeps what comes of it.
  const send = act => async event => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    setError(undefined);
    try { setDone(await act(fields)); } catch (problem) { setError(problem); }
  };

  const said = error?.detail ?? failure?.detail ?? done?.message ?? step?.step ?? 'Nobody is signed in';
  const status = h('p', { key: 'said', role: 'status' }, said);
  if (step?.step === 'second_factor_required') {
    return [status, h('form', { key: 'factor', onSubmit: send(fields => accounts.secondFactor({ ticket: step.ticket, ...fields })) },
      h('label', null, 'Code ', h('input', { name: 'code', autoComplete: 'one-time-code' })), h('button', null, 'Go on'))];
  }
  return [status,
    h('form', { key: 'in', onSubmit: send(accounts.login) },
      h('label', null, 'Name ', h('input', { name: 'username', autoComplete: 'username' })),
      h('label', null, 'Password ', h('input', { name: 'password', type: 'password', autoComplete: 'current-password' })),
      h('button', null, 'Sign in')),
    h('button', { key: 'fake', onClick: () => accounts.loginWith('fake').catch(setError) }, 'Sign in with Fake provider')];
}
