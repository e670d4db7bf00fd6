"""A Django service that takes the access tokens of Accounts. It has no users of its own, so it needs no database."""

import os
from datetime import timedelta

ISSUER = os.environ["ISSUER"]

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "urls"
USE_TZ = True
DATABASES = {}

INSTALLED_APPS = [
    # simplejwt's classes import their models; no table is made.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
]

REST_FRAMEWORK = {
    # The user of a request is made from the token alone. JWTAuthentication would look it up in the database instead.
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTStatelessUserAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

SIMPLE_JWT = {
    "ALGORITHM": "ES256",
    "JWK_URL": f"{ISSUER}/.well-known/jwks.json",
    "ISSUER": ISSUER,
    "AUDIENCE": os.environ.get("AUDIENCE", ISSUER),
    "USER_ID_CLAIM": "sub",
    "LEEWAY": timedelta(seconds=30),
}
