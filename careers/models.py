"""What only the public pages show: reasons, trends, and the words around the data."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from editorial.models import Part, Publishable, PublishableQuerySet
from roles.models import Role, RoleLinkQuerySet


class Page(models.Model):
    """The words around the data on one page: its heading, introduction and section headings.

    Editors change them here; the page itself always exists, so there is no draft state.
    """

    key = models.SlugField(max_length=40, unique=True, help_text="Which page this is. Set by the site.")
    title = models.CharField(max_length=100, help_text="In the browser tab and in search results.")
    description = models.CharField(
        max_length=200, help_text="One or two sentences for search results and link previews."
    )
    heading = models.CharField(max_length=120, help_text="The large heading.")
    lead = models.TextField(help_text="The introduction under the heading. Markdown.")
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="The day someone last checked these words. Readers see it."
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.key

    def natural_key(self):
        return (self.key,)


class Passage(Part):
    """A heading on a page, with the text under it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="passages")
    key = models.SlugField(max_length=40, help_text="Where on the page it stands. Set by the site.")
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, help_text="Markdown.")

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="passage_once_per_page")]

    def __str__(self):
        return self.key


class ReasonQuerySet(PublishableQuerySet):
    """The questions our pages ask about reasons."""

    def with_pictures(self):
        """Published reasons that have a picture, with its figures and sources."""
        found = self.published().filter(figures__isnull=False).distinct()
        return found.with_sources().prefetch_related("figures")

    def for_page(self):
        """Published reasons with figures, roles and sources, in a fixed number of queries."""
        return (
            self.published()
            .with_sources()
            .prefetch_related("figures", models.Prefetch("role_reasons", RoleReason.objects.on_published_roles()))
        )


class Reason(Publishable):
    """A reason to choose healthcare over general tech, with the evidence on both sides."""

    title = models.CharField(max_length=80, unique=True)
    claim = models.TextField(help_text="The reason in two sentences. Markdown.")
    healthcare = models.TextField(help_text="What it is like in healthcare. Markdown.")
    general_tech = models.TextField(help_text="What it is like in general tech. Markdown.")
    evidence = models.TextField("evidence for", help_text="What is measured, with sources. Markdown.")
    counter_evidence = models.TextField("evidence against", help_text="As strong as the evidence for it. Markdown.")
    trade_off = models.TextField(help_text="What it costs you. Markdown.")
    who_should_not = models.TextField("who should not choose this", help_text="Markdown.")
    ask = models.TextField("ask in an interview", help_text="One question that shows whether it is true there.")
    finding = models.CharField(
        max_length=160, blank=True, help_text="What the picture shows, as a sentence. Empty: no picture."
    )
    figure_note = models.TextField(
        blank=True, help_text="What is counted, by whom and when, with the source. Markdown."
    )

    objects = ReasonQuerySet.as_manager()

    class Meta(Publishable.Meta):
        pass

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('careers:why-healthcare')}#{self.slug}"


class ReasonFigure(Part):
    """One bar in the picture of a reason. Bars are drawn to the scale of the largest."""

    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="figures")
    label = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    shown = models.CharField("value as shown", max_length=30, help_text="With its unit, such as 71.4%.")

    class Meta(Part.Meta):
        constraints = [models.CheckConstraint(condition=Q(value__gte=0), name="reasonfigure_is_not_negative")]

    def __str__(self):
        return self.label


class RoleReason(models.Model):
    """How well one reason fits one role. Editorial judgment, and said to be so."""

    class Strength(models.IntegerChoices):
        """How much the reason holds for the role."""

        LITTLE = 1, "A little"
        CLEARLY = 2, "Clearly"
        STRONGLY = 3, "Strongly"

    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="role_reasons")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_reasons")
    strength = models.PositiveSmallIntegerField(choices=Strength.choices)

    objects = RoleLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-strength", "role__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reason", "role"], name="rolereason_once_per_pair"),
            models.CheckConstraint(condition=Q(strength__in=[1, 2, 3]), name="rolereason_strength_is_known"),
        ]

    def __str__(self):
        return f"reason {self.reason_id}, role {self.role_id}"


class TrendQuerySet(PublishableQuerySet):
    """The questions our pages ask about trends."""

    def with_page_parts(self):
        """Adds the impacts on published roles, and the sources, in a fixed number of queries."""
        impacts = models.Prefetch("impacts", TrendImpact.objects.on_published_roles())
        return self.with_sources().prefetch_related(impacts)


class Trend(Publishable):
    """Something that changes the field: how real it is, and what it changes for whom."""

    class Maturity(models.IntegerChoices):
        """How far along it is."""

        IDEA = 1, "Idea"
        PILOTS = 2, "Pilots"
        SOME = 3, "Some hospitals"
        EVERYDAY = 4, "Everyday care"

    class Confidence(models.TextChoices):
        """How sure the editors are of their reading."""

        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    name = models.CharField(max_length=60, unique=True)
    summary = models.CharField(max_length=200, help_text="One plain sentence: what it is.")
    maturity = models.PositiveSmallIntegerField(choices=Maturity.choices)
    as_of = models.DateField(default=datetime.date.today, help_text="The day of this judgment. Readers see it.")
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    confidence_why = models.TextField(help_text="Why not more, or not less. Markdown.")
    real_today = models.TextField(help_text="What works today, with sources. Markdown.")
    still_a_promise = models.TextField(help_text="Markdown.")
    what_would_change_it = models.TextField("what to watch", help_text="Rules, dates or results to come. Markdown.")
    learn_now = models.TextField(help_text="One thing to learn or build now. Markdown.")

    objects = TrendQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=Q(maturity__in=[1, 2, 3, 4]), name="trend_maturity_is_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=["low", "medium", "high"]), name="trend_confidence_is_known"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("careers:trend", args=[self.slug])


class TrendImpactQuerySet(RoleLinkQuerySet):
    """The questions asked about which trend changes which role."""

    def on_published_trends(self):
        return self.on_published("trend").order_by(self.by_weight, "trend__position", "pk")


class TrendImpact(models.Model):
    """What one trend changes for one role. Editorial judgment, and said to be so."""

    class Strength(models.IntegerChoices):
        """How much of the work it changes."""

        LITTLE = 1, "A little"
        SOME = 2, "Some of the work"
        MUCH = 3, "Much of the work"

    trend = models.ForeignKey(Trend, on_delete=models.CASCADE, related_name="impacts")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="trend_impacts")
    strength = models.PositiveSmallIntegerField(choices=Strength.choices)
    change = models.TextField("what changes", help_text="What this role will do differently. Markdown.")

    objects = TrendImpactQuerySet.as_manager()

    class Meta:
        ordering = ["-strength", "role__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["trend", "role"], name="trendimpact_once_per_pair"),
            models.CheckConstraint(condition=Q(strength__in=[1, 2, 3]), name="trendimpact_strength_is_known"),
        ]

    def __str__(self):
        return f"trend {self.trend_id}, role {self.role_id}"


# Django looks for models here.
from .search.models import SearchEntry, SearchWord, Synonym  # noqa: E402, F401
