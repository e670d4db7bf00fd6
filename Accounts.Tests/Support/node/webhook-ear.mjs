// webhook-ear.mjs FILE SECRET CHAOS: an app that is told what happens, by npm's standardwebhooks. A line of FILE for each webhook that it has taken: id, type, user.
// CHAOS is how many of a thousand are answered 500; a tenth as many are dropped, and as many taken and then dropped; half of that are never answered. Prints its port; ends with its standard input.
import fs from 'node:fs';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const [file, secret, chaos] = process.argv.slice(2);
const receiver = new Webhook(secret);

const server = http.createServer(async (request, response) => {
  const body = await text(request);
  let event;
  try {
    event = receiver.verify(body, request.headers);
  } catch (fault) {
    fs.appendFileSync(file, `refused ${fault.message}\n`);
    return response.writeHead(400).end();
  }
  const luck = Math.random() * 1000;
  if (luck < chaos) return response.writeHead(500).end();
  if (luck < chaos * 1.1) return request.socket.destroy();
  if (luck < chaos * 1.15) return;
  const isLost = luck < chaos * 1.25;
  fs.appendFileSync(file, `${event.id} ${event.type} ${event.data.user_id}\n`);
  return isLost ? request.socket.destroy() : response.writeHead(204).end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
