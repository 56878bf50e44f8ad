"""The site starts when it is set up well, and refuses in words when it is not.

Each test runs the settings in a process of its own, from a copy of config/ beside which no .env lies.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

KEY = "a text of fifty characters that nobody should know"
GOOD = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "careers.example.org"}

WITH_REPLICA = GOOD | {
    "DATABASE_URL": "postgres://writer:w@db1/careers",
    "DATABASE_REPLICA_URL": "postgres://reader:r@db2:5433/careers",
}


@pytest.fixture
def start(tmp_path):
    """Import the settings with this environment and nothing else; prints the named ones as JSON."""
    shutil.copytree(settings.BASE_DIR / "config", tmp_path / "config")

    def run(environment, *names):
        show = (
            f"import json; from config import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
        )
        return subprocess.run(
            [sys.executable, "-c", show],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"]} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    run.folder = tmp_path
    return run


def values(process):
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "Set SECRET_KEY to a long random text"),
        (GOOD | {"SECRET_KEY": ""}, "Set SECRET_KEY to a long random text"),
        (GOOD | {"SECRET_KEY": KEY[:-1]}, "SECRET_KEY is too short: use 50 characters or more."),
        ({"SECRET_KEY": KEY}, "Set ALLOWED_HOSTS to the names of this site"),
        (GOOD | {"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the names of this site"),
        (GOOD | {"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the names of this site"),
        (GOOD | {"ALLOWED_HOSTS": "careers.example.org,*"}, "Set ALLOWED_HOSTS to the names of this site"),
        ({"DEBUG": "on", "ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the names of this site"),
        (GOOD | {"DEBUG": "true"}, "DEBUG is 'true'. Write on or off."),
        (GOOD | {"DEBUG": ""}, "DEBUG is ''. Write on or off."),
        (GOOD | {"HTTPS": "yes"}, "HTTPS is 'yes'. Write on or off."),
        (GOOD | {"BEHIND_PROXY": "1"}, "BEHIND_PROXY is '1'. Write on or off."),
        (GOOD | {"CACHE_URL": "memcached://cache"}, "CACHE_URL names Valkey or Redis"),
        (GOOD | {"DATABASE_REPLICA_URL": "postgres://db2/careers"}, "have to name PostgreSQL, both of them"),
        (WITH_REPLICA | {"DATABASE_REPLICA_URL": "sqlite:///copy"}, "have to name PostgreSQL, both of them"),
        (WITH_REPLICA | {"DATABASE_REPLICA_URL": "postgres://db1:5432/careers"}, "names the server of DATABASE_URL"),
        (WITH_REPLICA | {"KEEP_PAGES": "off"}, "is for kept pages only"),
        (GOOD | {"SECRET_KEY": "k" * 50}, "SECRET_KEY is easy to guess"),
        (GOOD | {"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY is easy to guess"),
        (GOOD | {"ALLOWED_HOSTS": "https://careers.example.org"}, "Write names alone, such as careers.example.org."),
        (GOOD | {"ALLOWED_HOSTS": "careers.example.org:8000"}, "Write names alone, such as careers.example.org."),
        (GOOD | {"DEBUG": "on"}, "DEBUG shows the inside of the site to everybody at careers.example.org."),
        ({"DEBUG": "on", "ALLOWED_HOSTS": "8.8.8.8"}, "DEBUG shows the inside of the site to everybody at 8.8.8.8."),
        (GOOD | {"SITE_URL": "http://careers.example.org"}, "SITE_URL holds 'http://careers.example.org', but HTTPS"),
        (GOOD | {"SITE_URL": "careers.example.org"}, "Write it like https://careers.example.org."),
        (GOOD | {"SITE_URL": "https://example.org/careers"}, "Write it like https://careers.example.org."),
        (GOOD | {"CSRF_TRUSTED_ORIGINS": "https://a.example.org,http://b.example.org"}, "but HTTPS is on"),
        (GOOD | {"CSRF_TRUSTED_ORIGINS": "*"}, "CSRF_TRUSTED_ORIGINS holds '*'."),
        (GOOD | {"SITE_URL": "https://[x"}, "SITE_URL holds 'https://[x'. Write it like"),
        (
            GOOD | {"CSRF_TRUSTED_ORIGINS": "https://a.example.org:port"},
            "CSRF_TRUSTED_ORIGINS holds 'https://a.example",
        ),
        (GOOD | {"DATABASE_URL": "mysql://user:secret@host/name"}, "DATABASE_URL names PostgreSQL or SQLite"),
        (GOOD | {"DATABASE_URL": "careers"}, "DATABASE_URL names PostgreSQL or SQLite"),
        (GOOD | {"TIME_ZONE": "Europe/Berln"}, "TIME_ZONE is 'Europe/Berln'."),
        (GOOD | {"TIME_ZONE": ""}, "TIME_ZONE is ''."),
        (GOOD | {"BROTLI_QUALITY": "12"}, "BROTLI_QUALITY is '12'. Write a whole number from 0 to 11."),
        (GOOD | {"BROTLI_QUALITY": "best"}, "BROTLI_QUALITY is 'best'. Write a whole number from 0 to 11."),
        (GOOD | {"LOG_LEVEL": "WARN"}, "LOG_LEVEL is 'WARN'. Write DEBUG, INFO, WARNING, ERROR or CRITICAL."),
        (GOOD | {"CONTACT_EMAIL": "write to us"}, "CONTACT_EMAIL is 'write to us'."),
        (GOOD | {"LOCKOUT_MINUTES": "0"}, "LOCKOUT_MINUTES is '0'."),
        (GOOD | {"IDLE_MINUTES": "1440"}, "IDLE_MINUTES is '1440'. Write a whole number from 5 to 720."),
    ],
    ids=[
        "nothing set",
        "empty key",
        "short key",
        "no hosts",
        "empty hosts",
        "every host",
        "every host among others",
        "every host for developers",
        "DEBUG=true",
        "DEBUG empty",
        "HTTPS=yes",
        "BEHIND_PROXY=1",
        "another kind of cache",
        "replica of a file",
        "file as a replica",
        "replica of itself",
        "replica for no page",
        "key of one letter",
        "key of a tutorial",
        "host with a scheme",
        "host with a port",
        "DEBUG for the world",
        "DEBUG for an address of the world",
        "own address in the clear",
        "own address without a scheme",
        "own address with a path",
        "trusted origin in the clear",
        "every origin",
        "own address with half a bracket",
        "trusted origin with a word for a port",
        "another database",
        "no database",
        "misspelled time zone",
        "empty time zone",
        "more than brotli can",
        "brotli in words",
        "misspelled level",
        "no mail address",
        "no lock-out",
        "idle for a day",
    ],
)
def test_site_refuses_to_start_and_says_what_to_do(start, environment, words):
    process = start(environment)

    assert process.returncode != 0
    assert "ImproperlyConfigured" in process.stderr
    assert words in process.stderr


def test_site_that_says_nothing_else_is_safe(start):
    found = values(
        start(
            GOOD,
            "DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
            "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS",
        )
    )  # fmt: skip

    assert found == {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_PROXY_SSL_HEADER": None,
        "ALLOWED_HOSTS": ["careers.example.org"],
        "CSRF_TRUSTED_ORIGINS": [],
    }


def test_plain_http_on_ones_own_machine_promises_no_https(start):
    found = values(
        start(GOOD | {"HTTPS": "off"}, "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    )

    assert found == {"SECURE_SSL_REDIRECT": False, "SESSION_COOKIE_SECURE": False, "SECURE_HSTS_SECONDS": 0}


def test_developers_need_to_set_nothing_but_debug(start):
    found = values(start({"DEBUG": "on"}, "DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT"))

    assert found == {"DEBUG": True, "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"], "SECURE_SSL_REDIRECT": False}


def test_header_of_a_proxy_is_believed_only_when_there_is_one(start):
    found = values(start(GOOD | {"BEHIND_PROXY": "on"}, "SECURE_PROXY_SSL_HEADER"))

    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("", "django.db.backends.sqlite3"),
        ("postgres://careers:secret@db.example.org/careers", "django.db.backends.postgresql"),
    ],
    ids=["SQLite", "PostgreSQL"],
)
def test_database_is_the_one_that_the_address_names(start, url, engine):
    found = values(start(GOOD | ({"DATABASE_URL": url} if url else {}), "DATABASES"))

    assert found["DATABASES"]["default"]["ENGINE"] == engine


@pytest.mark.parametrize("url", ["", "postgres://careers:secret@db/careers"], ids=["SQLite", "PostgreSQL"])
def test_connection_to_the_database_serves_many_requests(start, url):
    found = values(start(GOOD | ({"DATABASE_URL": url} if url else {}), "DATABASES"))

    assert found["DATABASES"]["default"]["CONN_MAX_AGE"] == 600


def test_env_file_is_read_and_the_shell_counts_more(start):
    (start.folder / ".env").write_text(f"SECRET_KEY={KEY}\nALLOWED_HOSTS=file.example.org\nTIME_ZONE=Europe/Berlin\n")

    found = values(start({"ALLOWED_HOSTS": "shell.example.org"}, "ALLOWED_HOSTS", "TIME_ZONE"))

    assert found == {"ALLOWED_HOSTS": ["shell.example.org"], "TIME_ZONE": "Europe/Berlin"}


def test_site_address_has_no_slash_at_its_end(start):
    found = values(start(GOOD | {"SITE_URL": "https://careers.example.org/"}, "SITE_URL"))

    assert found == {"SITE_URL": "https://careers.example.org"}


def test_white_space_between_names_does_not_matter(start):
    found = values(start(GOOD | {"ALLOWED_HOSTS": " a.example.org , .b.example.org,[::1] "}, "ALLOWED_HOSTS"))

    assert found == {"ALLOWED_HOSTS": ["a.example.org", ".b.example.org", "[::1]"]}


def test_developers_may_look_from_a_phone_in_their_own_network(start):
    found = values(start({"DEBUG": "on", "ALLOWED_HOSTS": "192.168.0.7,careers.localhost"}, "DEBUG"))

    assert found == {"DEBUG": True}


def test_cookies_over_https_bind_themselves_to_this_host(start):
    names = "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"

    assert values(start(GOOD, *names)) == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
    }
    # Without HTTPS no browser would take such a name.
    assert values(start(GOOD | {"HTTPS": "off"}, *names)) == {
        "SESSION_COOKIE_NAME": "sessionid",
        "CSRF_COOKIE_NAME": "csrftoken",
    }


# The whole site on these settings


ASKING = """
import json
import django
django.setup()
from config.wsgi import application
from django.test import Client
client = Client(headers={"host": "careers.example.org"})
answers = [client.get("/robots.txt"), client.get("/robots.txt", secure=True), client.get("/healthz")]
answers.append(client.get("/robots.txt", headers={"x-forwarded-proto": "https"}))
print(json.dumps([[answer.status_code, dict(answer.items())] for answer in answers]))
"""


@pytest.fixture(scope="module")
def answers():
    """Answers of the site on its default settings: plain, secure, /healthz plain, and with a forged header."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"} | GOOD
    environment |= {
        "DEBUG": "off",
        "HTTPS": "on",
        "BEHIND_PROXY": "off",
        "DATABASE_URL": "sqlite://:memory:",
        "SITE_URL": "",
    }
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASKING],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(process.stdout)


