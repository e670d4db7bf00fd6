// A page in React that uses all that the adapter has.
import type { ReactNode } from 'react';
import { createAccounts, type User } from '@accounts/client';
import { AccountsProvider, SignedIn, SignedOut, useAccounts } from '@accounts/client/react';

const accounts = createAccounts({ baseUrl: 'https://accounts.example.com' });

export function App({ initial }: { initial?: User | null }): ReactNode {
  return (
    <AccountsProvider accounts={accounts} initial={initial}>
      <SignedIn fallback={<p>Sign in</p>} waiting={<p>One moment</p>}><Home /></SignedIn>
      <SignedOut><p>Welcome</p></SignedOut>
    </AccountsProvider>
  );
}

function Home(): ReactNode {
  const { user, arrival, failure, retry, accounts: client } = useAccounts();
  const name: string | undefined = user?.username;
  return <button onClick={failure ? retry : () => client.logout()}>{name ?? arrival?.next ?? failure?.detail}</button>;
}
