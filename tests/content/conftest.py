import pytest
from django.conf import settings
from django.db import transaction

from editorial.content.load import load
from outlook.importing import box


@pytest.fixture(scope="module", autouse=True)
def report(django_db_setup, django_db_blocker):
    """The site's own figures and content, loaded once for all tests of a module; the report of that load."""
    with django_db_blocker.unblock(), transaction.atomic():
        box.load()
        yield load(settings.CONTENT_DIR)
        transaction.set_rollback(True)
