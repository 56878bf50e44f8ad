"""After warming, every published page is there without the database."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from delivery.management.commands.warm_pages import Command
from delivery.warming import warm
from roles.models import Role
from tests.careers.pages import one_of_each
from tests.factories import RoleFactory

from .serving import connection_kept, get

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What they make is written into the database: without one they are of no use.
FORMS = {"/packs/new/", "/class/"}


def test_every_page_of_the_sitemap_is_kept_for_every_kind_of_reader(pages, settings, django_assert_num_queries):
    settings.SITE_URL = "http://testserver"
    one_of_each()

    with connection_kept():
        count = warm(pages, "http://testserver")

    pages.watch.look = lambda: None
    listed = re.findall("<loc>http://testserver(.*?)</loc>", get(pages, "/sitemap.xml")[2].decode())
    assert len(listed) == count > 20
    kept = [where for where in listed if where not in FORMS]
    with django_assert_num_queries(0):
        assert {get(pages, where, accept_encoding=each)[0] for where in kept for each in ("br", "gzip", "")} == {200}


def test_command_asks_for_the_address_of_the_site():
    with pytest.raises(CommandError, match="Set SITE_URL"):
        call_command("warm_pages")


def test_pages_are_drawn_again_once_the_content_has_changed_and_rests(pages, settings, stamp):
    settings.SITE_URL = "http://testserver"
    RoleFactory(published=True, title="Before")
    command = Command(stdout=io.StringIO())
    command.pages, command.is_repeated = pages, True

    def said():
        stamp()
        before = command.stdout.tell()
        with connection_kept():
            command.do()
        command.stdout.seek(before)
        return command.stdout.read()

    assert "pages are kept" in said()
    assert said() == ""
    Role.objects.update(title="Afterwards")
    assert said() == ""  # somebody may still be at work
    assert "pages are kept" in said()
    assert said() == ""
    pages.application = None
    assert b"Afterwards" in get(pages, "/roles/")[2]
