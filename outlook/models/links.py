"""Which official occupation comes near to which role."""

from django.db import models
from django.db.models import Q

from roles.models import Role

from .codes import Occupation


class RoleOccupationQuerySet(models.QuerySet):
    """The questions our pages ask about which official figures speak of a role."""

    def primary(self):
        return self.filter(is_primary=True).select_related("role", "occupation")

    def get_by_natural_key(self, key):
        return self.get(key=key)


class RoleOccupation(models.Model):
    """Why an official occupation is near to a role, and how far its figures can be trusted to speak of it.

    No statistical agency counts our roles. Each link is the editors' judgment by task and tools.
    """

    class Trust(models.TextChoices):
        """How much the occupation's figures tell about the role."""

        LOW = "low", "Low: a neighbor, good for comparing"
        MEDIUM = "medium", "Medium: many people in the role are counted here, among many others"
        HIGH = "high", "High: the figures are mostly about people in the role"

    key = models.SlugField(
        max_length=80,
        unique=True,
        editable=False,
        help_text="Name of the content file, such as ehr-developer-15-1252.",
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_occupations")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="role_occupations")
    is_primary = models.BooleanField("nearest", default=False, help_text="One per role: pages show its figures.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Low numbers come first, after the nearest.")
    trust = models.CharField("how far to trust it", max_length=10, choices=Trust.choices)
    why = models.TextField(help_text="Why it is near to the role. Plain text.")
    caveat = models.TextField(help_text="What does not fit. Readers see it beside the figures. Plain text.")

    objects = RoleOccupationQuerySet.as_manager()

    class Meta:
        verbose_name = "official occupation of a role"
        verbose_name_plural = "official occupations of roles"
        ordering = ["role__position", "-is_primary", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "occupation"], name="roleoccupation_once_per_pair"),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(is_primary=True),
                name="roleoccupation_one_nearest_per_role",
                violation_error_message="This role already has a nearest occupation.",
            ),
            models.CheckConstraint(
                condition=Q(trust__in=["low", "medium", "high"]), name="roleoccupation_trust_is_known"
            ),
            models.CheckConstraint(condition=~Q(why="") & ~Q(caveat=""), name="roleoccupation_says_why_and_what_not"),
        ]

    def __str__(self):
        return self.key

    def save(self, *args, **kwargs):
        if not self.key:
            self.key = f"{self.role.slug}-{self.occupation_id.replace('.', '-')}"
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.key,)
