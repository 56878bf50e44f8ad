"""The two addresses for load balancers and monitors."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from config import health
from tests.servers import smallest_environment

ADDRESSES = ["/healthz", "/readyz"]


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")  # pytest-django lets no test near the database that does not ask for it

    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"ok\n",
        "text/plain; charset=utf-8",
    )


@pytest.mark.django_db
def test_readyz_says_that_pages_can_be_served(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_says_no_while_a_migration_waits(client):
    MigrationRecorder.Migration.objects.filter(app="careers").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert b"wait" in response.content


def test_readyz_says_no_when_the_database_does_not_answer():
    asking = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "ready, alive = Client().get('/readyz'), Client().get('/healthz')\n"
        "print(ready.status_code, ready.content.decode().strip(), alive.status_code)"
    )
    environment = smallest_environment(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATABASE_URL="postgres://nobody:nothing@127.0.0.1:1/nowhere",  # nothing listens on port 1
    )

    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", asking],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert answer.stdout.strip() == "503 the database does not answer 200"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stamps", "said"),
    [
        ({"default": "1", "replica": "1"}, b"ready\n"),
        ({"default": "2", "replica": "1"}, b"ready\nthe replica is behind\n"),
        ({"default": "1"}, b"ready\nthe replica does not answer\n"),
    ],
    ids=["level", "behind", "gone"],
)
def test_readyz_names_a_replica_that_is_of_no_use_and_says_yes(client, monkeypatch, stamps, said):
    def read_stamp(database="default"):
        if database not in stamps:
            raise DatabaseError
        return stamps[database]

    monkeypatch.setattr(health, "read_stamp", read_stamp)
    monkeypatch.setattr(health, "settings", SimpleNamespace(DATABASES={"default": {}, "replica": {}}))

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, said)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_cache_keeps_the_answer(client, address):
    response = client.get(address)

    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_monitors_may_ask_for_the_headers_alone(client, address):
    response = client.head(address)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent(client, address, method):
    assert getattr(client, method)(address).status_code == 405
