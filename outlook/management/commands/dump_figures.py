from django.core.management.base import BaseCommand

from outlook.importing import box


class Command(BaseCommand):
    """Writes the figures that readers see to the files that come with the project."""

    help = "Write the current releases to outlook/data/, for the next version of the project."

    def handle(self, **options):
        for entry in box.dump():
            self.stdout.write(f"{entry['period_name']} {entry['part']}: {', '.join(entry['files'])}")
