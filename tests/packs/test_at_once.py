"""A double click on the button of the form of packs: both are answered at the same moment, and one pack is made."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.at_once import ask, run

from .sending import NEW, filled

CLICKS = 8
PREPARE = """
import django
django.setup()
from tests.factories import RoleFactory
RoleFactory(slug="one", published=True)
"""
LOOK = """
import django
django.setup()
from packs.models import Pack
print(Pack.objects.count())
"""


def test_form_sent_at_the_same_moment_makes_one_pack_and_leads_to_it(environment, port):
    run(PREPARE, environment)
    sent, all_ready = filled(), threading.Barrier(CLICKS)

    def press(_):
        all_ready.wait()
        return ask(port, "POST", NEW, **sent)

    with ThreadPoolExecutor(CLICKS) as pool:
        answers = list(pool.map(press, range(CLICKS)))

    assert {status for status, _, _ in answers} == {302}
    (place,) = {place for _, place, _ in answers}
    assert ask(port, "GET", place)[0] == 200
    assert run(LOOK, environment) == "1"
