// For React 18 or newer: one provider around the app, then `useAccounts()` anywhere in it.
import { createContext, createElement, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';

const Context = createContext(null);

// accounts: of createAccounts, made once, outside of components; initial: who a server that renders has found
export function AccountsProvider({ accounts, initial, children }) {
  const [failure, setFailure] = useState();
  const [arrival, setArrival] = useState();
  const begin = useCallback(() => {
    setFailure(undefined);
    // StrictMode runs this twice; the client asks once. The effects of a router around us come first, for the address changes.
    Promise.resolve().then(accounts.handleCallback).then(setArrival, setFailure).then(() => accounts.start()).catch(setFailure);
  }, [accounts]);
  useEffect(begin, [begin]);
  const user = useSyncExternalStore(accounts.onChange, () => accounts.user === undefined ? initial : accounts.user, () => initial);
  return createElement(Context.Provider, { value: { accounts, user, arrival, failure, retry: begin } }, children);
}

// { accounts, user, arrival, failure, retry }: user is undefined until it is known, arrival is what handleCallback brought,
// failure why nothing is known; retry() asks again.
export function useAccounts() {
  const found = useContext(Context);
  if (!found) throw new Error('useAccounts() is called outside of <AccountsProvider>.');
  return found;
}

// waiting: shown until it is known who is there; fallback: shown to visitors
export function SignedIn({ children, fallback = null, waiting = null }) {
  const { user } = useAccounts();
  return user ? children : user === null ? fallback : waiting;
}

export function SignedOut({ children }) {
  return useAccounts().user === null ? children : null;
}
