from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from classroom.tidying import tidy_classes
from packs.tidying import tidy_packs

# What is deleted after its time, in words, and who deletes it: a function of this moment that returns how many.
TIDIERS = {"Classes past their time": tidy_classes, "Packs closed for long": tidy_packs}


class Command(BaseCommand):
    """Keeps what advisors and classes left here only as long as their pages say."""

    help = "Deletes what is past the time that its page names. Run it every day; running it twice does no harm."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *, dry_run, **options):
        now = timezone.now()
        with transaction.atomic():
            deleted = {what: tidy(now) for what, tidy in TIDIERS.items()}
            transaction.set_rollback(dry_run)
        would = "would be " if dry_run else ""
        for what, count in deleted.items():
            self.stdout.write(f"{what}: {count} {would}deleted.")
