"""The site goes on when the shared cache is gone."""

import socket

import pytest
from django.core.cache import caches

from delivery import calm_cache
from delivery.calm_cache import CalmRedisCache

pytestmark = pytest.mark.once


@pytest.fixture
def gone(settings, monkeypatch):
    """A cache on a port where nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setattr(CalmRedisCache, "silent_until", 0.0)
    settings.CACHES = settings.CACHES | {
        "gone": {"BACKEND": "delivery.calm_cache.CalmRedisCache", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    }
    return caches["gone"]


def test_everything_is_as_in_an_empty_cache(gone):
    answers = [
        gone.get("a", "nothing"),
        gone.get_many(["a", "b"]),
        gone.add("a", 1),
        gone.touch("a"),
        gone.delete("a"),
        gone.has_key("a"),
        gone.set_many({"a": 1}),
    ]

    gone.set("a", 1)
    gone.delete_many(["a"])
    gone.clear()
    assert answers == ["nothing", {}, False, False, False, False, ["a"]]
    with pytest.raises(ValueError, match="not found"):
        gone.incr("a")


def test_a_server_that_is_gone_is_asked_again_after_a_while(gone, monkeypatch):
    asked = []
    monkeypatch.setattr(calm_cache.RedisCache, "get", lambda *args, **kwargs: asked.append(1))
    gone.set("a", 1)

    gone.get("a")
    monkeypatch.setattr(CalmRedisCache, "silent_until", 0.0)
    gone.get("a")

    assert len(asked) == 1
