"""manage.py warm_pages: draw every page of the sitemap beforehand."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from delivery.pages import Pages
from delivery.warming import warm


class Command(BaseCommand):
    """Keeps each page where all processes find it, after an update or an edit of much."""

    help = "Draws every page of the sitemap beforehand, so that no reader waits for one, with a database or without."

    def handle(self, **options):
        if not settings.SITE_URL:
            raise CommandError("Set SITE_URL: pages are kept for the address by which readers reach them.")
        try:
            count = warm(Pages(get_wsgi_application(), thorough=True), settings.SITE_URL)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} pages are kept.")
