"""Users of every hash and state, and what the tests have to know of them, as JSON on standard output."""

import json
from datetime import datetime, timezone

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from rest_framework_simplejwt.tokens import RefreshToken

PASSWORD = "old secret phrase 1"
HASHERS = ["pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "bcrypt", "sha1", "md5"]
# This Django makes none of it yet (4.0 does): hash-vectors.tsv.
SCRYPT = "scrypt$16384$abcdefghijkl$8$1$shrk3fSFTqjNPF5JTw5KWMD0qh+0CgzMaBtyw4qEguwoY13U6MACTJC3WIAO8j8RTCLfraU7Rz3L"
JOINED = datetime(2019, 5, 4, 3, 2, 1, 654321, tzinfo=timezone.utc)


class Command(BaseCommand):
    def handle(self, *args, **options):
        user_model = get_user_model()
        made = people(user_model) if user_model._meta.label == "people.Person" else users(user_model)
        tokens = {user.get_username(): str(RefreshToken.for_user(user)) for user in made if user.is_active}
        self.stdout.write(json.dumps({"password": PASSWORD, "keys": {user.get_username(): str(user.pk) for user in made}, "tokens": tokens}))


def users(model):
    from accounts.models import SocialAccount as OwnSocialAccount
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount
    from social_django.models import UserSocialAuth

    def make(name, *, hasher="md5", password=None, verified=True, email=None, **fields):
        email = f"{name}@example.test" if email is None else email
        user = model.objects.create(
            username=name, email=email, password=password or make_password(PASSWORD, hasher=hasher), date_joined=JOINED, first_name=name.title(), **fields
        )
        if verified is not None:
            EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
        return user

    made = [make(f"hash.{hasher}", hasher=hasher) for hasher in HASHERS]
    made += [make("hash.scrypt", password=SCRYPT), make("hash.unsalted", hasher="unsalted_md5")]
    inactive = make("inactive", is_active=False)
    staff = make("staff", is_staff=True, last_login=JOINED)
    root = make("root", is_staff=True, is_superuser=True)
    unverified_staff = make("unverified.staff", is_staff=True, verified=False)
    unverified = make("unverified", verified=False)
    nowhere = make("nowhere", verified=None)
    social, github, former, own = (make(name, password="!" + "x" * 40) for name in ("social", "github", "former", "own"))
    editor = make("editor")
    editor.groups.set([Group.objects.create(name="editors"), Group.objects.create(name="staff")])
    moved = make("moved")
    EmailAddress.objects.filter(user=moved).update(primary=False)
    EmailAddress.objects.create(user=moved, email="moved.to@example.test", verified=True, primary=True)

    SocialAccount.objects.create(user=social, provider="google", uid="1001", extra_data={"email": social.email, "verified_email": True})
    SocialAccount.objects.create(user=social, provider="twitter", uid="77", extra_data={})
    UserSocialAuth.objects.create(user=github, provider="github", uid="2002", extra_data={"login": "octo"})
    UserSocialAuth.objects.create(user=former, provider="google-oauth2", uid=former.email, extra_data={})
    OwnSocialAccount.objects.create(user=own, provider="github", provider_uid="3003", extra_data={})
    return [*made, inactive, staff, root, unverified_staff, unverified, nowhere, social, github, former, own, editor, moved]


def people(model):
    def make(login, **fields):
        return model.objects.create(login=login, mail=f"{login}@example.test", password=make_password(PASSWORD, hasher="md5"), joined=JOINED, **fields)

    return [make("pia", is_confirmed=True, given="Pia"), make("piet"), make("paul", is_confirmed=True, enabled=False)]
