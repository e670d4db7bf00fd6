// A server that renders, with client/server.js. Arguments: port, address of the Accounts server. Two parts of the page ask
// who is there, and one asks a service in their name. Prints "ready" and runs until its standard input closes.
import { createServer } from 'node:http';
import { createVisits, passOn } from '../../../client/server.js';

const [port, baseUrl] = process.argv.slice(2);
// What is proved is who is signed in, and not how soon: the machine may be busy.
const visit = createVisits({ baseUrl, patience: 20_000 });

// Another part of it, with a copy of the module, as a framework bundles one: it shows what it was handed.
const { createVisits: createOthers } = await import('../../../client/server.js?copy');
const other = createOthers({ baseUrl });

async function handed(request) {
  const headers = new Headers({ 'x-accounts-visit': request.headers['x-accounts-visit'] ?? '' });
  if (request.url === '/handed-on') visit.handOn(await visit(request), headers);
  return other.handedOn(headers);
}

createServer(async (request, response) => {
  if (request.url !== '/') return response.end(JSON.stringify({ user: (await handed(request)).user }));
  const [head, body] = await Promise.all([visit(request), visit(request)]);
  const me = body.user && await (await body.fetch(`${baseUrl}/api/auth/me/`)).json();
  passOn(head, response);
  response.end(JSON.stringify({ user: head.user, reason: head.reason, me: me?.username }));
}).listen(port, '127.0.0.1', () => console.log('ready'));

process.stdin.resume().on('end', () => process.exit());
