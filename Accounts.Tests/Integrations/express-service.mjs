// A service of Express, for the tests. Settings come as JSON in SETTINGS.
import express from 'express';
import { createAccounts } from './accounts-express.js';

const { issuer, audience, server, client, keys_lifetime: keysLifetime, keys_pause: keysPause, follow } = JSON.parse(process.env.SETTINGS);
const accounts = createAccounts({ issuer, audience, server, client: client && { name: client[0], secret: client[1] }, keysLifetime, keysPause, follow });
const app = express();

function route(path, demand) {
  app.get(path, accounts.require(demand), (request, response) => {
    response.json({ user: request.user.sub, roles: request.user.roles });
  });
}

route('/whoami');
route('/editors', { role: 'editor' });
route('/either', { role: ['owner', 'editor'] });
route('/payouts', { acr: 'aal2', maxAge: 300 });
route('/strong', { acr: 'aal2' });
route('/fresh', { maxAge: 300 });
route('/transfers', { live: true });
route('/audits', { role: 'auditor', live: true });
route('/jobs', { machine: true });
route('/invoices', { role: 'invoices', machine: true });
route('/signed-jobs', { machine: true, maxAge: 300 });
route('/live-jobs', { machine: true, live: true });

app.get('/following', (request, response) => { response.json({ following: accounts.following }); });

app.listen(Number(process.env.PORT), '127.0.0.1');
