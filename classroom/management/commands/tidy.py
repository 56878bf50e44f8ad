from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from classroom.tidying import tidy_classes

# What is deleted after its time, each by the app that promised it: a function of this moment that says what it did.
# An app on the floor below joins here: packs.tidying.tidy_packs.
TIDIERS = [tidy_classes]


class Command(BaseCommand):
    """Keeps what advisors and classes left here only as long as their pages say."""

    help = "Deletes what is past the time that its page names. Run it every day; running it twice does no harm."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *, dry_run, **options):
        now = timezone.now()
        with transaction.atomic():
            said = [tidy(now) for tidy in TIDIERS]
            transaction.set_rollback(dry_run)
        if dry_run:
            self.stdout.write("Nothing is changed; this is what would happen.")
        for sentence in said:
            self.stdout.write(sentence)
