from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from editorial.content.dump import dump


class Command(BaseCommand):
    """Writes the database back to the content files."""

    help = "Write all content to YAML files, one per thing, ready to be reviewed and committed."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=settings.CONTENT_DIR, type=Path)

    def handle(self, *, folder, **options):
        self.stdout.write(f"{dump(folder)} files written to {folder}.")
