import type { ReactElement, ReactNode } from 'react';
import type { Accounts, AccountsError, Arrival, User } from './accounts.d.ts';

/** Around the app. `accounts` is made once, outside of components; `initial` is who a server that renders has found. */
export declare function AccountsProvider(props: { accounts: Accounts; initial?: User | null; children?: ReactNode }): ReactElement;

export interface Found {
  accounts: Accounts;
  /** Undefined until it is known, null for a visitor. */
  user: User | null | undefined;
  /** What came of the way to a provider. */
  arrival?: Arrival;
  /** Why nothing is known, or why a way to a provider failed. */
  failure?: AccountsError;
  /** Asks again. */
  retry(): void;
}

export declare function useAccounts(): Found;

/** `waiting` is shown until it is known who is there, `fallback` to visitors. */
export declare function SignedIn(props: { children?: ReactNode; fallback?: ReactNode; waiting?: ReactNode }): ReactNode;

export declare function SignedOut(props: { children?: ReactNode }): ReactNode;
