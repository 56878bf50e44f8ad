from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import URLValidator

from offline import export
from offline.assets import MissingAsset
from offline.folder import BadNames, WrongFolder
from offline.harvest import TooMany
from offline.standalone import START_HERE

TROUBLES = (WrongFolder, BadNames, MissingAsset, TooMany, export.Changed)


class Command(BaseCommand):
    """Takes the site to where there is no network."""

    help = "Write the whole public site as files that open from a USB stick or any web space, with a search."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="a new folder, an empty one, or an earlier copy")
        parser.add_argument(
            "--site-url",
            default=settings.SITE_URL,
            help="where the site itself can be reached, for what only it can do (SITE_URL when left out)",
        )

    def handle(self, *, folder, site_url, verbosity, **options):
        live = site_url.rstrip("/")
        try:
            if live:
                URLValidator(schemes=["http", "https"])(live)
            report = export.export(folder.absolute(), live)
        except ValidationError as error:
            raise CommandError(f"--site-url {site_url}: write a whole address, such as https://example.org.") from error
        except (*TROUBLES, OSError) as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        if verbosity > 1:
            for file, address in sorted(report.pages.items()):
                self.stdout.write(f"{address} → {file}")
            for address in report.refused:
                self.stdout.write(f"{address}: only on the site itself")
        self.stdout.write(summary(report))
        self.stdout.write(f"{folder / START_HERE} is the page to begin with.")


def summary(report):
    """One line on what was written."""
    written = report.written
    words = f"{len(report.pages)} pages in {written.files} files, {written.size / 1e6:.1f} MB."
    return f"{words} {len(written.gone)} files of the earlier copy are gone." if written.gone else words
