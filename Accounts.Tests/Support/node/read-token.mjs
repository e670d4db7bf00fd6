// read-token.mjs jwks|issuer ADDRESS TOKEN: prints the claims of a good token; exits with 2 when jose refuses it.
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const [kind, address, token] = process.argv.slice(2);

async function discover(issuer) {
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  if (metadata.issuer !== issuer) throw new Error(`The metadata of ${issuer} names ${metadata.issuer} as its issuer.`);
  return { keys: metadata.jwks_uri, rules: { issuer, audience: issuer, typ: 'at+jwt', algorithms: ['ES256'] } };
}

const { keys, rules } = kind === 'issuer' ? await discover(address) : { keys: address, rules: {} };
try {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), rules);
  console.log(JSON.stringify(payload));
} catch (error) {
  if (!(error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)) throw error;
  process.exitCode = 2;
}
