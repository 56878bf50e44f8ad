"""Pay and employment of one occupation in one place or industry."""

from django.db import models
from django.db.models import F, Q

from ..figures import PERCENTILES, TOP_CODED, UNRELEASED
from .codes import ALL_INDUSTRIES, NATION, Area, Industry, Occupation
from .releases import Release

# Every value of an estimate; each has a mark of the same name with `_mark` for when it is not there.
VALUES = ["employment", "employment_rse", "mean", "wage_rse", *PERCENTILES, "location_quotient", "jobs_per_1000"]


def _mark_or_value():
    """No value has a mark, and no mark has a value."""
    condition = Q()
    for name in VALUES:
        condition &= Q(**{f"{name}_mark": ""}) | Q(**{f"{name}__isnull": True})
    return condition


def _known_marks():
    """Any value may be unreleased; only wages are ever top-coded."""
    condition = Q()
    for name in VALUES:
        marks = ["", UNRELEASED, TOP_CODED] if name in ("mean", *PERCENTILES) else ["", UNRELEASED]
        condition &= Q(**{f"{name}_mark__in": marks})
    return condition


def _rising_percentiles():
    """A lower percentile is never above a higher one. Missing values hide nothing: each pair is compared."""
    condition = Q()
    for index, low in enumerate(PERCENTILES):
        for high in PERCENTILES[index + 1 :]:
            condition &= Q(**{f"{low}__lte": F(high)}) | Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True})
            condition &= ~Q(**{f"{low}_mark": TOP_CODED}) | Q(**{f"{high}__isnull": True})
    return condition


class EstimateQuerySet(models.QuerySet):
    """The questions our pages ask about pay and employment.

    Occupations, areas and industries are given as codes. Each question answers with loaded areas, industries and
    releases, so that showing a row costs no further query.
    """

    def current(self):
        """Those of the release that readers see."""
        return self.filter(release__state=Release.State.CURRENT)

    def national(self, occupations):
        """Each occupation in the whole nation and all industries: one row at most per release."""
        return self._loaded().filter(occupation__in=occupations, area=NATION, industry=ALL_INDUSTRIES)

    def in_areas(self, occupations, areas):
        """Each occupation in each of these areas, all industries: one row at most for each pair per release."""
        return self._loaded().filter(occupation__in=occupations, area__in=areas, industry=ALL_INDUSTRIES)

    def across_areas(self, occupation):
        """The occupation in every area, the nation among them, all industries, by name."""
        return self._loaded().filter(occupation=occupation, industry=ALL_INDUSTRIES).order_by("area__name", "area_id")

    def across_industries(self, occupation):
        """The occupation in each industry of a group, nationally, in the order of our list."""
        grouped = self._loaded().filter(occupation=occupation, area=NATION).exclude(industry__group="")
        return grouped.order_by("industry__position", "industry_id")

    def in_industries(self, occupation, industries):
        """The occupation in these industries, nationally."""
        return self._loaded().filter(occupation=occupation, area=NATION, industry__in=industries)

    def _loaded(self):
        return self.select_related("occupation", "area", "industry", "release")


class Estimate(models.Model):
    """What one occupation earned, and how many did it, in one area and industry in one OEWS release.

    Wages are gross U.S. dollars a year (2,080 hours), without overtime, bonuses and stock; the self-employed are
    left out. `mean` is the average; p10 to p90 are percentiles: a tenth earn less than p10, half less than p50.
    `employment` is a rounded number of jobs. The relative standard errors are percents: `employment_rse` of
    employment, `wage_rse` of the mean wage. `location_quotient` is the area's share of this occupation over the
    nation's (1 = the same), and `jobs_per_1000` its jobs in every 1,000; both exist only below the nation.

    A value is a number, or None with a mark: unreleased, or a wage at or above the top of the published scale. None
    without a mark: this release has no such figure, as with a nation's location quotient. Rules:
    https://www.bls.gov/oes/oes_doc.htm and the footnotes in the release.
    """

    class Mark(models.TextChoices):
        """Why a value is missing."""

        NONE = "", "Published"
        UNRELEASED = UNRELEASED, "Not released"
        TOP_CODED = TOP_CODED, "At or above the highest published wage"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="estimates")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="estimates")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="estimates", db_index=False)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, related_name="estimates", db_index=False)

    employment = models.PositiveIntegerField(null=True, blank=True)
    employment_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    employment_rse = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    employment_rse_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    mean = models.PositiveIntegerField(null=True, blank=True)
    mean_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    wage_rse = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    wage_rse_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    p10 = models.PositiveIntegerField("10th percentile", null=True, blank=True)
    p10_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    p25 = models.PositiveIntegerField("25th percentile", null=True, blank=True)
    p25_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    p50 = models.PositiveIntegerField("median", null=True, blank=True)
    p50_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    p75 = models.PositiveIntegerField("75th percentile", null=True, blank=True)
    p75_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    p90 = models.PositiveIntegerField("90th percentile", null=True, blank=True)
    p90_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    location_quotient = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    location_quotient_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")
    jobs_per_1000 = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    jobs_per_1000_mark = models.CharField(max_length=1, choices=Mark.choices, blank=True, default="")

    objects = EstimateQuerySet.as_manager()

    class Meta:
        ordering = ["release", "occupation", "area", "industry"]
        constraints = [
            # Also the index for one occupation in one area, and nationally across industries.
            models.UniqueConstraint(
                fields=["release", "occupation", "area", "industry"], name="estimate_once_per_cell"
            ),
            models.CheckConstraint(condition=_rising_percentiles(), name="estimate_percentiles_rise"),
            models.CheckConstraint(condition=_mark_or_value(), name="estimate_mark_and_value_exclude_each_other"),
            models.CheckConstraint(condition=_known_marks(), name="estimate_marks_are_known"),
            models.CheckConstraint(
                condition=Q(area=NATION) | Q(industry=ALL_INDUSTRIES),
                name="estimate_industry_detail_only_nationally",
                violation_error_message="Figures by industry exist only for the whole nation.",
            ),
        ]
        indexes = [
            # One occupation across all areas.
            models.Index(fields=["release", "occupation", "industry", "area"], name="estimate_across_areas"),
        ]

    def __str__(self):
        return f"{self.occupation_id} in {self.area_id}, industry {self.industry_id}"
