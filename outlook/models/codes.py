"""What the figures are about: occupations, areas and industries, each under its official code.

The code is the primary key. It never changes, it is what files and addresses use, and it lets the database
itself check rules such as “industry detail only nationally” without a join.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

ALL_OCCUPATIONS = "00-0000"
SOFTWARE_DEVELOPERS = "15-1252"
NATION = "0000000"
ALL_INDUSTRIES = "000000"


class OccupationQuerySet(models.QuerySet):
    """The questions asked about occupations."""

    def with_estimates(self):
        """Those that the current pay release covers, “all occupations” left out."""
        return self.filter(estimates__release__state="current").exclude(code=ALL_OCCUPATIONS).distinct()

    def get_by_natural_key(self, code):
        return self.get(code=code)


class Occupation(models.Model):
    """An official occupation: a SOC code such as 15-1252, or an O*NET-SOC code below one, such as 15-1211.01.

    O*NET's 15-1252.00 is SOC 15-1252, and stands here under the short code. Pay and projections exist only for
    SOC codes; an O*NET-SOC occupation is counted within its `soc`.
    """

    code = models.CharField(
        max_length=10,
        primary_key=True,
        validators=[RegexValidator(r"^\d{2}-\d{4}(\.(?!00)\d{2})?$", "Write 15-1252, or 15-1211.01.")],
    )
    title = models.CharField(max_length=150)

    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="occupation_has_a_title")]

    def __str__(self):
        return f"{self.title} ({self.code})"

    def natural_key(self):
        return (self.code,)

    @property
    def soc(self):
        """The SOC code whose pay and projections include this occupation."""
        return self.code[:7]

    @property
    def onet_soc(self):
        """Its code in O*NET, which gives every SOC code two digits more."""
        return f"{self.code}.00" if self.is_counted_itself else self.code

    @property
    def is_counted_itself(self):
        """Does it have figures of its own, or only as a part of a larger occupation?"""
        return self.code == self.soc


class AreaQuerySet(models.QuerySet):
    """The questions asked about places."""

    def with_estimates(self):
        """Those for which the current pay release has figures of any occupation, by name."""
        current = models.Q(release__state="current", industry=ALL_INDUSTRIES)
        estimates = Area._meta.get_field("estimates").related_model.objects.filter(current)
        return self.filter(pk__in=estimates.values("area")).order_by("name", "code")


class Area(models.Model):
    """A place that OEWS gives figures for, under its seven-digit OEWS code."""

    class Kind(models.TextChoices):
        """How large it is. Non-metropolitan areas are the rest of a state, in regions."""

        NATION = "nation", "Nation"
        STATE = "state", "State or territory"
        METRO = "metro", "Metropolitan area"
        NONMETRO = "nonmetro", "Non-metropolitan area"

    code = models.CharField(max_length=7, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="Of an area within a state; the first one when it lies in several.",
    )
    abbreviation = models.CharField(max_length=2, blank=True, help_text="Of a state: two letters, such as CA.")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["nation", "state", "metro", "nonmetro"]), name="area_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["nation", "state"], state__isnull=True)
                | Q(kind__in=["metro", "nonmetro"], state__isnull=False),
                name="area_only_parts_of_states_have_a_state",
            ),
            models.CheckConstraint(
                condition=Q(kind="nation", code="0000000") | (~Q(kind="nation") & ~Q(code="0000000")),
                name="area_the_nation_is_0000000",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="area_by_kind_and_name")]

    def __str__(self):
        return self.name


class Industry(models.Model):
    """What an employer does, under its OEWS code (mostly NAICS). It is the employer's industry, not the product's.

    The group, the label and the order are our choice (`outlook/data/industries.csv`), everything else is official.
    """

    class Group(models.TextChoices):
        """Beside which others it stands in a comparison, in the order of the page."""

        HEALTHCARE = "healthcare", "Healthcare"
        TECH = "tech", "General tech"
        PUBLIC = "public", "Universities and government"
        NONE = "", "None"

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=150, help_text="The official name.")
    level = models.PositiveSmallIntegerField(help_text="0 for all industries, up to 5 for the finest.")
    group = models.CharField(max_length=12, choices=Group.choices, blank=True, default=Group.NONE)
    label = models.CharField(max_length=60, blank=True, help_text="Short name for readers. Empty: not shown.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "industries"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=["healthcare", "tech", "public", ""]), name="industry_group_is_known"
            ),
            models.CheckConstraint(condition=Q(group="") | ~Q(label=""), name="industry_in_a_group_has_a_label"),
        ]

    def __str__(self):
        return self.label or self.name
