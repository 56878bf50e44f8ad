"""The audit log: one list of what was done and who signed in, for those who may read it."""

import datetime
import re

import pytest
from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from tests.editorial.editing import address, cost, save
from tests.factories import StandardFactory

from .people import WRONG, person, sign_in, where_led

pytestmark = pytest.mark.django_db

LOG = "/admin/audit-log/"


@pytest.fixture
def boss(client):
    user = person("boss", "Administrator")
    sign_in(client, "boss")
    return user


def told(client, **question):
    """(kind, person, what) of each line."""
    return [(each["kind"], each["person"], each["what"]) for each in client.get(LOG, question).context["events"]]


def test_it_tells_changes_sign_ins_failures_and_lock_outs_newest_first(client, boss):
    standard = StandardFactory(name="FHIR")
    save(client, standard, purpose="New.")
    for _ in range(5):
        sign_in(Client(REMOTE_ADDR="192.0.2.7"), "ada", password=WRONG)

    lines = told(client)

    assert lines[0] == ("Lock-out", "ada", "from 192.0.2.7")
    assert lines[1:5] == [("Failed sign-in", "ada", "from 192.0.2.7")] * 4
    assert lines[5:] == [
        ("Change", "boss", "Changed standard “FHIR”"),
        ("Sign-in", "boss", "from 127.0.0.1"),
    ]


def test_a_change_says_what_and_leads_to_the_form(client, boss):
    standard = StandardFactory()
    save(client, standard, purpose="New.")

    response = client.get(LOG)

    assertContains(response, f'<a href="{address(standard, "change")}">')
    assertContains(response, "Version 2: Purpose.")


def test_a_deletion_leads_nowhere(client, boss):
    standard = StandardFactory()
    LogEntry.objects.log_actions(boss.pk, [standard], DELETION, "", single_object=True)

    assertNotContains(client.get(LOG), address(standard, "change"))


def test_a_sign_out_is_told(client, boss):
    person()
    sign_in(other := Client())
    other.post("/admin/logout/")

    assert told(client, kind="sign-out") == [("Sign-out", "ada", "from 127.0.0.1")]


def test_it_can_be_narrowed_to_a_person_and_a_kind(client, boss):
    person()
    sign_in(Client())
    sign_in(Client(), password=WRONG)

    assert {who for _, who, _ in told(client, person="ada")} == {"ada"}
    assert [kind for kind, _, _ in told(client, kind="sign-in")] == ["Sign-in", "Sign-in"]
    assert told(client, person="ada", kind="failure") == [("Failed sign-in", "ada", "from 127.0.0.1")]
    assert told(client, person="nobody") == []


@pytest.mark.parametrize(
    "question",
    [{"person": "\0"}, {"person": "x" * 9999}, {"kind": "no such"}, {"page": "9" * 40}, {"page": "-1"}, {"other": "x"}],
    ids=str,
)
def test_strange_questions_get_an_answer(client, boss, question):
    assert client.get(LOG, question).status_code == 200


@pytest.mark.once
def test_it_costs_the_same_however_long_it_is(client, boss):
    few = cost(client, LOG)
    standard = StandardFactory()
    for number in range(60):
        LogEntry.objects.log_actions(boss.pk, [standard], CHANGE, str(number), single_object=True)
        AccessLog.objects.create(username=f"a{number}", user_agent="x", ip_address="192.0.2.1")
        AccessFailureLog.objects.create(username=f"b{number}", user_agent="x", ip_address="192.0.2.1")

    assert cost(client, LOG) <= few + 2, "at most one query for each kind that had no line before"
    assert cost(client, LOG) == cost(client, f"{LOG}?page=2")


def test_it_comes_in_pages_of_fifty(client, boss):
    now = timezone.now()
    for number in range(60):
        log = AccessLog.objects.create(username=f"a{number}", user_agent="x")
        AccessLog.objects.filter(pk=log.pk).update(attempt_time=now - datetime.timedelta(days=number + 1))

    first, second = told(client), told(client, page=2)

    assert (len(first), len(second)) == (50, 11)
    assert second[-1] == ("Sign-in", "a59", "from an unknown address")
    assertContains(client.get(LOG, {"person": "", "page": 2}), "Page 2 of 2")


def test_nobody_else_reads_it(client):
    assert where_led(client.get(LOG)) == "/admin/login/"
    person(group="Editor")
    sign_in(client)

    assert client.get(LOG).status_code == 403


def test_what_someone_typed_as_a_name_is_never_taken_for_markup(client, boss):
    sign_in(Client(), "<script>alert(1)</script>", password=WRONG)

    assertNotContains(client.get(LOG), "<script>alert")


def daily_upkeep(name):
    """The commands of manage.py that a file of deploy/ runs once a day, in order."""
    written = (settings.BASE_DIR / "deploy" / name).read_text().partition("once a day")[2]
    return re.findall(r"manage\.py (.*?);?$", written, re.M)


def test_the_daily_upkeep_forgets_old_sign_ins_and_is_the_same_in_containers():
    commands = daily_upkeep("systemd/careers-daily.service")
    assert daily_upkeep("compose.yaml") == commands
    long_ago = timezone.now() - datetime.timedelta(days=200)
    for model in (AccessLog, AccessFailureLog):
        for when in (long_ago, timezone.now()):
            entry = model.objects.create(username="ada", ip_address="192.0.2.7")
            model.objects.filter(pk=entry.pk).update(attempt_time=when)

    for command in commands:
        if not command.startswith("check_sources"):  # it asks other hosts
            call_command(*command.split(), verbosity=0)

    for model in (AccessLog, AccessFailureLog):
        assert [entry.attempt_time > long_ago for entry in model.objects.all()] == [True]
