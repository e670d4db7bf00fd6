import type { User } from './accounts.d.ts';

/** A request of Node's or of the web's. */
export type BrowserRequest = { headers: Headers } | { headers: Record<string, string | string[] | undefined> };

/** An answer of Node's or of the web's. */
export type BrowserAnswer = { headers: Headers } | {
  setHeader(name: string, value: string): unknown;
  appendHeader(name: string, value: string): unknown;
};

export interface Visit {
  /** Null for a visitor; undefined where the server gave no answer, and the browser asks again by itself. */
  readonly user: User | null | undefined;
  /** Why a session is over. */
  readonly reason?: string;
  /** What goes back to the browser, by `passOn`. */
  readonly cookies: string[];
  /** In the person's name, where the address is the server's or of one of `origins`. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

export interface VisitOptions {
  /** Where this server reaches the Accounts server. */
  baseUrl: string;
  origins?: string[];
  /** Milliseconds; 3000 without it. */
  patience?: number;
}

export interface Visits {
  /** Who a request is of, asked once however often it is called. */
  (request: BrowserRequest): Promise<Visit>;
  /** Tells another part of this process who is there, by a header of the request, which is sealed. */
  handOn(visit: Visit, headers: Headers): void;
  /** What was told; a visit where nobody knows who is there if nothing was, or not by this process. */
  handedOn(headers: Pick<Headers, 'get'>): Visit;
}

export declare function createVisits(options: VisitOptions): Visits;

/** Puts the cookies into the answer, which no cache keeps then. */
export declare function passOn(visit: Visit, answer: BrowserAnswer): void;
