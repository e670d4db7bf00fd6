// Accounts and a server that renders under one origin, to try them: node one-origin.js [port] [Accounts] [server that renders]
import { createServer, request } from 'node:http';

// What Accounts answers: the API, the pages that mails open, and the mailbox and provider of ./run.
const accountsHas = /^\/(api|\.well-known|dev)\/|^\/(account(-[a-z-]+)?|accounts|address|admin(-[a-z-]+)?|brand|brand\/logo|card|client|confirm|change-email|confirm-email|door|end-session|erase|erase-account|explain|extra-fields|factor|forgot-password|next|recover-account|reset-password|security|sign-in(-[a-z-]+)?|sign-in\/code|sign-up|signed-out|social-code|texts|verify-email)(\.js|\.css)?$/;

const [port = 3000, accounts = 'http://localhost:8000', renderer = 'http://localhost:3001'] = process.argv.slice(2);

createServer((asked, answer) => {
  const target = accountsHas.test(asked.url.split('?')[0]) ? accounts : renderer;
  // As the browser has sent it, with its Host.
  const passed = request(target, { path: asked.url, method: asked.method, headers: asked.headers }, given => {
    answer.writeHead(given.statusCode, given.rawHeaders);
    given.pipe(answer);
  });
  passed.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
  answer.on('close', () => passed.destroy());
  asked.pipe(passed);
}).listen(Number(port), 'localhost', () => console.log(`http://localhost:${port}`));
