// A page in React: who is signed in, a form for who is not, and what a sign-in asks for besides.
import { createElement as h, useEffect, useState } from 'react';
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
  const [providers, setProviders] = useState([]);
  useEffect(() => { accounts.social.providers().then(setProviders, setError); }, []);
  const step = [done, arrival].find(came => came?.step);

  // Calls the client with what the form has, and keeps what comes of it.
  const send = act => async event => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    setError(undefined);
    try { setDone(await act(fields, event.nativeEvent.submitter.value)); } catch (problem) { setError(problem); }
  };

  const mailed = done?.message && 'We have sent you a mail';
  const said = error?.detail ?? failure?.detail ?? mailed ?? step?.step ?? 'Nobody is signed in';
  const status = h('p', { key: 'said', role: 'status' }, said);
  if (step?.step === 'second_factor_required') {
    return [status, h('form', { key: 'factor', onSubmit: send(fields => accounts.secondFactor({ ticket: step.ticket, ...fields })) },
      h('label', null, 'Code ', h('input', { name: 'code', autoComplete: 'one-time-code' })), h('button', null, 'Go on'))];
  }
  return [status,
    h('form', { key: 'in', onSubmit: send((fields, act) => accounts[act](fields)) },
      h('label', null, 'Name ', h('input', { name: 'username', autoComplete: 'username' })),
      h('label', null, 'Address, to sign up ', h('input', { name: 'email', type: 'email', autoComplete: 'email' })),
      h('label', null, 'Password ', h('input', { name: 'password', type: 'password', autoComplete: 'current-password' })),
      h('button', { value: 'login' }, 'Sign in'), h('button', { value: 'register' }, 'Sign up')),
    providers.map(({ provider, name }) =>
      h('button', { key: provider, onClick: () => accounts.loginWith(provider).catch(setError) }, `Sign in with ${name}`))];
}
