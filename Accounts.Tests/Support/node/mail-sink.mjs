// mail-sink.mjs OPTIONS: npm's smtp-server as a mail server that keeps what it takes and can be told to misbehave.
// OPTIONS (JSON): hideStartTls, implicit (TLS from the first byte), key, cert, user, password, methods (of AUTH), delay (ms before a mail is taken), closeAfterEach. Prints {"smtp": port, "control": port}; ends with its standard input.
// Control: GET /mails, or /mails?to=ADDRESS; POST /faults [{match, kind, times, answer}] (by a part of the address); GET /left (how many have not worn off); POST /login {user, password}, which alone count from now on; POST /close and POST /open.
import http from 'node:http';
import { SMTPServer } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';
import { addScram } from './scram.mjs';

const options = JSON.parse(process.argv[2]);
const mails = [];
let faults = [], logins = [], server, port = 0;

// Of several lines where the text has them.
function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code, message: text.includes('\n') ? text.split('\n') : text });
}

// The refusal that was ordered for this stage; undefined for none.
function answerOf(stage, addresses) {
  const answer = fault(addresses, stage)?.answer;
  return answer && refusal(Number(answer.slice(0, 3)), answer.slice(4));
}

// The fault that applies to these addresses now; one with a number of times wears off.
function fault(recipients, ...kinds) {
  const found = faults.find(f => kinds.includes(f.kind) && f.times !== 0 && recipients.some(r => r.includes(f.match)));
  if (found?.times > 0) found.times--;
  return found;
}

function onMailFrom(address, session, callback) {
  // As a connection that a router in between has forgotten: nothing answers on it any more.
  if (session.transaction > 1 && fault([address.address], 'mute')) return;
  callback(answerOf('sender', [address.address]));
}

function onRcptTo(address, session, callback) {
  if (fault([address.address], 'hesitate')) return;
  callback(answerOf('recipient', [address.address]));
}

// The answer to the command DATA, which the package gives no say in.
const takeData = SMTPConnection.prototype.handler_DATA;
SMTPConnection.prototype.handler_DATA = function (command, callback) {
  const refused = answerOf('data', this.session.envelope.rcptTo.map(r => r.address));
  if (!refused) return takeData.call(this, command, callback);
  this.send(refused.responseCode, refused.message);
  callback();
};

function onData(stream, session, callback) {
  const chunks = [];
  stream.on('data', chunk => chunks.push(chunk));
  stream.on('end', () => {
    const to = session.envelope.rcptTo.map(r => r.address);
    const kind = fault(to, 'stall', 'drop', 'slow')?.kind;
    if (kind === 'stall') return;
    const refused = answerOf('content', to);
    if (refused) return callback(refused);
    mails.push({ from: session.envelope.mailFrom.address, to, secure: session.secure, user: session.user ?? null, connection: session.id, at: Date.now(), raw: Buffer.concat(chunks).toString('latin1') });
    if (kind === 'drop') return hangUp(session);
    setTimeout(() => {
      callback();
      if (options.closeAfterEach) setTimeout(() => hangUp(session), 20);
    }, kind === 'slow' ? 4000 : options.delay ?? 0);
  });
}

const hangUp = session => [...server.connections].find(c => c.session === session)?._socket.destroy();

function onAuth(auth, session, callback) {
  const good = auth.username === options.user && auth.password === options.password;
  logins.push(good);
  return good ? callback(null, { user: auth.username }) : callback(refusal(535, '5.7.8 Authentication failed'));
}

addScram(() => options, good => logins.push(good));

function open() {
  server = new SMTPServer({
    authOptional: !options.user, onAuth, onMailFrom, onRcptTo, onData, key: options.key, cert: options.cert, secure: options.implicit ?? false, authMethods: options.methods ?? ['PLAIN', 'LOGIN'], closeTimeout: 1, disableReverseLookup: true,
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
  const to = new URL(request.url, 'http://localhost').searchParams.get('to');
  if (request.url === '/faults') faults = JSON.parse(await body(request));
  if (request.url === '/left') return response.end(JSON.stringify(faults.filter(f => f.times > 0).length));
  if (request.url === '/login') Object.assign(options, JSON.parse(await body(request)));
  if (request.url === '/close') await close();
  if (request.url === '/open') await open();
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(request.url === '/logins' ? logins : mails.filter(mail => to === null || mail.to.includes(to))));
});

await open();
control.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ smtp: port, control: control.address().port })));
process.stdin.resume().on('end', () => process.exit());
