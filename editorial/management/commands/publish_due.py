import os
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from editorial import desk


class Command(BaseCommand):
    """Publishes the drafts whose time has come."""

    help = "Publish the drafts whose time has come. Run it every minute, or once with --every."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on until the program that started this one ends"
        )

    def handle(self, *, every, **options):
        if not every:
            self.publish()
            return
        parent = os.getppid()
        while os.getppid() == parent:
            close_old_connections()
            try:
                self.publish()
            except DatabaseError as error:
                self.stderr.write(f"The database could not be asked for drafts: {error}")
            self.wait(every, parent)

    def publish(self):
        for version, trouble in desk.publish_due():
            said = f"could not be published: {trouble}" if trouble else "published"
            self.stdout.write(f"{version}: {said}")

    def wait(self, seconds, parent):
        """Sleep, but not longer than the program that started this one lives."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and os.getppid() == parent:
            time.sleep(1)
