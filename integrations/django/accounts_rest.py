"""Takes the access tokens of Accounts in Django REST framework. 3.12 or newer; accounts_django.py has the settings."""

from accounts_django import check, tokens, user_of
from accounts_tokens import REALM, Demand, Refusal
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission


class Refused(APIException):
    def __init__(self, refusal):
        self.status_code, self.detail = refusal.status, refusal.body
        self.auth_header, self.wait = refusal.headers.get("WWW-Authenticate"), int(refusal.headers.get("Retry-After", 0))


class AccountsAuthentication(BaseAuthentication):
    """`request.user` is the user of this site, `request.auth` the claims."""

    def authenticate(self, request):
        try:
            claims = tokens.read(request.headers.get("Authorization"))
        except Refusal as refusal:
            raise Refused(refusal) from refusal
        return None if claims is None else (user_of(claims), claims)

    def authenticate_header(self, request):
        return REALM


def require(**demand):
    """A permission (`accounts_tokens.Demand`): `permission_classes = [require(role="editor")]`."""
    demanded = Demand(**demand)

    class Required(BasePermission):
        def has_permission(self, request, view):
            try:
                request.auth = check(request, request.auth, demanded)
            except Refusal as refusal:
                raise Refused(refusal) from refusal
            return True

    return Required


def exception_handler(exc, context):
    """For EXCEPTION_HANDLER: `code` beside `detail` in refusals of Django REST framework's own, as Accounts has it."""
    from rest_framework.views import exception_handler as answer  # Which reads the setting that names this module.

    response, detail = answer(exc, context), getattr(exc, "detail", None)
    if response is not None and hasattr(detail, "code"):
        response.data["code"] = detail.code
    return response
