"""Commands that do something once, or again and again beside a server."""

import os
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections


class RepeatingCommand(BaseCommand):
    """Calls `do()` once, or with --every again and again until the program that started this one ends.

    A database that is gone for a while ends nothing then, nor does a CommandError: the next round may go better.
    """

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on until the program that started this one ends"
        )

    def do(self):
        raise NotImplementedError

    def handle(self, *, every, **options):
        if not every:
            self.do()
            return
        parent = os.getppid()
        while os.getppid() == parent:
            close_old_connections()
            try:
                self.do()
            except DatabaseError as error:
                self.stderr.write(f"The database could not be asked: {error}")
            except CommandError as error:
                self.stderr.write(str(error))
            self._wait(every, parent)

    @staticmethod
    def _wait(seconds, parent):
        """Sleep, but not longer than the program that started this one lives."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and os.getppid() == parent:
            time.sleep(1)
