from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from editorial.content.archive import unpacked
from editorial.content.files import ContentError
from editorial.content.load import is_empty, load


class Command(BaseCommand):
    """Makes the database agree with the content files."""

    help = "Load the content files. Safe to run twice, all or nothing; edits made in the admin are left alone."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            nargs="?",
            default=settings.CONTENT_DIR,
            type=Path,
            help="where the files are: a folder, or a dataset as the site gives it out (.zip)",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--overwrite", action="store_true", help="take the files' words over editors' changes")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is content already")

    def handle(self, *, folder, dry_run, overwrite, if_empty, **options):
        if if_empty and not is_empty():
            self.stdout.write("The database holds content already; nothing was loaded.")
            return
        try:
            with unpacked(folder) as content_dir:
                report = load(content_dir, overwrite=overwrite, dry_run=dry_run)
        except ContentError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        self.stdout.write(str(report))
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
