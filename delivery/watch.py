"""Knows, in each process and without a query for any request, which state of the content readers should see."""

import logging
import os
import threading

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from .models import ContentStamp

logger = logging.getLogger(__name__)

# Seconds between two looks: an edit shows within one second, at two short queries a second for a process.
PAUSE = 0.5
# Seconds for which the first request of a process waits for the first look.
PATIENCE = 1


def read_stamp():
    """The state of the content: its number, and the day, since pages say what is overdue today.

    Raises DatabaseError when the database does not answer, and ContentStamp.DoesNotExist when the row is missing.
    """
    return f"{ContentStamp.objects.get(pk=1).number}.{timezone.localdate()}"


class Watch:
    """Looks at the stamp in a thread of its own, so that no reader ever waits for a database that is slow or gone.

    `stamp` is the state that was seen last, None before the database answered for the first time. A database that is
    gone leaves it as it was. `is_counted` turns false when nobody counts changes: then nothing may be kept.
    `on_answer` is called after each look that the database answered.
    """

    def __init__(self, on_answer=lambda: None):
        self.on_answer = on_answer
        self.stamp = None
        self.is_counted = True
        self._process = None
        self._starting = threading.Lock()
        self._has_looked = threading.Event()

    def start(self):
        """Begin to look, once in each process: a thread does not live on in the children of a server that forks.

        Returns when the first look was taken, or after a moment when the database does not answer.
        """
        if self._process != os.getpid():
            with self._starting:
                if self._process != os.getpid():
                    self.stamp, self._has_looked = None, threading.Event()
                    threading.Thread(target=self._look_for_ever, name="content stamp", daemon=True).start()
                    self._process = os.getpid()
        self._has_looked.wait(PATIENCE)

    def _look_for_ever(self):
        pause = threading.Event()
        while True:
            self.look()
            self._has_looked.set()
            pause.wait(PAUSE)

    def look(self):
        """Take one look. Whatever goes wrong, the next one is taken."""
        try:
            self.stamp = read_stamp()
            self.is_counted = True
            self.on_answer()
        except ContentStamp.DoesNotExist:
            self.is_counted = False
        except (DatabaseError, InterfaceError):
            logger.info("The database did not say which state of the content is the newest.")  # as /readyz does
            self._begin_anew()
        except Exception:
            logger.exception("Looking for the newest state of the content failed.")
            self._begin_anew()

    @staticmethod
    def _begin_anew():
        """Throw a broken connection away, so that the next look makes a new one."""
        try:
            connection.close()
        except (DatabaseError, InterfaceError):
            logger.info("The connection was gone already.")
