import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from tests.real_content import put_real_content


@pytest.fixture(scope="module")
def real_content(django_db_setup, django_db_blocker):
    """The official figures and all of content/, loaded once for the tests of a module and taken back after them.

    The module carries the mark django_db: pytest-django makes the database only for tests that have it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        put_real_content()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def staff_client(client, db):
    """A browser in which a member of staff is signed in."""
    client.force_login(get_user_model().objects.create_user("editor", is_staff=True))
    return client


@pytest.fixture
def reader_client(client, db):
    """A browser in which someone is signed in who is not staff."""
    client.force_login(get_user_model().objects.create_user("reader"))
    return client
