"""The site's settings on an environment of their own: what .env or the shell says doesn't reach the tests."""

import os

ENVIRONMENT = {
    "DEBUG": "off",
    "SECRET_KEY": "for tests only, and as long as a key has to be to be let in",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "HTTPS": "off",
    "BEHIND_PROXY": "off",
    "CSRF_TRUSTED_ORIGINS": "",
    "SITE_URL": "",
    "CONTACT_EMAIL": "",
    "OFFLINE_READING": "on",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:"),
    "DATABASE_REPLICA_URL": "",
    "STATIC_ROOT": "build/static-of-tests",
    "TIME_ZONE": "UTC",
    "LOG_LEVEL": "WARNING",
    "PAGES_BROTLI_QUALITY": "11",
    "BROTLI_QUALITY": "5",
    "REQUEST_LOG": "off",
    "METRICS_TOKEN": "",
    "SENTRY_DSN": "",
    "REQUIRE_SECOND_FACTOR": "off",
    "LOCKOUT_MINUTES": "15",
    "IDLE_MINUTES": "60",
    "KEEP_PAGES": "on",
    "CACHE_URL": "",
    "PAGES_DIR": "build/pages-of-tests",
    "PAGES_MEMORY": "64",
    "PICTURES_CACHE_URL": "locmemcache://pictures",
}
os.environ.update(ENVIRONMENT)

from config.settings import *  # noqa: E402, F403

# Plain names: no collectstatic before a test. tests/browser serves the hashed files.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405

# Quick on purpose; accounts in tests guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
