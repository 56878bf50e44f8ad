"""Draws pages from a streaming replica, without ever taking an old page for a new one.

A page is drawn from one database, and kept under the state of the content that was seen in that very database. The
replica is asked while it shows the same state as the primary: then it is as good. One that is behind is asked only
when the primary does not answer. What is not kept (the admin, forms, results, previews) reads the primary, and so does
every transaction. docs/decisions/0023-replica.md says why.
"""

import os
import socket
import threading
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import connections

from .watch import Watch

REPLICA = "replica"
# Seconds for drawing a page, which takes a twentieth of one: twice that is less than a proxy waits.
LONGEST = 10

_reads = ContextVar("the database that this request reads", default=PRIMARY)


class Source(NamedTuple):
    """A database to draw a page from, and the `stamp` of the content that was last seen in it, None for never."""

    database: str
    stamp: str | None


class Databases:
    """The primary and its replica, as a delivery.watch.Watch sees each of them; `replica` is None without one."""

    def __init__(self, primary):
        self.primary = primary
        self.replica = Watch(REPLICA) if REPLICA in settings.DATABASES else None

    def start(self):
        self.primary.start()
        if self.replica:
            self.replica.start()

    @property
    def newest(self):
        """The state of the content as far as anybody can tell, None when nobody can."""
        return self.replica.stamp if self._knows_replica and not self._knows_primary else self.primary.stamp

    def sources(self, last=None, *, primary_first=False):
        """Where to draw a page from, the best first.

        With a `last` copy at hand these are only databases that answer and show something newer: maybe none.
        """
        found = []
        if self._knows_replica and (self._is_level or last is None or self.replica.stamp > last.stamp):
            found.append(self.replica)
        if self.primary.answers or last is None:
            found.append(self.primary)
        if self._knows_primary and (primary_first or not self._is_level):
            found.reverse()
        return [Source(each.database, each.stamp) for each in found]

    @property
    def _knows_primary(self):
        return self.primary.answers and self.primary.stamp is not None

    @property
    def _knows_replica(self):
        return self.replica is not None and self.replica.answers and self.replica.stamp is not None

    @property
    def _is_level(self):
        return self.replica is not None and self.replica.stamp == self.primary.stamp


@contextmanager
def reading(database):
    """Have every query of this request that only reads ask `database`, which has LONGEST seconds for all of them."""
    token = _reads.set(database)
    cut_off = threading.Timer(LONGEST, _cut, [connections[database]])
    cut_off.start()
    try:
        yield
    finally:
        cut_off.cancel()
        _reads.reset(token)


def _cut(connection):
    """Break a connection to PostgreSQL, whose client waits without end for a server that hangs."""
    raw = connection.connection
    if connection.vendor != "postgresql" or raw is None:
        return
    gone = OSError, connection.Database.InterfaceError
    with suppress(*gone), socket.socket(fileno=os.dup(raw.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def in_transaction():
    """Has this request begun to write? Then it reads what it wrote."""
    return connections[PRIMARY].in_atomic_block


class Router:
    """Django's router: what only reads asks the database that `reading` names; all else is the primary's."""

    def db_for_read(self, model, **hints):
        return PRIMARY if in_transaction() else _reads.get()

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True  # both databases hold the same rows

    def allow_migrate(self, database, app_label, **hints):
        return database == PRIMARY
