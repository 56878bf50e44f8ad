"""A double click on the button of a form that anyone may send: both are answered at the same moment, one is taken."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.at_once import ask, environment, port, run  # noqa: F401 - fixtures
from tests.feedback.sending import FORM, THANKS, report, stamp
from tests.packs.sending import NEW, filled

CLICKS = 8
START = "/class/new/"
PREPARE = """
import django
django.setup()
from match.models import QuestionSet
from tests.factories import RoleFactory, StatementFactory, WeightFactory
role = RoleFactory(slug="one", published=True)
WeightFactory(statement=StatementFactory(), role=role, value=2)
QuestionSet.objects.keep_current()
"""
LOOK = """
import django
django.setup()
from classroom.models import Classroom
from feedback.models import Feedback
from packs.models import Pack
print(Pack.objects.count(), Classroom.objects.count(), Feedback.objects.count())
"""


def press_often(port, address, fields):  # noqa: F811
    """Where so many clicks at the same moment lead: {(status, address)}."""
    all_ready = threading.Barrier(CLICKS)

    def press(_):
        all_ready.wait()
        return ask(port, "POST", address, **fields)[:2]

    with ThreadPoolExecutor(CLICKS) as pool:
        return set(pool.map(press, range(CLICKS)))


def test_form_sent_at_the_same_moment_is_taken_once_and_all_clicks_lead_to_the_same_page(environment, port):  # noqa: F811
    run(PREPARE, environment)

    pack = press_often(port, NEW, filled())
    started = press_often(port, START, {"title": "", "hours": "2", "back": "", "website": "", "stamp": stamp()})
    thanked = press_often(port, FORM, report())

    ((pack_status, pack_page),) = pack
    ((started_status, class_page),) = started
    assert (pack_status, started_status) == (302, 303)
    assert {ask(port, "GET", page)[0] for page in (pack_page, class_page)} == {200}
    assert thanked == {(302, f"{THANKS}?page=%2Froles%2Fone%2F")}
    assert run(LOOK, environment) == "1 1 1"
