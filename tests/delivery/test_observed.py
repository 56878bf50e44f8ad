"""Whoever stands in front of the kept pages learns how each was answered, and leaves nothing in the copies."""

import pytest
from django.db import DatabaseError

from config.observing import Observed
from delivery import watch
from roles.models import Role
from tests.careers.pages import address
from tests.factories import RoleFactory

from .serving import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered():
    return []


@pytest.fixture
def site(pages, answered):
    return Observed(pages, answered.append)


def test_page_is_drawn_then_kept_then_drawn_again_after_an_edit(site, answered):
    where = address("role", RoleFactory(published=True).slug)
    get(site, where)
    get(site, where + "?made-up=1")
    Role.objects.update(title="Edited")

    get(site, where)

    assert [each.page for each in answered] == ["drawn", "kept", "drawn"]


def test_last_copy_of_a_page_that_cannot_be_drawn_is_stale(pages, site, answered, monkeypatch):
    where = address("role", RoleFactory(published=True).slug)
    get(site, where)
    Role.objects.update(title="Edited")

    def fails(environ, start_response):
        start_response("500 Internal Server Error", [])
        return [b""]

    monkeypatch.setattr(pages, "application", fails)
    get(site, where)

    assert [(each.status, each.page) for each in answered] == [(200, "drawn"), (200, "stale")]


def test_page_that_is_never_kept_is_neither(site, answered):
    get(site, "/healthz")

    assert [each.page for each in answered] == [""]


def test_readers_of_one_copy_have_ids_of_their_own(pages, site):
    ids = {get(site, "/")[1]["x-request-id"] for _ in range(3)}

    assert len(ids) == 3
    assert not any(name.lower() == "x-request-id" for copy in pages.memory._copies.values() for name, _ in copy.headers)


def test_looks_that_the_database_answered_are_told(monkeypatch):
    told = []
    ours = watch.Watch(on_answer=lambda: told.append(ours.stamp))
    monkeypatch.setattr(watch, "read_stamp", lambda database: "1")
    monkeypatch.setattr(watch.Watch, "_begin_anew", lambda self: None)
    ours.look()

    def gone(database):
        raise DatabaseError

    monkeypatch.setattr(watch, "read_stamp", gone)
    ours.look()

    assert told == ["1"]
