import type { operations, components } from './openapi.d.ts';

/** What an operation takes, by its name in the API's document. */
type Body<Id extends keyof operations> = operations[Id] extends { requestBody?: { content: { 'application/json': infer Taken } } } ? Taken : never;

/** What it answers when it succeeds. */
type Answer<Id extends keyof operations> = operations[Id] extends { responses: infer Responses }
  ? { [Status in keyof Responses & (200 | 201)]: Responses[Status] extends { content: { 'application/json': infer Given } } ? Given : never }[keyof Responses & (200 | 201)]
  : never;

/** With the token taken out, which stays in the client. */
type Kept<Given> = Omit<Given, 'access' | 'access_expires_in' | 'refresh'>;

export type User = components['schemas']['UserResponse'];
export type ErrorCode = components['schemas']['ErrorCode'];

/** Somebody is signed in. */
export interface SignedIn {
  step?: undefined;
  user: User;
  /** A deleted account is back. */
  restored?: boolean;
  /** Shown once, with the first second factor. */
  recovery_codes?: string[];
}

/** What is left to do first. After the redirect flow the ticket lies in a cookie, and only `step` is told. */
export interface Step {
  step: 'second_factor_required' | 'second_factor_enrolment_required' | 'email_required' | 'account_exists';
  user?: undefined;
  ticket?: string;
  link_token?: string;
  methods?: string[];
  expires_in?: number;
  detail?: string;
}

export type SignIn = SignedIn | Step;

/** Somebody is back from a provider. */
export type Arrival = (SignIn | { step?: undefined; user?: undefined; detail?: string }) & { next?: string };

/** What a proof has to be. */
export interface Challenge {
  methods?: string[];
  max_age?: number;
  acr?: string;
}

export interface ProviderOptions {
  /** The page where `handleCallback` is called; by default this one. It is on the server's list, and on the provider's. */
  redirectUri?: string;
  /** Handed back by `handleCallback`; with `redirect`, the address that the server sends the browser to. */
  next?: string;
  /** The server drives the flow. */
  redirect?: boolean;
  remember?: boolean;
  mode?: 'sign_in' | 'connect' | 'reauthenticate';
}

export interface Options {
  /** The server's address; by default the page's own origin. */
  baseUrl?: string;
  /** Other origins whose services get the token from `fetch`. */
  origins?: string[];
  /** Asks the person for a proof, and says whether `reauthenticate` had it. Then the request is sent again. */
  onReauthenticate?: (challenge: Challenge) => boolean | void | Promise<boolean | void>;
}

export interface PasskeySignIn {
  /** Of `second_factor_required`. */
  ticket?: string;
  /** `conditional`: offered beside a field with `autocomplete="username webauthn"`. */
  mediation?: CredentialMediationRequirement;
  signal?: AbortSignal;
  remember?: boolean;
  restore?: boolean;
  trust_device?: boolean;
}

export interface Accounts {
  /** Undefined until the server was asked, null for a visitor. */
  readonly user: User | null | undefined;
  /** @returns what ends it */
  onChange(listener: (user: User | null, reason?: string) => void): () => void;
  start(): Promise<User | null>;

  register(fields: Body<'postAuthRegister'>): Promise<Answer<'postAuthRegister'>>;
  verifyEmail(fields: Body<'postAuthVerifyEmail'>): Promise<Answer<'postAuthVerifyEmail'>>;
  resendVerification(fields: Body<'postAuthVerifyEmailResend'>): Promise<Answer<'postAuthVerifyEmailResend'>>;
  resetPassword(fields: Body<'postAuthPasswordReset'> | Body<'postAuthPasswordResetConfirm'>): Promise<{ detail: string }>;

