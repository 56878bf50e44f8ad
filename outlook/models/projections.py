"""How many jobs an occupation is expected to have in ten years."""

from django.db import models
from django.db.models import F, Q

from .codes import Occupation
from .releases import Release


class ProjectionQuerySet(models.QuerySet):
    """The questions our pages ask about projections."""

    def current(self):
        """Those of the release that readers see."""
        return self.filter(release__state=Release.State.CURRENT)

    def of(self, occupation):
        return self.filter(occupation=occupation).select_related("occupation", "release")


class Projection(models.Model):
    """What the Bureau of Labor Statistics expects of one occupation: the whole nation, all industries.

    Jobs, the change and the openings are in thousands, as published; a change is rounded on its own and may differ
    from the difference by 0.1. Openings are a year's average of growth and of people who leave the occupation.
    The self-employed are counted here, unlike in the pay figures.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="projections")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="projections")
    period = models.CharField(max_length=9, help_text="First and last year: 2024-2034.")
    jobs_now = models.DecimalField("jobs in the first year", max_digits=9, decimal_places=1)
    jobs_then = models.DecimalField("jobs in the last year", max_digits=9, decimal_places=1)
    change = models.DecimalField(max_digits=9, decimal_places=1)
    percent = models.DecimalField(max_digits=6, decimal_places=1)
    openings = models.DecimalField("openings a year", max_digits=8, decimal_places=1, null=True, blank=True)
    education = models.CharField(
        "typical entry education", max_length=60, blank=True, help_text="Empty: the release names none."
    )

    objects = ProjectionQuerySet.as_manager()

    class Meta:
        ordering = ["release", "occupation"]
        constraints = [
            models.UniqueConstraint(fields=["release", "occupation"], name="projection_once_per_occupation"),
            models.CheckConstraint(
                condition=Q(jobs_now__gte=0) & Q(jobs_then__gte=0), name="projection_jobs_are_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(change__lte=F("jobs_then") - F("jobs_now") + 0.25)
                & Q(change__gte=F("jobs_then") - F("jobs_now") - 0.25),
                name="projection_change_is_the_difference",
            ),
        ]

    def __str__(self):
        return f"{self.occupation_id}, {self.period}"

    @property
    def years(self):
        """(first, last) as texts."""
        return tuple(self.period.split("-"))
