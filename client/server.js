// For servers that render, in Node 18 or newer: asks once, for each request of a browser, who it is of. The browser's
// cookie goes on to the Accounts server, and what that sets goes back. How to use it: docs/front-end.md.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const told = 'x-accounts-visit';

// Of this process, whose parts each have their own copy of this module.
const key = globalThis[Symbol.for('@accounts/client/server')] ??= randomBytes(32);
const seal = text => createHmac('sha256', key).update(text).digest('hex');

const isOurs = cookie => /^(__Host-)?refresh_token(_partitioned)?=/.test(cookie);

// Of Node's requests and of the web's.
const header = ({ headers }, name) => (typeof headers.get === 'function' ? headers.get(name) : headers[name]) ?? '';

// patience: ms; a page that cannot know who asks is better than none
export function createVisits({ baseUrl, origins = [], patience = 3000 }) {
  const trusted = new Set([baseUrl, ...origins].map(address => new URL(address).origin));
  const [visits, answers] = [new WeakMap(), new WeakMap()];

  // However many parts of a page ask, the server is asked once.
  function visit(request) {
    if (!visits.has(request)) visits.set(request, ask(request));
    return visits.get(request);
  }

  // Where one part of a server asks and another renders, as in Next.js: by a header of the request, which the browser does
  // not see. It is sealed: a page that the first part was not asked about believes no header that a browser has made up.
  function handOn(here, headers) {
    const text = encodeURIComponent(JSON.stringify(answers.get(here)));
    headers.set(told, `${seal(text)}.${text}`);
  }

  function handedOn(headers) {
    const [, mac, text] = /^([0-9a-f]{64})\.(.+)$/.exec(headers.get(told) ?? '') ?? [];
    const isOurs = text && timingSafeEqual(Buffer.from(mac), Buffer.from(seal(text)));
    return visitOf(isOurs ? JSON.parse(decodeURIComponent(text)) : {}, []);
  }

  return Object.assign(visit, { handOn, handedOn });

  // user: null for a visitor, undefined where the server gives no answer: then the browser asks again by itself.
  async function ask(request) {
    const cookie = header(request, 'cookie').split(/; */).filter(isOurs).join('; ');
    if (!cookie) return visitOf({ user: null }, []);
    try {
      const answer = await fetch(new URL('/api/auth/session/', baseUrl), {
        method: 'POST', signal: AbortSignal.timeout(patience),
        headers: { cookie, 'user-agent': header(request, 'user-agent') },
      });
      return visitOf(answer.ok ? await answer.json() : {}, answer.headers.getSetCookie());
    } catch {
      return visitOf({}, []);
    }
  }

  // The token is for calls from this server. It belongs into no page.
  function visitOf({ user, reason, access }, cookies) {
    const here = {
      user,
      reason,
      cookies,
      fetch(input, init) {
        const asked = new Request(input, init);
        if (access && trusted.has(new URL(asked.url).origin)) asked.headers.set('authorization', `Bearer ${access}`);
        return fetch(asked);
      },
    };
    answers.set(here, { user, reason, access });
    return here;
  }
}

// Puts them into the answer, be it Node's or the web's. No cache may keep it.
export function passOn(visit, answer) {
  const isWebs = typeof answer.headers?.append === 'function';
  for (const cookie of visit.cookies) isWebs ? answer.headers.append('set-cookie', cookie) : answer.appendHeader('set-cookie', cookie);
  isWebs ? answer.headers.set('cache-control', 'private, no-store') : answer.setHeader('cache-control', 'private, no-store');
}
