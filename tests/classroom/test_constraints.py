"""The database refuses what a class, a counter and a mark can never be."""

import datetime

import pytest
from django.utils import timezone

from tests.constraints import assert_once, assert_refused, constraint_names, unique_fields
from tests.factories import ClassroomFactory, TallyFactory, TicketFactory

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=9)
VALUES = [
    ("classroom_ends_after_it_starts", ClassroomFactory, {"ends_at": LONG_AGO}),
    ("classroom_is_closed_after_it_starts", ClassroomFactory, {"closed_at": LONG_AGO}),
    ("classroom_is_deleted_after_it_ends", ClassroomFactory, {"delete_after": LONG_AGO}),
    ("tally_shows_no_more_than_it_counts", TallyFactory, {"shown": 8}),
]
ONCE = [(ClassroomFactory, "code"), (ClassroomFactory, "token_hash")]


@pytest.mark.parametrize(("name", "factory_class", "changes"), VALUES, ids=[case[0] for case in VALUES])
def test_value_that_makes_no_sense_is_refused(name, factory_class, changes):
    assert_refused(name, factory_class(), **changes)


def test_one_answer_is_counted_in_one_place():
    first = TallyFactory()

    assert_refused("tally_once_per_answer", TallyFactory(classroom=first.classroom), about=first.about)


def test_one_form_is_marked_once():
    first = TicketFactory()

    assert_refused("ticket_is_counted_once", TicketFactory(classroom=first.classroom), digest=first.digest)


@pytest.mark.parametrize(("factory_class", "field"), ONCE, ids=["code", "token_hash"])
def test_value_belongs_to_one_class_only(factory_class, field):
    assert_once(factory_class, field)


def test_each_constraint_of_this_app_has_its_case():
    named = {case[0] for case in VALUES} | {"tally_once_per_answer", "ticket_is_counted_once"}

    assert named == constraint_names("classroom")
    assert {("Classroom", field) for _, field in ONCE} == unique_fields("classroom")
