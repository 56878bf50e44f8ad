"""A name for exactly this code and these settings, so that a new release never shows pages that an older one drew."""

import hashlib

from django.conf import settings

# What draws a page: our code and templates, the versions of the libraries, and where the style sheets are now.
DRAWS = ("*/*.py", "*/*/*.py", "templates/**/*.*", "requirements.txt", "static/**/*.*")
SETTINGS = (
    "SITE_URL",
    "ALLOWED_HOSTS",
    "HTTPS",
    "BEHIND_PROXY",
    "CONTACT_EMAIL",
    "TIME_ZONE",
    "OFFLINE_READING",
    "DEBUG",
)


def release():
    """16 hexadecimal digits of a SHA-256."""
    digest = hashlib.sha256()
    files = {path for pattern in DRAWS for path in settings.BASE_DIR.glob(pattern) if _is_ours(path)}
    for path in sorted(files):
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\n".encode() + path.read_bytes())
    for name in SETTINGS:
        digest.update(f"\n{name}={getattr(settings, name)}".encode())
    return digest.hexdigest()[:16]


def _is_ours(path):
    first = path.relative_to(settings.BASE_DIR).parts[0]
    return path.is_file() and not first.startswith(".") and first not in ("build", "tests", "benchmarks")
