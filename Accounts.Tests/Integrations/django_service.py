"""A service of Django, for the tests: the same routes by Django REST framework, and below /plain by Django itself. Settings come as JSON in SETTINGS."""

import json
import os
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="used for nothing here",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "rest_framework"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "accounts_django.AccountsMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["accounts_rest.AccountsAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "EXCEPTION_HANDLER": "accounts_rest.exception_handler",
    },
    ACCOUNTS={name.upper(): value for name, value in json.loads(os.environ["SETTINGS"]).items()},
)
django.setup()

import accounts_django  # noqa: E402
import accounts_rest  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


def told(request):
    user, names = request.user, Group.objects.order_by("name").values_list("name", flat=True)
    groups = [] if settings.ACCOUNTS["LEGACY_FIELD"] is None else list(names.filter(user__pk=user.pk))
    return {
        "user": request.auth["sub"], "roles": request.auth["roles"], "pk": str(user.pk), "groups": groups,
        "powers": [user.is_staff, user.is_superuser, user.has_usable_password() if isinstance(user, User) else None],
    }


def routes(name, **demand):
    class Route(APIView):
        permission_classes = [accounts_rest.require(**demand)]

        def get(self, request):
            return Response(told(request))

    @accounts_django.require(**demand)
    def plain(request):
        return JsonResponse(told(request))

    return [path(name, Route.as_view()), path(f"plain/{name}", plain)]


class Bare(APIView):
    """What knows nothing of tokens."""

    def get(self, request):
        return Response(told(request))


def bare(request):
    return HttpResponse(str(request.user.pk), status=200 if request.user.is_authenticated else 403)


def following(request):
    return JsonResponse({"following": accounts_django.tokens.following})


urlpatterns = [
    *routes("whoami"), *routes("editors", role="editor"), *routes("either", role=["owner", "editor"]),
    *routes("payouts", acr="aal2", max_age=300), *routes("strong", acr="aal2"), *routes("fresh", max_age=300),
    *routes("transfers", live=True), *routes("audits", role="auditor", live=True),
    *routes("jobs", machine=True), *routes("invoices", role="invoices", machine=True),
    *routes("signed-jobs", machine=True, max_age=300), *routes("live-jobs", machine=True, live=True),
    path("bare", Bare.as_view()), path("plain/bare", bare), path("following", following), path("plain/following", following),
]


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


call_command("migrate", verbosity=0)
for user in json.loads(os.environ.get("USERS", "[]")):
    groups = user.pop("groups", [])
    made = User.objects.create_user(**user)
    made.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application(), Threads).serve_forever()
