"""A whole class presses the button at the same moment: every result is counted once, and nobody sees an error.

The real site, served by several processes with several threads, on a database of its own: a file, and another one
on the server of TEST_DATABASE_URL when there is one.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.editorial.test_kill import own_database

STUDENTS, IMPATIENT = 50, 10
TOOK_AT_MOST = 60  # seconds for one answer on a busy machine, waiting for its turn included
PREPARE = """
import datetime, django
django.setup()
from classroom.models import Classroom
from match.models import QuestionSet
from tests.factories import RoleFactory, SkillFactory, StatementFactory, WeightFactory

one, two = RoleFactory(slug="one", published=True), RoleFactory(slug="two", published=True)
for number in range(12):
    role, value = [one, two][number % 2], [2, -1, 1][number % 3]
    WeightFactory(statement=StatementFactory(position=number), role=role, value=value)
StatementFactory(about_skill=SkillFactory(published=True), position=50)
started, _ = Classroom.objects.start(QuestionSet.objects.keep_current(), title="", lasts=datetime.timedelta(hours=1))
print(started.code)
"""
LOOK = """
import django, json
django.setup()
from classroom.models import Classroom, Ticket
found = Classroom.objects.get()
rows = list(found.tallies.values_list("about", "answer", "count", "shown"))
print(json.dumps([found.results, Ticket.objects.count(), rows]))
"""


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.once), "postgresql"])
def environment(request, tmp_path):
    """The environment of a site whose empty database has all its tables."""
    address, drop = own_database(tmp_path, request.param)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": address}
    migrate = [sys.executable, "manage.py", "migrate", "-v", "0", "--settings", "tests.settings"]
    try:
        subprocess.run(migrate, env=environment, check=True, capture_output=True)
        yield environment
    finally:
        drop()


def run(program, environment):
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def port(environment, tmp_path):
    """The site on a port of this machine: two processes with four threads each."""
    log = tmp_path / "gunicorn.log"
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener, log.open("w") as words:
        gunicorn = ["gunicorn", "config.wsgi", "--bind", f"fd://{listener.fileno()}", "--no-control-socket"]
        gunicorn += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120"]
        server = subprocess.Popen(
            [sys.executable, "-m", *gunicorn],
            env=environment,
            stdout=words,
            stderr=subprocess.STDOUT,
            pass_fds=[listener.fileno()],
        )
        port = listener.getsockname()[1]
    try:
        for _ in range(300):
            try:
                if ask(port, "GET", "/healthz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
        assert "Traceback" not in log.read_text()


def ask(port, method, path, **fields):
    """(status, where it leads, body) of one request over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TOOK_AT_MOST)
    try:
        body = urlencode(fields) if fields else None
        connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.headers["Location"], answer.read().decode()
    finally:
        connection.close()


def sheet_of(student):
    """What each student answers: others than the neighbor, and the third skips something."""
    answers = {f"s{number}": 1 + (student * number) % 5 for number in range(1, 13) if (student + number) % 3}
    return answers | {"s13": 1 + student % 3}


def test_fifty_students_who_send_at_the_same_moment_are_each_counted_once(environment, port):
    code = run(PREPARE, environment)
    where = f"/class/{code}/"

    def open_page(student):
        status, _, page = ask(port, "GET", where)
        assert status == 200
        return {"ticket": re.search(r'name="ticket" value="([^"]+)"', page)[1], **sheet_of(student)}

    with ThreadPoolExecutor(8) as pool:
        forms = list(pool.map(open_page, range(STUDENTS)))
    forms += forms[:IMPATIENT]  # these press the button twice
    all_ready = threading.Barrier(len(forms))

    def press(form):
        all_ready.wait()
        return ask(port, "POST", f"{where}send/", **form)

    with ThreadPoolExecutor(len(forms)) as pool:
        answers = list(pool.map(press, forms))

    assert Counter(status for status, _, _ in answers) == {303: STUDENTS + IMPATIENT}
    assert all(place.startswith("/match/result/?v=") and code not in place for _, place, _ in answers)
    assert [place for _, place, _ in answers[:IMPATIENT]] == [place for _, place, _ in answers[STUDENTS:]]
    results, tickets, rows = json.loads(run(LOOK, environment))
    assert (results, tickets) == (STUDENTS, STUDENTS)
    sums = Counter()
    for about, _, count, shown in rows:
        assert count == shown  # fifty is a full step
        sums[about] += count
    assert set(sums.values()) == {STUDENTS}
    skipped = sum(count for about, answer, count, _ in rows if about and answer == "-")
    assert skipped == sum(13 - len(sheet_of(student)) for student in range(STUDENTS))
