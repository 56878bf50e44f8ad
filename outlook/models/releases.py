"""One edition of official figures, as it was fetched."""

import datetime

from django.db import models
from django.db.models import Q

from editorial.models import validate_partial_date

from ..programs import PROGRAMS, period_order, successor_due


class ReleaseQuerySet(models.QuerySet):
    """The questions asked about releases."""

    def current(self):
        """The releases whose figures readers see."""
        return self.filter(state=Release.State.CURRENT)

    def of(self, program, part=""):
        return self.filter(program=program, part=part)

    def outdated(self, today=None):
        """Current releases whose successor has usually come out by `today`: a list, oldest due date first."""
        today = today or datetime.date.today()
        due = [release for release in self.current() if release.successor_due and release.successor_due < today]
        return sorted(due, key=lambda release: (release.successor_due, release.pk))


class Release(models.Model):
    """One edition of one program's figures, such as OEWS May 2025. Older editions are kept.

    O*NET publishes its tables together but does not renew all of them each time, so each table (`part`) has a
    release of its own. The state is `loading` only inside the transaction that loads it.
    """

    class Program(models.TextChoices):
        """Who counts."""

        OEWS = "oews", "BLS Occupational Employment and Wage Statistics"
        PROJECTIONS = "projections", "BLS Employment Projections"
        ONET = "onet", "O*NET Database"

    class State(models.TextChoices):
        """Whether readers see it."""

        LOADING = "loading", "Being loaded"
        CURRENT = "current", "Shown to readers"
        SUPERSEDED = "superseded", "Kept, but a newer one is shown"

    program = models.CharField(max_length=12, choices=Program.choices)
    part = models.CharField(
        "table", max_length=40, blank=True, help_text="For O*NET: which table, such as Technology Skills."
    )
    period = models.CharField(max_length=20, help_text="The publisher's code: 2025A01, 2024-34 or 30.2.")
    period_name = models.CharField(max_length=40, help_text="The same for readers: May 2025, 2024–34, O*NET 30.2.")
    source_url = models.URLField("address", max_length=400)
    published = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text="2026, 2026-05 or 2026-05-15; empty when the files do not say.",
    )
    retrieved = models.DateField(null=True, blank=True, help_text="The day the files were fetched from the publisher.")
    sha256 = models.JSONField(
        "SHA-256 of the files", default=dict, blank=True, help_text="By file name, of the unpacked content."
    )
    footnotes = models.JSONField(
        default=dict, blank=True, help_text="The publisher's own footnotes, by code. Top-coded wages quote them."
    )
    attribution = models.TextField(help_text="The credit line shown beside the figures.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.LOADING)
    loaded_at = models.DateTimeField(auto_now=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["program", "part", "-period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "part", "period"], name="release_once_per_period"),
            models.UniqueConstraint(
                fields=["program", "part"],
                condition=Q(state="current"),
                name="release_one_current_per_table",
                violation_error_message="Another release of this program is shown to readers already.",
            ),
            models.CheckConstraint(
                condition=Q(program__in=["oews", "projections", "onet"]), name="release_program_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["loading", "current", "superseded"]), name="release_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(period=""), name="release_has_a_period"),
        ]

    def __str__(self):
        if self.part:
            return f"{self.period_name}, {self.part}"
        return f"{PROGRAMS[self.program].name}, {self.period_name}"

    def natural_key(self):
        return (self.program, self.part, self.period)

    @property
    def successor_due(self):
        """The day by which the next release has usually come out."""
        return successor_due(self.program, self.period)

    def is_newer_than(self, other):
        return period_order(self.period) > period_order(other.period)
