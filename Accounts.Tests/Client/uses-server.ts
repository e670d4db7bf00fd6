// A server that renders, with answers of the web's and of Node's.
import { createVisits, passOn, type BrowserAnswer, type Visit } from '@accounts/client/server';

const visit = createVisits({ baseUrl: 'http://accounts:8000', origins: ['http://orders:8000'], patience: 1000 });

export async function page(request: Request): Promise<Response> {
  const here: Visit = await visit(request);
  const orders = here.user ? await here.fetch('http://orders:8000/orders') : undefined;
  const answer = new Response(here.user === undefined ? 'One moment' : here.user?.username ?? here.reason, orders);
  passOn(here, answer);
  return answer;
}

export async function plain(headers: Record<string, string | string[] | undefined>, answer: BrowserAnswer): Promise<number> {
  const here = await visit({ headers });
  passOn(here, answer);
  return here.cookies.length;
}

export async function ask(request: Request): Promise<Headers> {
  const headers = new Headers(request.headers);
  visit.handOn(await visit(request), headers);
  return headers;
}

export const render = (headers: Headers): string | undefined => visit.handedOn(headers).user?.username;
