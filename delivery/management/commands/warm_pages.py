"""manage.py warm_pages: draw every page of the sitemap beforehand."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application

from delivery.pages import Pages
from delivery.warming import warm
from delivery.watch import read_stamp
from editorial.repeating import RepeatingCommand


class Command(RepeatingCommand):
    """Keeps each page where all processes find it, after an update or an edit."""

    help = (
        "Draws every page of the sitemap beforehand, so that no reader waits for one, with a database or without. "
        "With --every it does so again whenever the content has changed and then rested for that long."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages, self.seen, self.warmed = None, None, None

    def handle(self, **options):
        if not settings.SITE_URL:
            raise CommandError("Set SITE_URL: pages are kept for the address by which readers reach them.")
        self.pages = Pages(get_wsgi_application(), thorough=True)
        self.is_repeated = bool(options["every"])
        super().handle(**options)

    def do(self):
        stamp = read_stamp()
        # Somebody who saves ten times in a row has the pages drawn once.
        is_at_rest, self.seen = stamp == self.seen, stamp
        if self.is_repeated and (stamp == self.warmed or not (is_at_rest or self.warmed is None)):
            return
        try:
            count = warm(self.pages, settings.SITE_URL)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.warmed = stamp
        self.stdout.write(f"{count} pages are kept.")
