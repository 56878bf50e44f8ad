"""A shared cache that the site can do without."""

import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# After a failure nobody asks again for so many seconds, so that readers do not wait for a server that is gone.
PAUSE = 2


class CalmRedisCache(RedisCache):
    """Valkey or Redis: a server that does not answer is an empty cache, and what should be kept is not.

    The settings give it a short time to answer. What counts in it (how often one place sent a form) does not count
    while it is gone: the form is taken.
    """

    silent_until = 0.0  # of time.monotonic, for all threads of the process

    def _ask(self, name, without, *args, **kwargs):
        if time.monotonic() < CalmRedisCache.silent_until:
            return without
        try:
            return getattr(super(), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            CalmRedisCache.silent_until = time.monotonic() + PAUSE
            logger.warning("The shared cache does not answer: %s", error)
            return without

    def add(self, *args, **kwargs):
        return self._ask("add", False, *args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._ask("get", default, key, default, version)

    def set(self, *args, **kwargs):
        return self._ask("set", None, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._ask("touch", False, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._ask("delete", False, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._ask("get_many", {}, *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._ask("has_key", False, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        """As Django's: raises ValueError for a key that is not there, and so for any while the server is gone."""
        number = self._ask("incr", None, key, delta, version)
        if number is None:
            raise ValueError(f"Key {key!r} not found")
        return number

    def set_many(self, data, *args, **kwargs):
        return self._ask("set_many", list(data), data, *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._ask("delete_many", None, *args, **kwargs)

    def clear(self):
        return self._ask("clear", False)
