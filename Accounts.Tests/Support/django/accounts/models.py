from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """The custom model that Django's documentation advises to begin with; its addresses are verified by allauth."""


class SocialAccount(models.Model):
    """The project's own, of before it had a package for it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="own_social_accounts")
    provider = models.CharField(max_length=30)
    provider_uid = models.CharField(max_length=191)
    extra_data = models.JSONField(default=dict)
