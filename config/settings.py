"""Settings, all from the environment. With nothing set the site is safe: it refuses to start.

docs/operations.md names every variable.
"""

import ipaddress
import os
import re
import zoneinfo
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from . import error_reports
from .headers import of_static_file

BASE_DIR = Path(__file__).resolve().parent.parent
CONTENT_DIR = BASE_DIR / "content"

env = environ.Env()
env.read_env(BASE_DIR / ".env", overwrite=False)


def switch(name, *, default):
    """Read an on/off variable. Raises ImproperlyConfigured for any other word."""
    word = env.str(name, default="on" if default else "off")
    if word not in ("on", "off"):
        raise ImproperlyConfigured(f"{name} is {word!r}. Write on or off.")
    return word == "on"


def whole_number(name, least, most, *, default):
    """Read a whole number. Raises ImproperlyConfigured when it is none, or not within the limits."""
    word = env.str(name, default=str(default))
    if not word.isdecimal() or not least <= int(word) <= most:
        raise ImproperlyConfigured(f"{name} is {word!r}. Write a whole number from {least} to {most}.")
    return int(word)


def words(name, default=()):
    """Read words with commas between."""
    return [word.strip() for word in env.str(name, default=",".join(default)).split(",") if word.strip()]


def is_on_this_machine(host):
    """Whether a name of ALLOWED_HOSTS leads to this machine or stays in its own network."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_origin(name, origin):
    """Raises ImproperlyConfigured for what is no origin, or one in the clear on a site over HTTPS."""
    try:
        parts = urlsplit(origin)
        is_origin = origin == f"{parts.scheme}://{parts.netloc}" and parts.scheme in ("http", "https")
        is_origin = is_origin and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # an address in brackets that are not closed, or a port that is no number
        is_origin = False
    if not is_origin:
        raise ImproperlyConfigured(f"{name} holds {origin!r}. Write it like https://careers.example.org.")
    if HTTPS and parts.scheme == "http":
        raise ImproperlyConfigured(f"{name} holds {origin!r}, but HTTPS is on: it begins with https://.")


# Security
DEBUG = switch("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="for development only" if DEBUG else "")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text that nobody else knows.")
if not DEBUG and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: use 50 characters or more.")
if not DEBUG and (len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure-")):
    raise ImproperlyConfigured("SECRET_KEY is easy to guess: take a random text.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names of this site, such as careers.example.org.")
for host in ALLOWED_HOSTS:
    if not re.fullmatch(r"\.?[\w-]+(\.[\w-]+)*|\[[0-9a-f:]+\]", host, re.ASCII | re.IGNORECASE):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS holds {host!r}. Write names alone, such as careers.example.org.")
    if DEBUG and not is_on_this_machine(host):
        raise ImproperlyConfigured(f"DEBUG shows the inside of the site to everybody at {host}. Set DEBUG=off.")

# off only for a site that is served over plain HTTP on one's own machine.
HTTPS = switch("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = switch("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# With this prefix a browser takes a cookie over HTTPS and from this very host only.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# Staff sign in again after 12 hours, however busy they were, after a time without a request (staff/sessions.py), and
# when the browser was closed.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_AGE = 60 * whole_number("IDLE_MINUTES", 5, 720, default=60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
for origin in CSRF_TRUSTED_ORIGINS:
    check_origin("CSRF_TRUSTED_ORIGINS", origin)
CSRF_FAILURE_VIEW = "staff.kept_typing.csrf_failure"
# A role's form in the admin, with all its lists, posts more fields than Django's 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
X_FRAME_OPTIONS = "DENY"
# What browsers may load for a page (docs/security.md). The admin's own: it registers no worker, and jQuery writes HTML
# in ways that Trusted Types forbid.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "upgrade-insecure-requests": HTTPS,
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": ADMIN_CONTENT_SECURITY_POLICY
    | {
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        # No script can turn text into HTML or code, but by a policy that is named here (static/js/).
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["own-page", "own-worker"],
    }
}
STATIC_CONTENT_SECURITY_POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
WHITENOISE_ADD_HEADERS_FUNCTION = of_static_file
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
        "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
        "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip

# Effort spent on compressing a page that is kept, 0 to 11: 11 keeps a role's whole page within the first 14 KB that a
# connection carries at once. Pages for one reader are compressed by django-brotli, which reads the environment itself.
PAGES_BROTLI_QUALITY = whole_number("PAGES_BROTLI_QUALITY", 0, 11, default=11)
os.environ["BROTLI_QUALITY"] = str(whole_number("BROTLI_QUALITY", 0, 11, default=5))

# How the site is put together
INSTALLED_APPS = [
    "config.admin.CareersAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "editorial",
    "roles",
    "skills",
    "outlook",
    "careers",
    "match",
    "staff",
    "feedback",
    "delivery",
    "classroom",
    "offline",
    "packs",
    "api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_brotli.middleware.BrotliMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "editorial.preview.PreviewMiddleware",
    "api.beside.LinkMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.templates.UnindentedLoader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careers.context.site",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# The public address of the site, for links in previews and the sitemap; the request's own when left out.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
if SITE_URL:
    check_origin("SITE_URL", SITE_URL)

# Where readers can write a mail; the site leaves the address out when it is empty.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
if CONTACT_EMAIL and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", CONTACT_EMAIL, re.ASCII):
    raise ImproperlyConfigured(f"CONTACT_EMAIL is {CONTACT_EMAIL!r}. Write one address, such as careers@example.org.")

# Browsers may keep the pages that readers open. off also removes what they have kept, at the next visit.
OFFLINE_READING = switch("OFFLINE_READING", default=True)

# What the admin says after a form is in the session: Django's usual place is a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Database: SQLite in a file unless DATABASE_URL names PostgreSQL.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"].get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
    raise ImproperlyConfigured("DATABASE_URL names PostgreSQL or SQLite, such as postgres://user:password@host/name.")
# A connection serves the requests of its thread for ten minutes. Making one anew, SQLite reads the whole schema.
DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait on a writer (WAL); a writer takes its turn at once (IMMEDIATE) and waits for
    # another for up to 20 seconds instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that is lost without a word is noticed within seconds, not when TCP gives up. Seconds and milliseconds.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
    } | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Pages are kept until the content changes (delivery/): in each process, and for all processes in files.
KEEP_PAGES = switch("KEEP_PAGES", default=not DEBUG)

# A streaming replica of PostgreSQL, from which kept pages are drawn (delivery/replica.py).
if env.str("DATABASE_REPLICA_URL", default=""):
    replica = env.db_url("DATABASE_REPLICA_URL")
    places = [(each.get("HOST"), each.get("PORT") or 5432) for each in (DATABASES["default"], replica)]
    if {DATABASES["default"]["ENGINE"], replica["ENGINE"]} != {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured("DATABASE_REPLICA_URL and DATABASE_URL have to name PostgreSQL, both of them.")
    if places[0] == places[1]:
        raise ImproperlyConfigured("DATABASE_REPLICA_URL names the server of DATABASE_URL. Name its replica.")
    if not KEEP_PAGES:
        raise ImproperlyConfigured("DATABASE_REPLICA_URL is for kept pages only. Set KEEP_PAGES=on, or leave it out.")
    DATABASES["replica"] = DATABASES["default"] | {
        **replica,
        "OPTIONS": DATABASES["default"]["OPTIONS"]
        | {"connect_timeout": 2}  # seconds, the shortest there is: the primary draws the page then
        | replica.get("OPTIONS", {})
        | {"options": "-c default_transaction_read_only=on"},
        "TEST": {"MIRROR": "default"},
    }
    DATABASE_ROUTERS = ["delivery.replica.Router"]
PAGES_DIR = str(BASE_DIR / env.str("PAGES_DIR", default="build/pages"))
PAGES_MEMORY = whole_number("PAGES_MEMORY", 0, 100_000, default=64)  # megabytes of each process
KEPT_FOR = 7 * 24 * 3600  # as long as CACHE_CONTROL in delivery/pages.py lets others keep them
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": PAGES_DIR,
        "TIMEOUT": KEPT_FOR,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
# Valkey or Redis, when several machines serve the site: one cache for all of them.
CACHE_URL = env.str("CACHE_URL", default="")
if CACHE_URL:
    if not CACHE_URL.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL names Valkey or Redis, such as redis://cache.example.org:6379/0.")
    shared = {
        "BACKEND": "delivery.calm_cache.CalmRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},  # seconds
    }
    CACHES = {
        "default": shared | {"KEY_PREFIX": "careers"},
        "pages": shared | {"KEY_PREFIX": "careers-pages", "TIMEOUT": KEPT_FOR},
    }

# The pictures beside links, which all processes share.
CACHES["pictures"] = env.cache_url("PICTURES_CACHE_URL", default=f"filecache://{BASE_DIR / 'build' / 'pictures'}") | {
    "TIMEOUT": None,
    "max_entries": 2_000,  # not among OPTIONS, which some backends hand on to their client
}

# Words and time
LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
try:
    zoneinfo.ZoneInfo(TIME_ZONE)
except (LookupError, ValueError, OSError):
    raise ImproperlyConfigured(f"TIME_ZONE is {TIME_ZONE!r}. Write a name such as Europe/Berlin.") from None
USE_TZ = True
USE_I18N = False  # one language: each number on a page would ask which one it is

# Static files: names with hashes, compressed once, cached for ever.
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "build" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "staff.passwords.EasyGuessValidator"},
]

# Signing in. staff/ holds the code; docs/decisions/0013-staff-sign-in.md says why.
AUTHENTICATION_BACKENDS = ["staff.lockout.LockoutBackend", "django.contrib.auth.backends.ModelBackend"]
REQUIRE_SECOND_FACTOR = switch("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Careers in Healthcare Software"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=whole_number("LOCKOUT_MINUTES", 1, 1440, default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The page that refuses says when to try again: more tries don't move that time.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "staff.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "staff.lockout.address_of"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False  # the audit log of the admin shows them
# What a failed try leaves in the database names no code and no token.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    raise ImproperlyConfigured(f"LOG_LEVEL is {LOG_LEVEL!r}. Write DEBUG, INFO, WARNING, ERROR or CRITICAL.")
# What the people who run the site see of it (docs/decisions/0025-what-operators-see.md).
REQUEST_LOG = switch("REQUEST_LOG", default=False)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 24:
    raise ImproperlyConfigured("METRICS_TOKEN is too short: use 24 characters or more.")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    error_reports.start(SENTRY_DSN)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.logs.Json"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if REQUEST_LOG else "line"},
        "requests": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"},
    },
    "loggers": {"requests": {"handlers": ["requests"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
