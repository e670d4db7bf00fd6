"""DATABASE_URL says where its database is; USER_MODEL which of its two models of users it has."""

import os
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

SECRET_KEY = os.environ.get("SECRET_KEY", "what the old project has signed its tokens with, long enough")
AUTH_USER_MODEL = os.environ.get("USER_MODEL", "accounts.User")
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "urls"
USE_TZ = True
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_url = urlsplit(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parse_qs(_url.query).get("host", [_url.hostname])[0],
        "PORT": _url.port or "",
        "NAME": _url.path[1:],
        "USER": unquote(_url.username or ""),
        "PASSWORD": unquote(_url.password or ""),
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "rest_framework",
    "rest_framework_simplejwt",
    "seeds",
]
if AUTH_USER_MODEL == "accounts.User":
    INSTALLED_APPS += ["accounts", "allauth", "allauth.account", "allauth.socialaccount", "social_django"]
else:
    INSTALLED_APPS += ["people"]

MIDDLEWARE = ["views.cross_origin"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}]

# As a project that has lived long has them: the first makes new hashes, the others check those of before.
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}PasswordHasher"
    for name in ("PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "SHA1", "MD5", "UnsaltedMD5")
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(minutes=5), "REFRESH_TOKEN_LIFETIME": timedelta(days=14)}
