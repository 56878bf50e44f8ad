"""manage.py publish_due: publish the drafts whose time has come."""

from editorial import desk
from editorial.repeating import RepeatingCommand


class Command(RepeatingCommand):
    """Publishes the drafts whose time has come."""

    help = "Publish the drafts whose time has come. Run it every minute, or once with --every."

    def do(self):
        for version, trouble in desk.publish_due():
            said = f"could not be published: {trouble}" if trouble else "published"
            self.stdout.write(f"{version}: {said}")