  login(fields: Body<'postAuthLogin'>): Promise<SignIn>;
  secondFactor(fields: Body<'postAuthLoginSecondFactor'>): Promise<SignIn>;
  readonly emailCode: {
    send(fields: Body<'postAuthLoginCode'>): Promise<Answer<'postAuthLoginCode'>>;
    confirm(fields: Body<'postAuthLoginCodeConfirm'>): Promise<SignIn>;
    check(fields: Body<'postAuthLoginCodeCheck'>): Promise<Answer<'postAuthLoginCodeCheck'>>;
  };
  loginWith(provider: string, options?: ProviderOptions): Promise<void>;
  /** Undefined where nobody comes back from a provider. */
  handleCallback(): Promise<Arrival | undefined>;
  link(fields: Body<'postAuthSocialLink'>): Promise<SignIn>;
  readonly social: {
    providers(): Promise<Answer<'getAuthSocial'>>;
    accounts(): Promise<Answer<'getAuthSocialAccounts'>>;
    connect(provider: string, options?: ProviderOptions): Promise<void>;
    disconnect(provider: string): Promise<unknown>;
    linkMail(fields?: Body<'postAuthSocialLinkMail'>): Promise<Answer<'postAuthSocialLinkMail'>>;
    complete(fields: Body<'postAuthSocialComplete'>): Promise<Answer<'postAuthSocialComplete'>>;
    confirm(fields: Body<'postAuthSocialCompleteConfirm'>): Promise<SignIn>;
  };
  logout(): Promise<void>;
  whySignedOut(): Promise<{ reason?: string; ended_at?: string }>;

  me(): Promise<User>;
  updateProfile(fields: Body<'patchAuthMe'>): Promise<User>;
  deleteAccount(fields?: Body<'deleteAuthMe'>): Promise<void>;
  changePassword(fields: Body<'postAuthPasswordChange'>): Promise<Kept<Answer<'postAuthPasswordChange'>>>;
  readonly sessions: {
    list(): Promise<Answer<'getAuthSessions'>>;
    end(id: string): Promise<unknown>;
    endAll(fields?: Body<'postAuthLogoutAll'>): Promise<Answer<'postAuthLogoutAll'>>;
  };
  readonly factors: {
    list(): Promise<Answer<'getAuthFactors'>>;
    enrolmentMail(fields?: Body<'postAuthLoginEnrolmentMail'>): Promise<Answer<'postAuthLoginEnrolmentMail'>>;
    beginApp(fields?: Body<'postAuthFactorsTotpBegin'>): Promise<Answer<'postAuthFactorsTotpBegin'>>;
    confirmApp(fields: Body<'postAuthFactorsTotpConfirm'>): Promise<{ recovery_codes: string[]; user?: User }>;
    recoveryCodes(): Promise<Answer<'postAuthFactorsRecoveryCodes'>>;
    rename(id: string, name: string): Promise<Answer<'patchAuthFactorsId'>>;
    remove(id: string): Promise<unknown>;
  };
  readonly passkeys: {
    signIn(options?: PasskeySignIn): Promise<SignIn>;
    reauthenticate(): Promise<Proof>;
    add(options?: { name?: string }): Promise<Extract<Answer<'postAuthFactorsPasskeysFinish'>, { credential_id: string }>>;
    /** Of `second_factor_enrolment_required`, with the code of `enrolmentMail`: adding it is the sign-in. */
    add(options: { ticket: string; mail_code: string; name?: string }): Promise<SignedIn>;
  };
  reauthenticate(proof: Body<'postAuthReauthenticate'>): Promise<Proof>;
  reauthenticateMail(): Promise<Answer<'postAuthReauthenticateMail'>>;

  /** With the token, where the address is the server's or of one of `origins`. `by` sends in place of the browser's `fetch`. */
  fetch(input: RequestInfo | URL, init?: RequestInit, by?: (request: Request) => Promise<Response>): Promise<Response>;
  /** Null for a visitor. */
  getAccessToken(): Promise<string | null>;
  /** Anything else below `/api/auth/`, with the token. */
  call<Given = unknown>(method: string, path: string, body?: object): Promise<Given>;
}

/** It is given, or a factor has to be added first. */
export type Proof = { step?: undefined } | Step;

export declare class AccountsError extends Error {
  /** 0: nothing answered. */
  readonly status: number;
  /** `invalid`: see `fields`. */
  readonly code: ErrorCode | 'invalid' | (string & {});
  readonly detail: string;
  readonly fields: Record<string, string[]>;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly body?: Record<string, unknown>;
  readonly name: 'AccountsError';
}

export declare function createAccounts(options?: Options): Accounts;
