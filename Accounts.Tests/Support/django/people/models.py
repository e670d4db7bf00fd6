import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class People(BaseUserManager):
    def get_by_natural_key(self, mail):
        return self.get(mail=mail)


class Person(AbstractBaseUser):
    """A model that calls everything otherwise, and has neither groups nor a table of addresses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.CharField(max_length=40, unique=True)
    mail = models.EmailField(unique=True)
    is_confirmed = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    joined = models.DateTimeField()
    given = models.CharField(max_length=40, blank=True)

    objects = People()

    USERNAME_FIELD = "mail"
    EMAIL_FIELD = "mail"

    @property
    def is_active(self):
        return self.enabled
