"""Prints the session of a new superuser who is signed in. DATABASE_URL names the database."""

import os
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.test import Client  # noqa: E402

client = Client()
client.force_login(User.objects.create_superuser(f"bench-{secrets.token_hex(4)}"))
print(client.cookies[settings.SESSION_COOKIE_NAME].value)
