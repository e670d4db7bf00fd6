// Before every page: who is there? One refresh for each; what the server sets goes back to the browser, and the page is told.
import { NextResponse } from 'next/server';
import { passOn } from '@accounts/client/server';
import { visit } from './visits.js';

export async function proxy(request) {
  const here = await visit(request);
  const headers = new Headers(request.headers);
  visit.handOn(here, headers);
  const answer = NextResponse.next({ request: { headers } });
  passOn(here, answer);
  return answer;
}

// Nothing that a page asks `here()` may be left out.
export const config = { matcher: '/((?!_next/static|favicon.ico).*)' };
