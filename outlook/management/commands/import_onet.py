import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from outlook.importing import onet
from outlook.importing.reading import Refusal


class Command(BaseCommand):
    """Loads the O*NET tables that stand in one folder."""

    help = (
        "Load O*NET tables (technology, interests, work styles, job zones, tasks) from a folder of the text edition, "
        "exactly as published at https://www.onetcenter.org/database.html, plain or .gz. All or nothing; older "
        "releases are kept, and tables that are not there stay as they are."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--release", default="", help="such as 30.2, when the folder's name does not say it (db_30_2_text does)"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--published", default="", help="the month of publication, such as 2026-02")
        parser.add_argument(
            "--retrieved", type=datetime.date.fromisoformat, help="the day you fetched the files, such as 2026-11-22"
        )

    def handle(self, *, folder, release, dry_run, published, retrieved, **options):
        try:
            stored = onet.import_folder(
                folder, period=release, published=published, retrieved=retrieved, dry_run=dry_run
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
        for each in stored:
            self.stdout.write(str(each))
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
