"""For tests that send forms with limits: a conftest.py that imports it has it around each of its tests."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_counted():
    """The limits count in the cache, which no test takes back."""
    cache.clear()
    yield
    cache.clear()
