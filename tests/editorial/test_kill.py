"""A real process that publishes whole versions of a page, killed at any moment: the page is never half of one.

It happens on a database of its own: a file, and another one on the server of TEST_DATABASE_URL when there is one.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest

KILLS = 15
PUBLISHER = """
import json
import os
import sys
import django
django.setup()
from django.db import connections
from editorial import desk
from editorial.content.kinds import kind_of
from roles.models import Role

def whole(word):
    data = kind_of(Role).as_data(role) | {"tagline": word, "fits": [{"side": "like", "text": word}] * 10}
    data["responsibilities"] = [{"text": f"{word} {number}"} for number in range(10)]
    return data

def check():
    role = Role.objects.get()
    data = desk.versions._plain(kind_of(Role).as_data(role))
    word = data["tagline"]
    newest = desk.live(role)
    return [
        word in ("A", "B"),
        {row["text"] for row in data["fits"]} == {word} and len(data["fits"]) == 10,
        [row["text"] for row in data["responsibilities"]] == [f"{word} {number}" for number in range(10)],
        newest.data == data and newest.digest == kind_of(Role).digest(data),
        desk.waiting(role) is None or desk.waiting(role).number > newest.number,
    ]

def publish(times):
    for number in range(times):
        word = "AB"[number % 2]
        draft = desk.save_draft(role, whole(word), opened=desk.newest(role).number, reason=word)
        if draft.state == "waiting":
            desk.publish(draft, reason=word)

if not Role.objects.exists():
    from tests.factories import RoleFactory
    RoleFactory(published=True)
role = Role.objects.get()
publish(2)
for line in sys.stdin:
    connections.close_all()
    child = os.fork()
    if not child:
        publish(2)
        print(os.getpid(), flush=True)
        publish(200)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(json.dumps([os.WTERMSIG(status) == 9, *check(), desk.live(role).number]), flush=True)
"""


def own_database(tmp_path, vendor):
    """The address of a new, empty database."""
    if vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'db.sqlite3'}", lambda: None
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server.startswith("postgres"):
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL.")

    import psycopg2

    name = f"killed_{os.getpid()}"

    def run(sql):
        connection = psycopg2.connect(server)
        try:
            connection.autocommit = True
            connection.cursor().execute(sql)
        finally:
            connection.close()

    run(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}")), lambda: run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("vendor", [pytest.param("sqlite", marks=pytest.mark.once), "postgresql"])
def test_a_page_is_one_version_or_the_other_whenever_the_server_is_killed(tmp_path, vendor):
    address, drop = own_database(tmp_path, vendor)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": address}
    draw = random.Random(20_261_122)  # noqa: S311
    try:
        migrate = [sys.executable, "manage.py", "migrate", "-v", "0", "--settings", "tests.settings"]
        subprocess.run(migrate, env=environment, check=True, capture_output=True)
        publisher = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        numbers = []
        for _ in range(KILLS):
            publisher.stdin.write("publish\n")
            publisher.stdin.flush()
            child = int(publisher.stdout.readline())  # it is at work by now, however busy the machine
            time.sleep(draw.uniform(0.01, 0.4))
            os.kill(child, signal.SIGKILL)
            *whole, number = json.loads(publisher.stdout.readline())
            assert whole == [True] * len(whole)
            numbers.append(number)
        publisher.communicate("")
        assert publisher.returncode == 0
        assert numbers == sorted(numbers)
        assert len(set(numbers)) > 3, "The killed processes published next to nothing."
    finally:
        drop()
