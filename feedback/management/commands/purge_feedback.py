from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from feedback.models import Feedback


class Command(BaseCommand):
    """Keeps reports only as long as they are needed."""

    help = "Removes the mail addresses of finished reports, and reports older than --days. Run it every day."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=365, help="how long a report is kept (365)")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *, days, dry_run, **options):
        if days < 1:
            raise CommandError("--days must be 1 or more.")
        with transaction.atomic():
            old = Feedback.objects.older_than(days)
            unread = old.waiting().count()
            deleted, _ = old.delete()
            emptied = Feedback.objects.finished().exclude(mail="").update(mail="")
            transaction.set_rollback(dry_run)
        would = "would be " if dry_run else ""
        self.stdout.write(f"Reports older than {days} days: {deleted} {would}deleted.")
        if unread:
            self.stdout.write(f"  {unread} of them nobody had finished.")
        self.stdout.write(f"Mail addresses of finished reports: {emptied} {would}removed.")
