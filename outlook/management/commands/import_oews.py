import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from outlook.importing import oews
from outlook.importing.reading import Refusal


class Command(BaseCommand):
    """Loads one OEWS release from the files that BLS publishes."""

    help = (
        "Load an OEWS release from a folder with oe.data.0.Current and its code lists, exactly as published at "
        "https://download.bls.gov/pub/time.series/oe/, plain or .gz. All or nothing; older releases are kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--published", default="", help="the day of publication, such as 2026-05-15")
        parser.add_argument(
            "--retrieved",
            type=datetime.date.fromisoformat,
            help="the day you fetched the files, such as 2026-09-26; BLS asks to show it",
        )

    def handle(self, *, folder, dry_run, published, retrieved, **options):
        try:
            stored = oews.import_folder(folder, published=published, retrieved=retrieved, dry_run=dry_run)
        except Refusal as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
        self.stdout.write(str(stored))
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
