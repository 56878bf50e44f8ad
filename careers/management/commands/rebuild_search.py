from django.core.management.base import BaseCommand
from django.db import connection

from careers.search import index, trigrams


class Command(BaseCommand):
    """The index follows every edit by itself; this starts it over, after changes made past Django."""

    help = "Writes the search index anew from everything that is published."

    def handle(self, **options):
        if trouble := trigrams.ensure(connection):
            self.stderr.write(trouble)
        entries = index.rebuild()
        self.stdout.write(f"{entries} pages can be found.")
