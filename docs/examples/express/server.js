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

// Good, and proved by two factors a moment ago: POST /api/auth/reauthenticate/ of Accounts brings such a token (RFC 9470).
function provedByTwo(maxAge) {
  return (request, response, next) => {
    const age = Date.now() / 1000 - request.user.auth_time;
    if (request.user.acr === 'aal2' && age < maxAge) return next();
    response.set('WWW-Authenticate', `Bearer error="insufficient_user_authentication", max_age="${maxAge}", acr_values="aal2"`);
    response.status(401).json({ detail: 'Prove once more who you are.' });
  };
}

const app = express();

app.get('/whoami', signedIn, (request, response) => {
  response.json({ user: request.user.sub, roles: request.user.roles });
});

app.get('/payouts', signedIn, provedByTwo(300), (request, response) => {
  response.json({ by: request.user.sub });
});

app.post('/transfers', signedInNow, (request, response) => {
  response.status(201).json({ by: request.user.sub });
});

app.listen(process.env.PORT ?? 3000, '127.0.0.1');
