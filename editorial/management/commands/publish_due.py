import time

from django.core.management.base import BaseCommand

from editorial import desk


class Command(BaseCommand):
    """Publishes the drafts whose time has come."""

    help = "Publish the drafts whose time has come. Run it every minute, or once with --every."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, and look again after so many seconds")

    def handle(self, *, every, **options):
        while True:
            for version, trouble in desk.publish_due():
                said = f"could not be published: {trouble}" if trouble else "published"
                self.stdout.write(f"{version}: {said}")
            if not every:
                return
            time.sleep(every)
