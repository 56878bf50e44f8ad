from django.core.management.base import BaseCommand, CommandError

from match.fairness import TOLERANCE, measure
from match.models import QuestionSet
from roles.models import Role


class Command(BaseCommand):
    """Measures whether the current questions lean toward a role."""

    help = "Say how often each role comes first on random answer sheets. Fails when the questions lean."

    def add_arguments(self, parser):
        parser.add_argument("--sheets", type=int, default=100_000, help="how many random answer sheets")
        parser.add_argument("--seed", type=int, default=1, help="another seed draws other sheets")

    def handle(self, *, sheets, seed, **options):
        if sheets < 1:
            raise CommandError("Ask for one sheet or more.")
        kept = QuestionSet.objects.current()
        if kept is None:
            raise CommandError("There are no questions. Load them with load_content.")
        found = measure(kept.questions, list(Role.objects.published().values_list("slug", flat=True)), sheets, seed)
        self.stdout.write(f"Version {kept.code}: {len(kept.questions.statements)} statements, {sheets:,} sheets.\n")
        self.stdout.write(f"{'first place, in percent':42}{'random':>8}{'agreeable':>11}  can be clearly first")
        for role, share in found.shares.items():
            reachable = "yes" if found.clear[role] else "NO"
            self.stdout.write(f"{role:42}{share:8.2f}{found.agreeable[role]:11.2f}  {reachable}")
        for role in found.unweighted:
            self.stdout.write(f"{role:42}  no weight: ranked last")
        low, high = found.likeness
        self.stdout.write(
            f"An equal share is {found.equal_share:.2f}. Chance adds up to {found.sampling_error:.2f} either way. "
            f"Correlations between roles: {low:.2f} to {high:.2f}."
        )
        if not found.is_fair:
            raise CommandError(f"The questions lean by more than {TOLERANCE} points, or a role is out of reach.")
