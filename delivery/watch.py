"""Knows, in each process and without a query for any request, which state of the content readers should see."""

import logging
import os
import threading
import time

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.utils import timezone

from .models import ContentStamp

logger = logging.getLogger(__name__)

# Seconds between two looks: an edit shows within one second, at two short queries a second for a process.
PAUSE = 0.5
# Seconds after the start of a process in which requests wait for the first look.
PATIENCE = 1
# Seconds. A look that takes longer says that the database hangs, until one is quicker.
LONGEST_LOOK = 2


def read_stamp(database=DEFAULT_DB_ALIAS):
    """The state of the content: its number, and the day, since pages say what is overdue today. Later ones sort later.

    Raises DatabaseError when the database does not answer, and ContentStamp.DoesNotExist when the row is missing.
    """
    return f"{ContentStamp.objects.using(database).get(pk=1).number:015}.{timezone.localdate()}"


class Watch:
    """Looks at the stamp in a thread of its own, so that no reader ever waits for a database that is slow or gone.

    `stamp` is the state that was seen last, None before the database answered for the first time. A database that is
    gone leaves it as it was. `is_counted` turns false when nobody counts changes: then nothing may be kept.
    `on_answer` is called after each look that the database answered.
    """

    def __init__(self, database=DEFAULT_DB_ALIAS, *, on_answer=lambda: None):
        self.database = database
        self.on_answer = on_answer
        self.stamp = None
        self.is_counted = True
        self._has_failed = self._was_slow = False
        self._looks_since = None  # of time.monotonic, None between two looks
        self._started = 0.0
        self._process = None
        self._starting = threading.Lock()
        self._has_looked = threading.Event()

    def start(self):
        """Begin to look, once in each process: a thread does not live on in the children of a server that forks.

        Returns when the first look was taken, or when the process has waited for a moment: requests that come later
        wait for nothing.
        """
        if self._process != os.getpid():
            with self._starting:
                if self._process != os.getpid():
                    self.stamp, self._has_looked = None, threading.Event()
                    self._has_failed = self._was_slow = False
                    self._looks_since, self._started = None, time.monotonic()
                    threading.Thread(target=self._look_for_ever, name="content stamp", daemon=True).start()
                    self._process = os.getpid()
        self._has_looked.wait(max(0, self._started + PATIENCE - time.monotonic()))

    @property
    def answers(self):
        """Did the database answer the last look, and does it keep none waiting?"""
        since = self._looks_since
        hangs = since is not None and time.monotonic() - since > LONGEST_LOOK
        return not (hangs or self._was_slow or self._has_failed)

    def _look_for_ever(self):
        pause = threading.Event()
        while True:
            self._looks_since = since = time.monotonic()
            self.look()
            self._was_slow, self._looks_since = time.monotonic() - since > LONGEST_LOOK, None
            self._has_looked.set()
            pause.wait(PAUSE)

    def look_now(self):
        """Take a look in the midst of a request, for somebody who has just changed the content."""
        connections[self.database].close_if_unusable_or_obsolete()  # as Django does when a request begins
        self.look()

    def look(self):
        """Take one look. Whatever goes wrong, the next one is taken."""
        try:
            self.stamp = read_stamp(self.database)
            self.is_counted, self._has_failed = True, False
            self.on_answer()
        except ContentStamp.DoesNotExist:
            self.is_counted, self._has_failed = False, True
        except (DatabaseError, InterfaceError):
            self._has_failed = True
            logger.info("The database did not say which state of the content is the newest.")  # as /readyz does
            self._begin_anew()
        except Exception:
            self._has_failed = True
            logger.exception("Looking for the newest state of the content failed.")
            self._begin_anew()

    def _begin_anew(self):
        """Throw a broken connection away, so that the next look makes a new one."""
        try:
            connections[self.database].close()
        except (DatabaseError, InterfaceError):
            logger.info("The connection was gone already.")
