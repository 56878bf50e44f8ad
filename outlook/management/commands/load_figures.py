from django.core.management.base import BaseCommand

from outlook.importing import box
from outlook.models import Release


class Command(BaseCommand):
    """Loads the official figures that come with the project."""

    help = (
        "Load the figures in outlook/data/. Safe to run at every start: it does nothing for releases that are loaded, "
        "and never replaces what an operator imported from official files."
    )

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are figures already")

    def handle(self, *, if_empty, **options):
        if if_empty and Release.objects.exists():
            self.stdout.write("The database holds figures already; nothing was loaded.")
            return
        for line in box.load():
            self.stdout.write(line)
