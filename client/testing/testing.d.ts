/** How a user is made; what is not said is nobody else's. Extra fields of the server's setting may stand beside. */
export interface NewUser {
  username?: string;
  email?: string;
  password?: string;
  firstName?: string;
  lastName?: string;
  /** Whether the address is confirmed. True without it; false signs up, with the mail that asks for it. */
  verified?: boolean;
  roles?: string[];
  /** Whether they have an authenticator app, and recovery codes. */
  totp?: boolean;
  /** Whether they are signed in, too. */
  signIn?: boolean;
  [extra: string]: unknown;
}

export interface User {
  id: string;
  username: string;
  email: string;
  password: string;
  email_verified: boolean;
  roles: string[];
  totp_secret?: string;
  recovery_codes?: string[];
  /** Of `totp`. */
  authenticator?: Authenticator;
  /** Of `signIn`: for `Authorization: Bearer`. */
  access?: string;
  /** Of `signIn`: for `context.addCookies` of Playwright. */
  cookies?: { name: string; value: string; url: string; httpOnly: boolean; sameSite: 'Lax' | 'Strict' | 'None' }[];
}

/** A user of `user()`, an id, or an address. */
export type Whose = { id: string } | { email: string } | string;

export interface Mail {
  id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  sentAt: Date;
  /** The first of `links`. */
  link?: string;
  links: string[];
  /** Of the first link that has one. */
  token?: string;
  /** 6 or 8 digits. */
  code?: string;
}

/** `page` asks on its page again, as without a test. */
export type NextSignIn = 'verified' | 'authoritative' | 'unverified_email' | 'no_email' | 'declined' | 'unavailable' | 'page';

export interface Authenticator {
  /** One that the server has not had. The third within a minute is waited for. */
  code(): Promise<string>;
}

/** Of a browser of Playwright's. */
export interface BrowserContext {
  cookies(urls?: string): Promise<{ name: string; value: string }[]>;
}

export interface Testing {
  user(fields?: NewUser): Promise<User>;
  /** Waits for the next mail; each is given once, in the order in which they come. */
  mail(to: string | { email: string }, options?: { subject?: string | RegExp; timeout?: number }): Promise<Mail>;
  /**
   * Lets time pass, for one user or for all: `20m`, `36h`, `15d`, `2w`, or seconds. Their rows are older, and the access tokens that they have are over.
   * @returns how many rows of which tables
   */
  age(by: string | number, options?: { user?: Whose }): Promise<{ by_seconds: number; rows: Record<string, number> }>;
  provider: {
    /** How the next sign-in at the fake provider goes, without its page. */
    next(how: NextSignIn, person?: { id?: string; email?: string; firstName?: string; lastName?: string }): Promise<{ next: string; id?: string; email?: string }>;
    /** Nothing is said any more, and the page asks. */
    reset(): Promise<unknown>;
  };
  authenticator(secret: string | { totp_secret?: string }): Authenticator;
  /** A thief comes with the refresh token of this browser, or of the newest session of this user: the session ends. */
  replayStolenToken(of: BrowserContext | { context(): BrowserContext } | { refreshToken: string } | Whose): Promise<{ user_id: string; session_id: string; reason: 'reused' }>;
}

export interface TestingOptions {
  /** Of the Accounts server; `http://localhost:8000` without it. */
  baseUrl?: string;
  /** Mails of before are not looked at; now without it. */
  since?: Date;
}

export function createTesting(options?: TestingOptions): Testing;

export function authenticator(secret: string | { totp_secret?: string }): Authenticator;

/** Says in its message what to do. */
export class TestingError extends Error {
  readonly status?: number;
  readonly body?: unknown;
  readonly code?: string;
}
