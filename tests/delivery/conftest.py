import pytest
from django.db import connection

from delivery.models import ContentStamp


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
