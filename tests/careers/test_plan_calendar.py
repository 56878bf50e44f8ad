"""A plan as a calendar file: what it holds, what it is called, and how long a cache may keep it."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from careers import plan_calendar
from tests.factories import LearningResourceFactory, ProjectFactory, RoleFactory, RoleSkillFactory, RoleStandardFactory

from .pages import address

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """The moment of the download; put another one into its list to go on."""
    moments = [NOW]
    monkeypatch.setattr(plan_calendar.timezone, "now", lambda: moments[-1])
    return moments


@pytest.fixture
def role():
    """A role with one step of every kind."""
    role = RoleFactory(slug="one", title="One developer", published=True)
    ProjectFactory(role=role, size="hours", title="Read a record", shows="You can read; really, you can.")
    link = RoleSkillFactory(role=role, skill__slug="a", skill__name="Skill A", skill__published=True, why="They ask.")
    LearningResourceFactory(skill=link.skill, title="A course", url="https://a.example/", hours=1)
    for when, name, summary in [(1, "FHIR", "A format."), (2, "LOINC", "A list.")]:
        RoleStandardFactory(
            role=role, when=when, standard__name=name, standard__summary=summary, standard__published=True
        )
    return role


def download(client, **query):
    return client.get(address("plan", "one", format="ics", **query))


def events(response):
    """One {property: value} for each event of the file, unfolded."""
    whole = response.content.decode().replace("\r\n ", "")
    return [
        dict(line.split(":", 1) for line in each.strip().split("\r\n"))
        for each in re.findall("BEGIN:VEVENT(.*?)END:VEVENT", whole, re.DOTALL)
    ]


@pytest.mark.usefixtures("clock", "role")
def test_every_step_is_an_event_from_the_day_of_the_download(client):
    found = [(each["DTSTART;VALUE=DATE"], each["SUMMARY"], each["DESCRIPTION"]) for each in events(download(client))]

    assert found == [
        ("20261122", "Build: Read a record (Plan: One developer)", r"Two hours. You can read\; really\, you can."),
        (
            "20261123",
            "Learn: Skill A (Plan: One developer)",
            r"They ask.\nBegin with A course\, free\, about 1 hour.\nhttps://a.example/",
        ),
        ("20261124", "Know before you apply: FHIR (Plan: One developer)", "A format."),
        ("20270221", "Read about: LOINC (Plan: One developer)", "A list."),
    ]


@pytest.mark.usefixtures("role")
def test_file_is_a_download_with_a_name(client):
    response = download(client)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="plan-one.ics"'


@pytest.mark.usefixtures("role")
def test_skills_that_are_there_are_left_out_and_the_way_back_keeps_them(client):
    found = events(download(client, have=["a"]))

    assert len(found) == 3
    assert {each["URL"] for each in found} == {"http://testserver/plan/one/?have=a"}


@pytest.mark.usefixtures("role")
def test_an_event_keeps_its_name_on_other_days_and_with_other_skills(client, clock):
    today = {each["SUMMARY"]: each["UID"] for each in events(download(client))}
    clock.append(datetime(2027, 3, 1, tzinfo=UTC))

    later = {each["SUMMARY"]: each["UID"] for each in events(download(client, have=["a"]))}

    assert later.items() < today.items()
    assert len(set(today.values())) == len(today)


@pytest.mark.usefixtures("role")
def test_same_step_of_another_role_is_another_event(client):
    other = RoleFactory(slug="two", published=True)
    ProjectFactory(role=other, size="hours", title="Read a record")

    [there] = events(client.get(address("plan", "two", format="ics")))

    assert there["UID"] not in {each["UID"] for each in events(download(client))}


@pytest.mark.usefixtures("clock", "role")
def test_caches_keep_it_until_midnight(client):
    assert set(download(client)["Cache-Control"].split(", ")) == {"public", f"max-age={6 * 3600}"}


def test_day_is_that_of_the_site_s_clock(client, clock, role, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    clock.append(datetime(2026, 11, 23, 7, 0, tzinfo=UTC))

    response = download(client)

    assert events(response)[0]["DTSTART;VALUE=DATE"] == "20261122"
    assert "max-age=3600" in response["Cache-Control"]


def test_calendar_of_a_draft_is_for_staff_and_no_cache(staff_client, role):
    role.status = "draft"
    role.save()

    response = download(staff_client)

    assert download(Client()).status_code == 404
    assert response["Content-Type"].startswith("text/calendar")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_plan_without_a_step_is_a_page_since_no_calendar_may_be_empty(client):
    RoleFactory(slug="one", published=True)

    assert download(client)["Content-Type"].startswith("text/html")


@pytest.mark.usefixtures("role")
def test_other_formats_are_the_page(client):
    assert client.get(address("plan", "one", format="pdf"))["Content-Type"].startswith("text/html")
