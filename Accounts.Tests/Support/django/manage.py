"""A project as many have one, for the tests of moving: Django REST framework, SimpleJWT, allauth and social-auth, with users of every kind."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
execute_from_command_line(sys.argv)
