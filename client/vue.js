// For Vue 3.3 or newer: `app.use(accountsPlugin, { accounts })`, then `useAccounts()` and the components anywhere in the app.
import { inject, shallowRef } from 'vue';

const key = Symbol('accounts');

// accounts: of createAccounts, made once; initial: who a server that renders has found
export const accountsPlugin = {
  install(app, { accounts, initial }) {
    const [user, arrival, failure] = [shallowRef(initial), shallowRef(), shallowRef()];
    const fail = error => { failure.value = error; };
    const retry = () => {
      failure.value = undefined;
      accounts.handleCallback().then(came => { arrival.value = came; }, fail).then(() => accounts.start())
        .then(who => { user.value = who; }).catch(fail);
    };
    app.provide(key, { accounts, user, arrival, failure, retry });
    app.component('SignedIn', SignedIn).component('SignedOut', SignedOut);
    // A server that renders asks by itself.
    if (!globalThis.document) return;
    const end = accounts.onChange(who => { user.value = who; });
    app.onUnmount?.(end);
    retry();
  },
};

// { accounts, user, arrival, failure, retry }: user, arrival and failure are refs. user is undefined until it is known,
// arrival is what handleCallback brought, failure why nothing is known; retry() asks again.
export function useAccounts() {
  const found = inject(key, null);
  if (!found) throw new Error('useAccounts() is called in an app without accountsPlugin.');
  return found;
}

// Slots: `waiting` until it is known who is there, `fallback` for visitors.
export function SignedIn(_, { slots }) {
  const { user } = useAccounts();
  return user.value ? slots.default?.() : user.value === null ? slots.fallback?.() : slots.waiting?.();
}

export function SignedOut(_, { slots }) {
  return useAccounts().user.value === null ? slots.default?.() : undefined;
}
