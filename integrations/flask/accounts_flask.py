"""Takes the access tokens of Accounts in Flask.

Copy this file and those of ../python beside your program. It needs Flask 2.2 or newer.
"""

from functools import wraps

from accounts_tokens import Demand, Refusal, Tokens
from flask import current_app, g, request


class Accounts:
    """Reads ACCOUNTS_ISSUER, and what else `accounts_tokens.Tokens` takes: ACCOUNTS_AUDIENCE, ACCOUNTS_SERVER, ACCOUNTS_CLIENT."""

    def __init__(self, app=None):
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        settings = {name[9:].lower(): value for name, value in app.config.items() if name.startswith("ACCOUNTS_")}
        if not settings.get("issuer"):
            raise RuntimeError("Set ACCOUNTS_ISSUER to the address of Accounts, such as https://accounts.example.com.")
        app.extensions["accounts"] = Tokens(**settings)
        app.register_error_handler(Refusal, lambda refusal: (refusal.body, refusal.status, refusal.headers))


def token_required(view=None, *, roles=(), **demand):
    """Lets in who has a good token and what else is asked for (`accounts_tokens.Demand`); `g.user` has the claims.

    `@token_required`, or `@token_required(roles=["editor"], acr="aal2", max_age=300)`; below `@app.route`.
    """
    demanded = Demand(roles, **demand)

    def decorate(view):
        @wraps(view)
        def checked(*args, **kwargs):
            tokens = current_app.extensions["accounts"]
            g.user = demanded.check(tokens.read(request.headers.get("Authorization")), tokens)
            return current_app.ensure_sync(view)(*args, **kwargs)

        return checked

    return decorate if view is None else decorate(view)
