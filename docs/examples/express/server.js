// A service that takes the access tokens of Accounts. Start it with ISSUER=https://accounts.example.com npm start
import express from 'express';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const issuer = process.env.ISSUER;
const audience = process.env.AUDIENCE ?? issuer;

// Fetched when first needed, kept, and fetched again when a token names a key that isn't there yet.
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), { cacheMaxAge: 300_000 });

function refuse(response) {
  response.set('WWW-Authenticate', 'Bearer').status(401).json({ detail: 'Authentication failed.' });
}

function bearer(request) {
  return request.get('Authorization')?.match(/^Bearer (\S+)$/i)?.[1] ?? '';
}

// Keys that can't be fetched are no verdict on the token.
function isVerdict(error) {
  return error instanceof errors.JOSEError && !['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT'].includes(error.code);
}

// Good until `exp`, whatever has happened to the session since. Costs no request.
async function signedIn(request, response, next) {
  try {
    const { payload } = await jwtVerify(bearer(request), keys, { issuer, audience, algorithms: ['ES256'], typ: 'at+jwt', clockTolerance: 30 });
    request.user = payload;
  } catch (error) {
    return isVerdict(error) ? refuse(response) : next(error);
  }
  next();
}

// Good at this moment: asks Accounts whether the session still lives. Costs a request.
async function signedInNow(request, response, next) {
  const client = `${process.env.CLIENT_ID}:${process.env.CLIENT_SECRET}`;
  const answer = await fetch(`${issuer}/api/auth/introspect/`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(client).toString('base64')}` },
    body: new URLSearchParams({ token: bearer(request) }),
  });
  if (!answer.ok) return next(new Error(`Introspection answered ${answer.status}.`));
  request.user = await answer.json();
  if (!request.user.active) return refuse(response);
  next();
}

const app = express();

app.get('/whoami', signedIn, (request, response) => {
  response.json({ user: request.user.sub, roles: request.user.roles });
});

app.post('/transfers', signedInNow, (request, response) => {
  response.status(201).json({ by: request.user.sub });
});

app.listen(process.env.PORT ?? 3000, '127.0.0.1');
