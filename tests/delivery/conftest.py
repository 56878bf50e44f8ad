import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from delivery.models import ContentStamp
from delivery.pages import Pages
from delivery.watch import Watch

from .serving import LooksWhenAsked


@pytest.fixture
def stamp(db):
    """stamp() is the number as it would be if the transaction of the test ended here, and another began."""

    def number():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                cursor.execute("SELECT set_config('careers.content_stamp', '', true)")
        return ContentStamp.objects.get(pk=1).number

    return number


@pytest.fixture(autouse=True)
def nothing_kept(settings, tmp_path):
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": str(tmp_path)}}


@pytest.fixture
def pages(stamp):
    """The site with kept pages in front, as a server has it."""
    watch = LooksWhenAsked()
    watch.look = lambda: (stamp(), Watch.look(watch))
    return Pages(get_wsgi_application(), watch=watch)
