"""Takes the access tokens of Accounts in Django: who a token's user is here, a middleware, and `require` for views.

Copy this file and those of ../python into your project, and accounts_rest.py where it has Django REST framework. Django 3.2 or newer.
"""

from functools import wraps

from accounts_tokens import Claims, Demand, Refusal, Tokens, denied
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import JsonResponse

OPTIONS = {
    # The field in which `sub` is looked for, for users without a legacy_id, such as "username".
    "SUB_FIELD": None,
    # Whether who is not found by `sub` gets a user here.
    "CREATE_USERS": False,
    # Which group a role is: {"editor": "Editors"}. Groups that are not named here are left alone.
    "GROUPS": {},
}

given = {**OPTIONS, **getattr(settings, "ACCOUNTS", {})}
if not given.get("ISSUER") or "LEGACY_FIELD" not in given:
    # No default: the id of a user who was imported from elsewhere may be anybody's here.
    raise ImproperlyConfigured(
        'Set ACCOUNTS = {"ISSUER": "https://accounts.example.com", "LEGACY_FIELD": "pk"}: the address of Accounts, and the field with the id'
        " that users had when they were imported into it from this database; None if that was another."
    )
legacy_field = given.pop("LEGACY_FIELD")
sub_field, creates_users, groups_of = (given.pop(name) for name in OPTIONS)
tokens = Tokens(**{name.lower(): value for name, value in given.items()})


class TokenUser(AnonymousUser):
    """Of a site that has no users of its own: nobody but what the token says."""

    is_anonymous, is_authenticated = False, True

    def __init__(self, claims):
        self.id = self.pk = self.username = claims["sub"]


def user_of(claims):
    """The user of this site; AnonymousUser for a program, and for who is nobody here or is kept out."""
    if legacy_field is None and sub_field is None:
        return AnonymousUser() if claims.is_machine else TokenUser(claims)
    user = None if claims.is_machine else find(claims)
    if user is None or not user.is_active:
        return AnonymousUser()
    put_into_groups(user, claims["roles"])
    return user


def find(claims):
    users, was_imported = get_user_model()._default_manager, legacy_field is not None and "legacy_id" in claims
    by = {legacy_field: claims["legacy_id"]} if was_imported else {sub_field: claims["sub"]}
    try:
        if None in by:
            return None
        if creates_users and not was_imported:
            return users.get_or_create(**by, defaults={"password": make_password(None)})[0]
        found = users.filter(**by)[:2]
        return found[0] if len(found) == 1 else None
    except (ValueError, OverflowError, ValidationError):  # No value of such a field, so nobody's.
        return None


def put_into_groups(user, roles):
    """Writes only what differs, and never is_staff or is_superuser."""
    if groups_of:
        wanted = {group for role, group in groups_of.items() if role in roles}
        has = set(user.groups.filter(name__in=groups_of.values()).values_list("name", flat=True))
        if wanted - has:
            user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in wanted - has))
        if has - wanted:
            user.groups.remove(*Group.objects.filter(name__in=has - wanted))


def identify(request):
    """Sets `request.user` and `request.auth`, the claims, by the token that came along. Raises Refusal for one that isn't good."""
    request.auth = None
    claims = tokens.read(request.headers.get("Authorization"))
    if claims is not None:
        request.user, request.auth = user_of(claims), claims
        # What stands in this header no browser sends by itself, so no other site's page can have it sent.
        request._dont_enforce_csrf_checks = True
    return claims


class AccountsMiddleware:
    """`request.user` by the token that came along; who has a bad one is nobody. Stands below AuthenticationMiddleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            identify(request)
        except Refusal:
            request.user = AnonymousUser()
        return self.get_response(request)


def check(request, claims, demand):
    """The claims of who may: a user of this site, or where programs may one of them. Raises Refusal for who may not."""
    claims = demand.check(claims if isinstance(claims, Claims) else None, tokens)
    if not (request.user.is_authenticated or claims.is_machine):
        raise denied()
    return claims


def require(**demand):
    """For views of Django itself, with the middleware or without (`accounts_tokens.Demand`): `@require(role="editor")`."""
    demanded = Demand(**demand)

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            try:
                request.auth = check(request, getattr(request, "auth", None) or identify(request), demanded)
            except Refusal as refusal:
                return JsonResponse(refusal.body, status=refusal.status, headers=refusal.headers)
            return view(request, *args, **kwargs)

        checked.csrf_exempt = True  # Without the header nobody comes in.
        return checked

    return decorate
