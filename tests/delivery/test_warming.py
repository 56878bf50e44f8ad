"""After warming, every published page is there without the database."""

import re

import pytest
from django.core.management import CommandError, call_command

from delivery.warming import warm
from tests.careers.pages import one_of_each

from .serving import connection_kept, get

pytestmark = pytest.mark.django_db

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


@pytest.mark.once
def test_command_asks_for_the_address_of_the_site():
    with pytest.raises(CommandError, match="Set SITE_URL"):
        call_command("warm_pages")
