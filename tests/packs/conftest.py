import pytest
from django.core.cache import cache

from tests.at_once import environment, port  # noqa: F401 - the site for many at the same moment


@pytest.fixture(autouse=True)
def nothing_counted():
    """The limits count in the cache, which no test takes back."""
    cache.clear()
    yield
    cache.clear()
