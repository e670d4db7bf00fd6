// read-passkey.mjs < ceremonies: what another relying party reads of a passkey that we had made, and of a sign-in with it; fails where it refuses one.
import { text } from 'node:stream/consumers';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';

const { origin, registration, authentication } = JSON.parse(await text(process.stdin));
const asked = (options) => ({ expectedChallenge: options.challenge, expectedOrigin: origin, expectedRPID: options.rpId ?? options.rp.id });
const registered = await verifyRegistrationResponse({
  response: registration.response,
  ...asked(registration.options),
  supportedAlgorithmIDs: registration.options.pubKeyCredParams.map(({ alg }) => alg),
  requireUserVerification: false,
});
const { credentialID, credentialPublicKey, counter, aaguid, userVerified } = registered.registrationInfo;
const authenticated = await verifyAuthenticationResponse({
  response: authentication.response,
  ...asked(authentication.options),
  authenticator: { credentialID, credentialPublicKey, counter },
  requireUserVerification: true,
});
console.log(JSON.stringify({
  verified: registered.verified && authenticated.verified,
  id: credentialID,
  publicKey: Buffer.from(credentialPublicKey).toString('base64url'),
  aaguid,
  userVerified,
  counter: authenticated.authenticationInfo.newCounter,
}));
