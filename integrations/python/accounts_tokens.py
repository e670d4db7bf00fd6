"""Checks access tokens of Accounts, by PyJWT: what the integrations of Django and Flask have in common.

Copy this file and accounts_ended.py beside theirs. It needs PyJWT 2.6 or newer, and cryptography.
"""

from __future__ import annotations

import base64
import json
import logging
import threading
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass

import jwt
from accounts_ended import Ended

log = logging.getLogger("accounts")

LEVELS = ["aal1", "aal2"]
REALM = 'Bearer realm="api"'
LONGEST = 4_000_000


class Refusal(Exception):
    """Something else is to be answered than what was asked for: a status, headers and a body, as Accounts itself has them."""

    def __init__(self, status, code, detail, headers=None, **members):
        super().__init__(detail)
        self.status, self.headers = status, headers or {}
        self.body = {"detail": detail, "code": code, **members}


def not_authenticated():
    return Refusal(401, "not_authenticated", "Authentication credentials were not provided.", {"WWW-Authenticate": REALM})


def not_valid(reason):
    return Refusal(401, "token_not_valid", "Given token not valid for any token type", {"WWW-Authenticate": REALM}, reason=reason)


def denied():
    return Refusal(403, "permission_denied", "You do not have permission to perform this action.")


def step_up(wanted):
    """A better or newer proof of who it is would do: 401, as in RFC 9470 section 3."""
    challenge = f'{REALM}, error="insufficient_user_authentication"'
    for member, parameter in ("max_age", "max_age"), ("acr", "acr_values"):
        if member in wanted:
            challenge += f', {parameter}="{wanted[member]}"'
    return Refusal(401, "reauthentication_required", "Sign in again to do this.", {"WWW-Authenticate": challenge}, **wanted)


def unavailable():
    """Nobody is there to say whether the token is good, which is no verdict on it."""
    return Refusal(503, "unavailable", "Service temporarily unavailable, try again later.", {"Retry-After": "5"})


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoRedirect)


def ask(url, data=None, headers=None, timeout=3):
    """urllib's own limit of time is for each part of an answer: who sends it byte by byte would hold us for ever."""
    late, text = time.monotonic() + timeout, b""
    with opener.open(urllib.request.Request(url, data, headers or {}), timeout=timeout) as answer:
        while part := answer.read1(65536):
            text += part
            if len(text) > LONGEST or time.monotonic() > late:
                raise OSError(f"The answer of {url} is too long, or takes too long.")
    return json.loads(text)


class Keys:
    """The published keys. PyJWKClient has no limit of time, drops the keys that it has when the issuer is away, and asks for every unknown name."""

    def __init__(self, server, lifetime, pause):
        self.server, self.lifetime, self.pause = server, lifetime, pause
        self.known, self.stale_at, self.next_try, self.is_away = {}, 0, 0, True
        self.lock = threading.Lock()

    def find(self, kid):
        if kid not in self.known or time.monotonic() >= self.stale_at:
            with self.lock:
                now = time.monotonic()
                if now >= self.next_try and (kid not in self.known or now >= self.stale_at):
                    self.read(now)
                    self.next_try = now + self.pause if self.is_away or kid not in self.known else now
        if kid in self.known:
            return self.known[kid]
        raise unavailable() if self.is_away else not_valid("invalid")

    def read(self, now):
        """While the issuer is away those of before stay good: what they have signed is over by itself in minutes."""
        try:
            keys = jwt.PyJWKSet.from_dict(ask(f"{self.server}/.well-known/jwks.json")).keys
            self.known, self.stale_at, self.is_away = {key.key_id: key.key for key in keys}, now + self.lifetime, False
        except Exception as error:
            self.is_away = True
            log.warning("The keys of %s can't be read: %s", self.server, error)


class Claims(dict):
    """What a good token says, and its text."""

    def __init__(self, token, told):
        super().__init__(told)
        self.token = token

    @property
    def is_machine(self):
        """Whether it is of a program, which is no user."""
        return self["sub"].startswith("client:")


