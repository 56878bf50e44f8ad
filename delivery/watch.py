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


def read_stamp():
    """The state of the content: its number, and the day, since pages say what is overdue today.

    Raises DatabaseError when the database does not answer, and ContentStamp.DoesNotExist when the row is missing.
    """
    return f"{ContentStamp.objects.get(pk=1).number}.{timezone.localdate()}"


class Watch:
    """Looks at the stamp in a thread of its own, so that no reader ever waits for a database that is slow or gone.

    `stamp` is the state that was seen last, None before the database answered for the first time. A database that is
    gone leaves it as it was. `is_counted` turns false when nobody counts changes: then nothing may be kept.
    """

    def __init__(self):
        self.stamp = None
        self.is_counted = True
        self._process = None
        self._starting = threading.Lock()

    def start(self):
        """Begin to look, once in each process: a thread does not live on in the children of a server that forks."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self.stamp = None
            threading.Thread(target=self._look_for_ever, name="content stamp", daemon=True).start()

    def _look_for_ever(self):
        pause = threading.Event()
        while True:
            self.look()
            pause.wait(PAUSE)

    def look(self):
        """Take one look."""
        try:
            self.stamp = read_stamp()
            self.is_counted = True
        except ContentStamp.DoesNotExist:
            self.is_counted = False
        except (DatabaseError, InterfaceError):
            # Said by /readyz too. A broken connection is thrown away, so that the next look makes a new one.
            logger.info("The database did not say which state of the content is the newest.")
            connection.close()
