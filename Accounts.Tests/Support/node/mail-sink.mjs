// mail-sink.mjs OPTIONS: npm's smtp-server as a mail server that keeps what it takes and can be told to misbehave.
// OPTIONS (JSON): hideStartTls, key, cert, user, password, lenient (lets strangers speak up to the recipient). Prints {"smtp": port, "control": port}; ends with its standard input.
// Control: GET /mails; POST /faults [{match, kind, times}] (by a part of the recipient); POST /login {user, password}, which alone count from now on; POST /close and POST /open.
import http from 'node:http';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2]);
const mails = [];
let faults = [], logins = [], server, port = 0;

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

// The fault that applies to these recipients now; one with a number of times wears off.
function fault(recipients, ...kinds) {
  const found = faults.find(f => kinds.includes(f.kind) && f.times !== 0 && recipients.some(r => r.includes(f.match)));
  if (found?.times > 0) found.times--;
  return found?.kind;
}

function onRcptTo(address, session, callback) {
  switch (fault([address.address], 'later', 'never', 'stranger')) {
    case 'later': return callback(refusal(451, '4.7.1 Greylisted, try again later'));
    case 'never': return callback(refusal(550, `5.1.1 <${address.address}>: no such user here`));
    case 'stranger': return callback(refusal(554, `5.7.1 <${address.address}>: Relay access denied`));
    default: return callback();
  }
}

function onData(stream, session, callback) {
  const chunks = [];
  stream.on('data', chunk => chunks.push(chunk));
  stream.on('end', () => {
    const to = session.envelope.rcptTo.map(r => r.address);
    const kind = fault(to, 'stall', 'drop', 'slow', 'content');
    if (kind === 'stall') return;
    if (kind === 'content') return callback(refusal(554, '5.6.0 This content is not wanted'));
    mails.push({ from: session.envelope.mailFrom.address, to, secure: session.secure, user: session.user ?? null, raw: Buffer.concat(chunks).toString('latin1') });
    if (kind === 'drop') return [...server.connections].find(c => c.session === session)._socket.destroy();
    setTimeout(callback, kind === 'slow' ? 4000 : 0);
  });
}

function onAuth(auth, session, callback) {
  const good = auth.username === options.user && auth.password === options.password;
  logins.push(good);
  return good ? callback(null, { user: auth.username }) : callback(refusal(535, '5.7.8 Authentication failed'));
}

function open() {
  server = new SMTPServer({
    authOptional: !options.user || options.lenient, onAuth, onRcptTo, onData, key: options.key, cert: options.cert, closeTimeout: 1, disableReverseLookup: true,
    hideSTARTTLS: options.hideStartTls, disabledCommands: [...(options.hideStartTls ? ['STARTTLS'] : []), ...(options.user ? [] : ['AUTH'])],
  });
  server.on('error', () => {});
  return new Promise(done => { const listening = server.listen(port, '127.0.0.1', () => { port = listening.address().port; done(); }); });
}

const close = () => new Promise(done => server.close(done));

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

const control = http.createServer(async (request, response) => {
  if (request.url === '/faults') faults = JSON.parse(await body(request));
  if (request.url === '/login') Object.assign(options, JSON.parse(await body(request)));
  if (request.url === '/close') await close();
  if (request.url === '/open') await open();
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(request.url === '/logins' ? logins : mails));
});

await open();
control.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ smtp: port, control: control.address().port })));
process.stdin.resume().on('end', () => process.exit());
