import type { RequestHandler } from 'express';

/** What an access token says. */
export interface Claims {
  iss: string;
  aud: string;
  /** The user's id, a UUID; of a program `client:` and its name. */
  sub: string;
  client_id: string;
  /** Not there in the token of a program, as all that tells of a person and their session. */
  user_id?: string;
  sid?: string;
  jti: string;
  iat: number;
  exp: number;
  /** When, in seconds since 1970, and how well they proved who they are. */
  auth_time?: number;
  acr?: 'aal1' | 'aal2';
  amr?: string[];
  /** The user's version. */
  ver?: number;
  roles: string[];
  email_verified?: boolean;
  /** The user's id in the system that they came from. */
  legacy_id?: string;
  /** Written by users themselves: grant nothing by it. */
  profile?: Record<string, unknown>;
}

export interface Settings {
  /** What `iss` is: the address of Accounts, without a slash at its end. */
  issuer: string;
  /** What `aud` is; by default the issuer. */
  audience?: string;
  /** Where Accounts is reached from here, if not at the issuer. */
  server?: string;
  /** One of `Accounts__Tokens__IntrospectionClients`: for `live`, and to follow what ends. */
  client?: { name: string; secret: string };
  /** Whether tokens of what has ended are refused before they are over; true where there is a client. */
  follow?: boolean;
  /** For how many seconds keys are kept; 300. */
  keysLifetime?: number;
  /** For how many seconds no others are looked for after it was in vain; 10. */
  keysPause?: number;
  /** Is told why Accounts can't be asked; `console.warn`. */
  report?: (error: Error) => void;
}

/** What a route asks for, beyond a good token of a user. */
export interface Demand {
  /** A name, or some of which one will do. */
  role?: string | string[];
  /** `aal2` for a proof by two factors. */
  acr?: 'aal1' | 'aal2';
  /** For how many seconds a proof is good. */
  maxAge?: number;
  /** Accounts is asked whether the session lives, and what its user's roles are now, which costs a request. */
  live?: boolean;
  /** Programs may, too, with tokens of their own. */
  machine?: boolean;
}

export interface Accounts {
  /** A middleware that lets in who may, and sets `request.user` to the claims. */
  require(demand?: Demand): RequestHandler;
  /** Whether what ends is known within a second or so; while it isn't, tokens are good until they are over. */
  readonly following: boolean;
  /** Follows no longer: for a process that is to end by itself. */
  close(): void;
}

export function createAccounts(settings: Settings): Accounts;

declare global {
  namespace Express {
    interface Request {
      user?: Claims;
    }
  }
}
