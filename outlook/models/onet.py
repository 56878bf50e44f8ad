"""What O*NET says about an occupation: tools, scores and, after an operator's own import, tasks."""

from django.db import models

from .codes import Occupation
from .releases import Release


class OnetQuerySet(models.QuerySet):
    """The questions our pages ask about O*NET rows."""

    def current(self):
        """Those of the releases that readers see."""
        return self.filter(release__state=Release.State.CURRENT)

    def of(self, occupation):
        return self.filter(occupation=occupation).select_related("release")

    def in_demand(self):
        """Technologies that job ads for the occupation often name, as O*NET flags them."""
        return self.filter(in_demand=True)

    def highest_first(self):
        """Ratings, on whatever scale, from high to low."""
        return self.order_by("-value", "element_id", "pk")


class Technology(models.Model):
    """A tool that people in one occupation use, as O*NET lists it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="technologies")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="technologies")
    name = models.CharField(max_length=150)
    commodity = models.CharField("commodity code", max_length=8, help_text="UNSPSC code of the kind of tool.")
    category = models.CharField(max_length=150, help_text="The kind of tool, in O*NET's words.")
    is_hot = models.BooleanField("hot technology", help_text="Named often in job ads of all kinds.")
    in_demand = models.BooleanField(help_text="Named often in job ads for this occupation.")

    objects = OnetQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "technologies"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "occupation", "name", "commodity"], name="technology_once_per_occupation"
            ),
        ]

    def __str__(self):
        return self.name


class Rating(models.Model):
    """A score that O*NET gives an occupation on one of its scales.

    `scale` is O*NET's: OI an interest (1 to 7), WI the impact of a work style (-3 to 3). JZ is ours, for the job zone
    (1 to 5). How a score was made (asked, rated by experts, predicted) is in `made_by`.
    """

    INTERESTS, WORK_STYLES, JOB_ZONE = "OI", "WI", "JZ"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="ratings")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="ratings")
    scale = models.CharField(max_length=3)
    element_id = models.CharField(max_length=20)
    element = models.CharField(max_length=150)
    value = models.DecimalField(max_digits=6, decimal_places=2)
    made_by = models.CharField(max_length=40, help_text="O*NET's domain source, such as AI/Expert.")

    objects = OnetQuerySet.as_manager()

    class Meta:
        ordering = ["scale", "-value", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "occupation", "scale", "element_id"], name="rating_once_per_element"
            ),
        ]

    def __str__(self):
        return f"{self.element}: {self.value}"


class Task(models.Model):
    """A task of an occupation in O*NET's words. The site brings none: an operator imports them."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="tasks")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="tasks")
    task_id = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=20, blank=True, help_text="Core or Supplemental.")

    objects = OnetQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "task_id"]
        constraints = [
            models.UniqueConstraint(fields=["release", "occupation", "task_id"], name="task_once_per_occupation"),
        ]

    def __str__(self):
        return self.text
