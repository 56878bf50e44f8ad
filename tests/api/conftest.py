import pytest
from django.core.cache import cache

from tests.careers.conftest import real_content, staff_client  # noqa: F401


@pytest.fixture(autouse=True)
def nothing_kept():
    """The archive is kept for a minute, whatever the test before this one had in it."""
    cache.clear()
