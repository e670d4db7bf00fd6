"""Start it with ISSUER=https://accounts.example.com DJANGO_SECRET_KEY=... python3 manage.py runserver"""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
execute_from_command_line(sys.argv)
