"""read_token.py jwks|issuer ADDRESS TOKEN: prints the claims of a good token; exits with 2 when PyJWT refuses it."""
import json
import sys
import urllib.request

import jwt

kind, address, token = sys.argv[1:]


def discover(issuer):
    with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration") as answer:
        metadata = json.load(answer)
    if metadata["issuer"] != issuer:
        raise ValueError(f"The metadata of {issuer} names {metadata['issuer']} as its issuer.")
    return metadata["jwks_uri"], {"issuer": issuer, "audience": issuer}


keys, rules = discover(address) if kind == "issuer" else (address, {"options": {"verify_aud": False}})
client = jwt.PyJWKClient(keys)
client.get_jwk_set()  # now, because an unreachable address raises what an unknown key raises
try:
    key = client.get_signing_key_from_jwt(token)
    print(json.dumps(jwt.decode(token, key.key, algorithms=["ES256"], **rules)))
except (jwt.InvalidSignatureError, jwt.PyJWKClientError):
    sys.exit(2)
