"""Sends 100,000 hostile requests to every address pattern of the site, through the application that a server runs.

    .venv/bin/python benchmarks/hostile.py                    # on SQLite, in a file that is gone afterwards
    bin/with-postgres .venv/bin/python benchmarks/hostile.py  # on PostgreSQL, in databases that are gone afterwards

CASES and SEED in the environment change how many, and which. The requests come in rounds; each begins on a copy of the
same database with the real content, because some of them delete what they can. In every other round staff need a second
factor. Prints what the parts of the site answered, and each failure with the request that led to it; exits with 1 when
there was one. A failure is a status from 500 on, or an exception that a kept copy of the page hid from readers.
"""

import io
import logging
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
# The settings of the tests need no collected files and spend no second on a password.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from delivery.pages import Pages  # noqa: E402
from tests.config.hostile import Report, drive, patterns  # noqa: E402
from tests.delivery.serving import LooksWhenAsked  # noqa: E402

CASES = int(os.environ.get("CASES", "100_000"))
SEED = int(os.environ.get("SEED", "1"))
A_ROUND = 2_000


def main():
    logging.disable(logging.CRITICAL)  # refusals are logged, and failures are told below
    started, report = time.monotonic(), Report()
    with tempfile.TemporaryDirectory() as folder, override_settings(CACHES=caches_in(folder)):
        make_database(folder)
        for number, first in enumerate(range(0, CASES, A_ROUND)):
            with on_a_copy(), override_settings(REQUIRE_SECOND_FACTOR=bool(number % 2)):
                cache.clear()
                application = Pages(get_wsgi_application(), watch=LooksWhenAsked())
                found = drive(application, min(A_ROUND, CASES - first), SEED + number)
            report.answers += found.answers
            report.failures += found.failures
            print(
                f"{report.answers.total():,} requests, {len(report.failures)} failures; {report.statuses}",
                file=sys.stderr,
            )
            print(found.told(), file=sys.stderr, flush=True)
    tell(report, time.monotonic() - started)
    sys.exit(bool(report.failures))


def caches_in(folder):
    """The caches of the tests, with the kept pages in a folder that nobody else uses."""
    return settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": f"{folder}/pages"}}


def make_database(folder):
    """A new database with the real content, whatever the one of the settings holds."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{folder}/hostile.sqlite3"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    for command in ("load_figures", "load_content"):
        call_command(command, verbosity=0, stdout=io.StringIO())
    connection.close()


@contextmanager
def on_a_copy():
    """Work on a copy of the database, which is gone afterwards."""
    ours = dict(connection.settings_dict)
    connection.creation.clone_test_db("copy", verbosity=0, autoclobber=True)
    connection.settings_dict.update(connection.creation.get_test_db_clone_settings("copy"))
    try:
        yield
    finally:
        connection.close()
        copy = connection.settings_dict["NAME"]
        connection.settings_dict.update(ours)
        connection.creation._destroy_test_db(copy, verbosity=0)


def tell(report, seconds):
    """What each part of the site answered, and what failed."""
    parts = {}
    for (route, status), times in report.answers.items():
        part = "/".join(route.split("/")[:2]) if route.startswith("admin/") else route
        parts.setdefault(part, Report()).answers[part, status] += times
    for part, found in sorted(parts.items()):
        print(f"/{part:50} {found.statuses}")
    print(f"\n{len(patterns())} patterns, {report.answers.total():,} requests in {seconds / 60:.0f} min, seed {SEED}")
    print(f"{report.statuses}\n\n{report.told()}\n{len(report.failures)} failures")


main()
