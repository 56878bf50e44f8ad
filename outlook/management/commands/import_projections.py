import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from outlook.importing import projections
from outlook.importing.reading import Refusal


class Command(BaseCommand):
    """Loads one set of employment projections from the file that BLS publishes."""

    help = (
        "Load employment projections from BLS's occupation.xlsx, its Table 1.2 as CSV, or the CSV export of "
        "https://data.bls.gov/projections/occupationProj. All or nothing; older sets are kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--published", default="", help="the day of publication, such as 2025-08-28")
        parser.add_argument(
            "--retrieved", type=datetime.date.fromisoformat, help="the day you fetched the file, such as 2026-11-22"
        )

    def handle(self, *, file, dry_run, published, retrieved, **options):
        try:
            stored = projections.import_file(file, published=published, retrieved=retrieved, dry_run=dry_run)
        except Refusal as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
        self.stdout.write(str(stored))
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