class Tokens:
    """The tokens of one issuer for one audience.

    issuer: what `iss` is: the address of Accounts, without a slash at its end
    audience: what `aud` is; by default the issuer
    server: where Accounts is reached from here, if not at the issuer
    client: name and secret, one of Accounts__Tokens__IntrospectionClients: for `live`, and to follow what ends
    follow: whether tokens of what has ended are refused before they are over; False with a client that is for `live` alone
    keys_lifetime, keys_pause: for how many seconds keys are kept, and that no others are looked for after it was in vain
    """

    def __init__(self, issuer, audience=None, server=None, client=None, keys_lifetime=300, keys_pause=10, follow=True):
        self.issuer, self.audience, self.client = issuer, audience or issuer, client
        self.server = (server or issuer).rstrip("/")
        self.keys = Keys(self.server, keys_lifetime, keys_pause)
        self.ended = Ended(self.ask_as_client) if client and follow else None

    @property
    def following(self):
        """Whether what ends is known within a second or so; while it isn't, tokens are good until they are over."""
        return self.ended is not None and self.ended.following

    def read(self, authorization):
        """The claims of the token in a header `Authorization`; None where there is none. Raises Refusal for one that isn't good."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            return self.verify(token.strip())
        except Refusal:
            raise
        except jwt.ExpiredSignatureError:
            raise not_valid("expired") from None
        except Exception as error:  # Of a text that nobody vouches for PyJWT lets TypeError, RecursionError and others out.
            raise not_valid("invalid") from error

    def verify(self, token):
        header = jwt.get_unverified_header(token)
        if (header["alg"], header["typ"]) != ("ES256", "at+jwt") or "crit" in header:
            raise not_valid("invalid")
        rules = {"audience": self.audience, "issuer": self.issuer, "leeway": 30, "options": {"require": ["exp", "iat", "sub"]}}
        claims = Claims(token, jwt.decode(token, self.keys.find(header["kid"]), algorithms=["ES256"], **rules))
        if claims["token_type"] != "access" or not (claims.is_machine or claims["sub"] == claims["user_id"]):
            raise not_valid("invalid")
        if self.ended is not None and self.ended.has(claims):
            raise not_valid("revoked")
        return claims

    def ask_as_client(self, path, timeout=3, data=None):
        credentials = base64.b64encode(":".join(self.client).encode()).decode()
        return ask(f"{self.server}{path}", data, {"Authorization": f"Basic {credentials}"}, timeout)

    def as_of_now(self, claims):
        """What Accounts says of the token at this moment (RFC 7662)."""
        if self.client is None:
            raise RuntimeError("Set the client that Accounts lists in Accounts__Tokens__IntrospectionClients: `live` asks in its name.")
        try:
            told = self.ask_as_client("/api/auth/introspect/", data=urllib.parse.urlencode({"token": claims.token}).encode())
            is_active = told["active"]
        except (OSError, ValueError, TypeError, KeyError) as error:
            log.warning("%s can't be asked about a token: %s", self.server, error)
            raise unavailable() from error
        if is_active is not True:
            raise not_valid("revoked")
        return Claims(claims.token, {**claims, **told})


@dataclass
class Demand:
    """What a route asks for, beyond a good token of a user.

    role: a name, or some of which one will do
    acr: "aal2" for a proof by two factors
    max_age: for how many seconds a proof is good
    live: Accounts is asked whether the session lives, and what its user's roles are now, which costs a request
    machine: programs may, too, with tokens of their own
    """

    role: str | list | tuple = ()
    acr: str | None = None
    max_age: int | None = None
    live: bool = False
    machine: bool = False

    def __post_init__(self):
        if self.acr not in (None, *LEVELS):
            raise ValueError(f"acr is one of {LEVELS}, and not {self.acr}.")
        self.roles = {self.role} if isinstance(self.role, str) else set(self.role)

    def check(self, claims, tokens):
        """The claims of who may; raises Refusal for who may not."""
        if claims is None:
            raise not_authenticated()
        if claims.is_machine and not self.machine:
            raise denied()
        if self.live:
            claims = tokens.as_of_now(claims)
        if self.roles and not self.roles & set(claims["roles"]):
            raise denied()
        if not self.is_proved(claims):
            wanted = {"max_age": self.max_age, "acr": self.acr}
            raise denied() if claims.is_machine else step_up({name: value for name, value in wanted.items() if value is not None})
        return claims

    def is_proved(self, claims):
        is_new = self.max_age is None or time.time() - claims.get("auth_time", 0) <= self.max_age
        return is_new and (self.acr is None or claims.get("acr") in LEVELS[LEVELS.index(self.acr):])
