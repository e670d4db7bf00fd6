// AUTH SCRAM-SHA-256 (RFC 5802, RFC 7677) for npm's smtp-server, which has none: the server's half, without channel binding.
import crypto from 'node:crypto';
import sasl from 'smtp-server/lib/sasl.js';

const sha = text => crypto.createHash('sha256').update(text).digest();
const mac = (key, text) => crypto.createHmac('sha256', key).update(text).digest();
const xor = (a, b) => Buffer.from(a.map((byte, i) => byte ^ b[i]));
const fields = text => Object.fromEntries(text.split(',').map(part => [part[0], part.slice(2)]));

// `account` answers {user, password}; `told` hears whether each sign-in was a good one.
export function addScram(account, told) {
  sasl['SASL_SCRAM-SHA-256'] = function ([initial], callback) {
    const bare = Buffer.from(initial, 'base64').toString().replace(/^n,,/, '');
    const { user, password } = account();
    const [nonce, salt, iterations] = [fields(bare).r + crypto.randomBytes(12).toString('base64'), crypto.randomBytes(16), 4096];
    const first = `r=${nonce},s=${salt.toString('base64')},i=${iterations}`;
    this._nextHandler = (line, done) => {
      const final = Buffer.from(line.toString(), 'base64').toString();
      const [without, proof] = final.split(',p=');
      const salted = crypto.pbkdf2Sync(password, salt, iterations, 32, 'sha256');
      const [clientKey, signed] = [mac(salted, 'Client Key'), `${bare},${first},${without}`];
      const good = fields(bare).n === user && without === `c=biws,r=${nonce}` && sha(xor(Buffer.from(proof, 'base64'), mac(sha(clientKey), signed))).equals(sha(clientKey));
      told(good);
      if (!good) {
        this.send(535, '5.7.8 Authentication failed');
        return done();
      }
      this._nextHandler = (_, last) => {
        this.session.user = user;
        this.send(235, 'Authentication successful');
        last();
      };
      this.send(334, Buffer.from(`v=${mac(mac(salted, 'Server Key'), signed).toString('base64')}`).toString('base64'));
      done();
    };
    this.send(334, Buffer.from(first).toString('base64'));
    callback();
  };
}
