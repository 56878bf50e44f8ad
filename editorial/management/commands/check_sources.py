import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial.models import Source
from editorial.reaching import Asker
from editorial.source_checks import agent, check, spread_over_hosts

LONGEST_AGO = 36_500


class Command(BaseCommand):
    """Asks the addresses of sources whether they still answer, and keeps the outcome for the editors."""

    help = (
        "Ask each source's address whether it still answers: one request at a time, with a pause for each host. "
        "The outcome is kept beside the source; no source and no page is changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--only", metavar="KEY", help="ask this source alone")
        parser.add_argument("--older-than", metavar="DAYS", type=int, help="leave out what was asked in these days")
        parser.add_argument("--limit", metavar="N", type=int, help="ask at most so many, the longest waiting first")
        parser.add_argument("--timeout", metavar="SECONDS", type=float, default=10, help="10 when left out")
        parser.add_argument("--pause", metavar="SECONDS", type=float, default=2, help="for each host; 2 when left out")
        parser.add_argument("--dry-run", action="store_true", help="name what would be asked, and ask nothing")
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="also ask addresses in private networks and at unusual ports: only where every source is your own",
        )

    def handle(self, *, only, older_than, limit, timeout, pause, dry_run, allow_private, **options):
        sources = self.chosen(only, older_than, limit)
        if not (0 < timeout <= 120 and 0 <= pause <= 120):
            raise CommandError("--timeout and --pause are seconds: up to 120, and --timeout more than 0.")
        if dry_run:
            for source in spread_over_hosts(sources):
                self.stdout.write(f"{source.key}: {source.url}")
            self.stdout.write(f"A dry run: {len(sources)} would be asked, none was.")
            return
        asker = Asker(agent=agent(), allow_private=allow_private, timeout=timeout, pause=pause)
        self.stdout.write(str(check(sources, asker)))

    def chosen(self, only, older_than, limit):
        """The sources to ask. Raises CommandError for options that make no sense."""
        now = timezone.now()
        sources = Source.objects.not_asked_since(now)
        if older_than is not None:
            if not 0 < older_than <= LONGEST_AGO:
                raise CommandError(f"--older-than takes a number of days from 1 to {LONGEST_AGO:,}.")
            sources = Source.objects.not_asked_since(now - datetime.timedelta(days=older_than))
        if only is not None:
            if not Source.objects.filter(key=only).exists():
                raise CommandError(f"There is no source with the key “{only}”.")
            sources = sources.filter(key=only)
        if limit is not None:
            if limit < 1:
                raise CommandError("--limit takes a number of sources, 1 or more.")
            sources = sources[:limit]
        return list(sources)
