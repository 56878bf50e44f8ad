"""A role, and how it is linked to software and standards."""

from django.db import models
from django.urls import reverse

from editorial.models import Publishable, PublishableQuerySet

from .links import RoleLinkQuerySet
from .software import SoftwareCategory
from .standards import Standard


class RoleQuerySet(PublishableQuerySet):
    """The questions our pages ask about roles."""

    def for_cards(self):
        """Published roles with all a card shows, in two queries."""
        return self.published().prefetch_related(
            models.Prefetch("role_categories", RoleCategory.objects.on_published_categories())
        )

    def with_own_parts(self):
        """Adds every part of the role that this app owns, in a fixed number of queries."""
        return self.with_sources().prefetch_related(
            "alternative_titles",
            "fits",
            "responsibilities",
            "collaborators",
            "week_activities",
            "differences",
            "entry_routes",
            "certificates",
            "projects",
            "destinations",
            "employer_notes",
            "employer_questions",
            models.Prefetch("role_categories", RoleCategory.objects.on_published_categories()),
            models.Prefetch("role_standards", RoleStandard.objects.on_published_standards()),
        )


class Role(Publishable):
    """A job that people who build healthcare software do, such as EHR developer."""

    class Color(models.TextChoices):
        """The color of the role's line across the site."""

        BLUE = "blue", "Blue"
        PLUM = "plum", "Plum"
        RUST = "rust", "Rust"
        OCHRE = "ochre", "Ochre"
        GREEN = "green", "Green"
        SLATE = "slate", "Slate (calm, for any role)"
        ROSE = "rose", "Rose"
        VIOLET = "violet", "Violet"

    class Icon(models.TextChoices):
        """The picture in the role's station."""

        CLIPBOARD = "clipboard", "Clipboard"
        SCANNER = "scanner", "Scanner"
        PHONE = "phone", "Phone with a pulse"
        DECISION = "decision", "Branching decision"
        VIDEO = "video", "Video visit"
        STATION = "station", "Plain station"

    title = models.CharField(max_length=80, unique=True)
    short_title = models.CharField(max_length=20, help_text="For narrow tables, such as EHR or Imaging.")
    color = models.CharField(max_length=10, choices=Color.choices, default=Color.SLATE)
    icon = models.CharField(max_length=10, choices=Icon.choices, default=Icon.STATION)
    tagline = models.CharField(max_length=140, help_text="One line on cards: what you do, for whom.")
    promise = models.TextField(
        help_text="One sentence under the title: builds this, for these people, so that something gets better."
    )
    overview = models.TextField(
        help_text="Two short paragraphs: what the work is, before any term of the trade. Markdown."
    )

    education = models.CharField(max_length=120, help_text="Usual education, in a few words.")
    makes = models.CharField(max_length=120, help_text="Completes: You make …")
    users = models.CharField("people who use it", max_length=120)
    languages = models.CharField("you mostly write", max_length=120)
    workplaces = models.CharField("where you work", max_length=120)
    good_day = models.CharField(max_length=160)
    hard_day = models.CharField(max_length=160)
    trade_off = models.TextField(help_text="The catch, as plain as the promise. Markdown.")
    week_note = models.TextField(help_text="How honest the example week is, and how weeks vary. Markdown.")
    outlook = models.TextField(
        "what is changing",
        help_text="A short introduction to the trends for this role, without figures of pay. Markdown.",
    )

    objects = RoleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        indexes = [models.Index(fields=["status", "position", "slug"], name="role_in_order")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(color__in=["blue", "plum", "rust", "ochre", "green", "slate", "rose", "violet"]),
                name="role_color_is_known",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("careers:role", args=[self.slug])

    @property
    def main_categories(self):
        """The categories that are this role's main work, from the loaded links."""
        return [
            link.category for link in self.role_categories.all() if link.involvement == RoleCategory.Involvement.MAIN
        ]

    @property
    def employers(self):
        """(type, note or None, questions) for each type of employer the page speaks of, from the loaded parts."""
        notes = {note.employer_type: note for note in self.employer_notes.all()}
        questions = list(self.employer_questions.all())
        groups = [
            (label, notes.get(kind), [each for each in questions if each.employer_type == kind])
            for kind, label in self.employer_notes.model.employer_type.field.choices
        ]
        return [(label, note, asked) for label, note, asked in groups if note or asked]


class RoleCategoryQuerySet(RoleLinkQuerySet):
    """The questions asked about which role builds which software."""

    by_weight = "-involvement"

    def on_published_categories(self):
        return self.on_published("category")


class RoleCategory(models.Model):
    """How much one role works on one kind of software, and on what exactly."""

    class Involvement(models.IntegerChoices):
        """How much of the job it is."""

        MEETS = 1, "Meets it"
        SOME = 2, "Some work"
        MAIN = 3, "Main work"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_categories")
    category = models.ForeignKey(SoftwareCategory, on_delete=models.PROTECT, related_name="role_categories")
    involvement = models.PositiveSmallIntegerField(choices=Involvement.choices)
    work = models.TextField(help_text="What this role builds there, with one real example.")

    objects = RoleCategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "role categories"
        ordering = ["-involvement", "category__position", "pk"]
        indexes = [models.Index(fields=["category", "involvement", "role"], name="rolecategory_who_builds_it")]
        constraints = [
            models.UniqueConstraint(fields=["role", "category"], name="rolecategory_once_per_pair"),
            models.CheckConstraint(
                condition=models.Q(involvement__in=[1, 2, 3]), name="rolecategory_involvement_is_known"
            ),
        ]

    def __str__(self):
        return f"role {self.role_id}, category {self.category_id}"


class RoleStandardQuerySet(RoleLinkQuerySet):
    """The questions asked about which role meets which standard."""

    by_weight = "when"

    def on_published_standards(self):
        return self.on_published("standard")


class RoleStandard(models.Model):
    """Why one role meets one standard, and when in a career."""

    class When(models.IntegerChoices):
        """When it is needed."""

        BEFORE = 1, "Before you apply"
        FIRST_YEAR = 2, "In your first year"
        LATER = 3, "Later"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_standards")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="role_standards")
    when = models.PositiveSmallIntegerField(choices=When.choices)
    why = models.TextField(help_text="Why this role meets it, in one sentence.")

    objects = RoleStandardQuerySet.as_manager()

    class Meta:
        ordering = ["when", "standard__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "standard"], name="rolestandard_once_per_pair"),
            models.CheckConstraint(condition=models.Q(when__in=[1, 2, 3]), name="rolestandard_when_is_known"),
        ]

    def __str__(self):
        return f"role {self.role_id}, standard {self.standard_id}"
