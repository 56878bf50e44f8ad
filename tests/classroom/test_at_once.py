"""A whole class presses the button at the same moment: every result is counted once, and nobody sees an error."""

import json
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.at_once import ask, run

STUDENTS, IMPATIENT = 50, 10
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
