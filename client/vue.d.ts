import type { FunctionalComponent, Plugin, ShallowRef, VNode } from 'vue';
import type { Accounts, AccountsError, Arrival, User } from './accounts.d.ts';

/** `app.use(accountsPlugin, { accounts })`; `initial` is who a server that renders has found. */
export declare const accountsPlugin: Plugin<[{ accounts: Accounts; initial?: User | null }]>;

export interface Found {
  accounts: Accounts;
  /** Undefined until it is known, null for a visitor. */
  user: Readonly<ShallowRef<User | null | undefined>>;
  /** What came of the way to a provider. */
  arrival: Readonly<ShallowRef<Arrival | undefined>>;
  /** Why nothing is known, or why a way to a provider failed. */
  failure: Readonly<ShallowRef<AccountsError | undefined>>;
  /** Asks again. */
  retry(): void;
}

export declare function useAccounts(): Found;

type Shown = () => VNode[];

/** The slot `waiting` is shown until it is known who is there, `fallback` to visitors. */
export declare const SignedIn: FunctionalComponent<{}, {}, { default?: Shown; fallback?: Shown; waiting?: Shown }>;

export declare const SignedOut: FunctionalComponent<{}, {}, { default?: Shown }>;