def test_plain_http_is_sent_to_https(answers):
    status, headers = answers[0]

    assert (status, headers["Location"]) == (301, "https://careers.example.org/robots.txt")


def test_https_is_promised_for_two_years(answers):
    status, headers = answers[1]

    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_monitors_may_ask_over_plain_http(answers):
    status, _ = answers[2]

    assert status == 200


def test_forged_header_of_a_proxy_changes_nothing(answers):
    status, _ = answers[3]

    assert status == 301


def test_replica_is_written_by_nobody_and_not_waited_for(start):
    found = values(start(WITH_REPLICA, "DATABASES", "DATABASE_ROUTERS"))

    primary, replica = found["DATABASES"]["default"], found["DATABASES"]["replica"]
    assert (replica["HOST"], replica["PORT"], replica["USER"]) == ("db2", 5433, "reader")
    own = {"options": "-c default_transaction_read_only=on", "connect_timeout": 2}
    assert replica["OPTIONS"] == primary["OPTIONS"] | own
    assert (replica["CONN_MAX_AGE"], replica["CONN_HEALTH_CHECKS"]) == (600, True)
    assert replica["TEST"] == {"MIRROR": "default"}
    assert found["DATABASE_ROUTERS"] == ["delivery.replica.Router"]


def test_without_a_replica_there_is_one_database(start):
    assert list(values(start(GOOD, "DATABASES"))["DATABASES"]) == ["default"]
