'use client';
// In the browser: the client signs in and out, and has the page rendered anew where that changes who is there.
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { createAccounts } from '@accounts/client';
import { AccountsProvider, SignedIn, useAccounts } from '@accounts/client/react';

const accounts = createAccounts();

export function Account({ user, children }) {
  const router = useRouter();
  useEffect(() => accounts.onChange(now => { if (now?.id !== user?.id) router.refresh(); }), [router, user]);
  return (
    <AccountsProvider accounts={accounts} initial={user}>
      <SignedIn fallback={<SignIn />} waiting={<Waiting />}><Home>{children}</Home></SignedIn>
    </AccountsProvider>
  );
}

function Home({ children }) {
  const { user } = useAccounts();
  return (
    <>
      <p role="status">Signed in as {user.username}</p>
      {children}
      <button onClick={() => accounts.logout()}>Sign out</button>
    </>
  );
}

// Nothing is known while the server gives no answer.
function Waiting() {
  const { failure, retry } = useAccounts();
  return (
    <>
      <p role="status">{failure?.detail ?? 'One moment …'}</p>
      {failure && <button onClick={retry}>Try again</button>}
    </>
  );
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
  const status = <p role="status">{error?.detail ?? failure?.detail ?? mailed ?? step?.step ?? 'Nobody is signed in'}</p>;
  if (step?.step === 'second_factor_required') {
    return (
      <>
        {status}
        <form onSubmit={send(fields => accounts.secondFactor({ ticket: step.ticket, ...fields }))}>
          <label>Code <input name="code" autoComplete="one-time-code" /></label> <button>Go on</button>
        </form>
      </>
    );
  }
  return (
    <>
      {status}
      <form onSubmit={send((fields, act) => accounts[act](fields))}>
        <label>Name <input name="username" autoComplete="username" /></label>
        <label>Address, to sign up <input name="email" type="email" autoComplete="email" /></label>
        <label>Password <input name="password" type="password" autoComplete="current-password" /></label>
        <button value="login">Sign in</button> <button value="register">Sign up</button>
      </form>
      {providers.map(({ provider, name }) => (
        <button key={provider} onClick={() => accounts.loginWith(provider).catch(setError)}>Sign in with {name}</button>
      ))}
    </>
  );
}
