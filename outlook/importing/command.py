"""What the three import commands share: the same options, the same answer, the same way to refuse."""

import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError

from .reading import Refusal


class ImportCommand(BaseCommand):
    """Loads official files, all or nothing, and says what changed."""

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--published", default="", help="the day or month of publication, such as 2026-05-15")
        parser.add_argument(
            "--retrieved",
            type=datetime.date.fromisoformat,
            help="the day you fetched the files, such as 2026-09-26; it stands beside the figures",
        )

    def load(self, options, **said):
        """Read and store what `options` name. `said`: dry_run, published, retrieved. Returns a list of Stored."""
        raise NotImplementedError

    def handle(self, *, dry_run, published, retrieved, **options):
        try:
            stored = self.load(options, dry_run=dry_run, published=published, retrieved=retrieved)
        except Refusal as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
        except (IntegrityError, DataError) as error:
            raise CommandError(f"The files break a rule of the database. {error}\nNothing was changed.") from error
        for each in stored:
            self.stdout.write(str(each))
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
