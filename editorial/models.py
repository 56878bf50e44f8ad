"""What every edited thing shares: a state, review dates, sources and the addresses it once had."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from . import days
from .versions import OpenForm, Version

__all__ = [
    "Citation",
    "FormerSlug",
    "LoadedContent",
    "OpenForm",
    "Part",
    "Publishable",
    "PublishableQuerySet",
    "Source",
    "SourceCheck",
    "Version",
]

validate_partial_date = RegexValidator(
    r"^\d{4}(-\d{2}(-\d{2})?)?$", "Write a year, a month or a day: 2025, 2025-08 or 2025-08-28."
)


class SourceQuerySet(models.QuerySet):
    """The questions asked about sources."""

    def cited_on_published_pages(self):
        """Those that readers can meet: what only a draft cites stays out of sight."""
        seen = Q(pk__in=[])
        for model in Publishable.__subclasses__():
            own_type = ContentType.objects.get_for_model(model)
            seen |= Q(citations__content_type=own_type, citations__object_id__in=model.objects.published().values("pk"))
        return self.filter(pk__in=Source.objects.filter(seen).values("pk"))

    def unreachable(self):
        """Those whose address was gone or silent when it was last asked, as long as it is still that address."""
        return self.filter(last_check__asked=F("url"), last_check__failures__gt=0)

    def not_asked_since(self, moment):
        """Those whose present address nobody asked since, the longest waiting first."""
        waiting = Q(last_check=None) | ~Q(last_check__asked=F("url")) | Q(last_check__checked_at__lt=moment)
        return self.filter(waiting).order_by(F("last_check__checked_at").asc(nulls_first=True), "key")

    def get_by_natural_key(self, key):
        return self.get(key=key)


class Source(models.Model):
    """A document that a statement on this site rests on, and how well we know it."""

    class Reading(models.TextChoices):
        """How the editors know what the source says."""

        READ = "read", "We read the source itself"
        REPORTED = "reported", "We read a report about it"
        COUNTED = "counted", "We counted this from the published data"
        UNREAD = "unread", "Not yet opened by us: follow the link before you rely on it"

    key = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Short name for citing: write [@key] in a text and readers see a number that leads here.",
    )
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=120)
    url = models.URLField("address", max_length=400)
    published = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text="The source's own date: 2025, 2025-08 or 2025-08-28. Leave empty when it shows none.",
    )
    accessed = models.DateField("read on", help_text="The day an editor last looked at it.")
    reading = models.CharField(max_length=10, choices=Reading.choices, default=Reading.READ)
    note = models.TextField(blank=True, help_text="What it shows, or what to be careful about. Readers see it.")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["publisher", "title", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reading__in=["read", "reported", "counted", "unread"]),
                name="source_reading_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.publisher}: {self.title}"

    def natural_key(self):
        return (self.key,)

    @property
    def caution(self):
        """In a word or two, what to know before relying on it; empty when the editors read it themselves."""
        return {
            self.Reading.REPORTED: "second-hand",
            self.Reading.COUNTED: "our count",
            self.Reading.UNREAD: "not opened by us yet",
        }.get(self.reading, "")


class SourceCheck(models.Model):
    """What a source's address answered when `check_sources` last asked it.

    It says nothing of what the document says, and is no content: it never travels in files.
    """

    class Outcome(models.TextChoices):
        """What a reader who follows the link would meet."""

        REACHABLE = "reachable", "Reachable"
        MOVED = "moved", "Moved for good"
        REFUSED = "refused", "Refuses programs"
        GONE = "gone", "Gone"
        UNREACHABLE = "unreachable", "Unreachable"
        NOT_ALLOWED = "not-allowed", "Not asked: not a public address"

    FAILED = (Outcome.GONE, Outcome.UNREACHABLE)

    source = models.OneToOneField(Source, on_delete=models.CASCADE, primary_key=True, related_name="last_check")
    asked = models.URLField("address that was asked", max_length=400)
    checked_at = models.DateTimeField()
    outcome = models.CharField("last check", max_length=12, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The last HTTP status; none when no server answered."
    )
    final_url = models.CharField(
        "address that answered", max_length=2000, blank=True, help_text="After all redirects that were followed."
    )
    detail = models.TextField(help_text="The outcome in a sentence.")
    failures = models.PositiveSmallIntegerField("failed checks in a row", default=0)
    failed_since = models.DateTimeField("first failed check of the row", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["reachable", "moved", "refused", "gone", "unreachable", "not-allowed"]),
                name="sourcecheck_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failed_since__isnull=True) | Q(failures__gt=0, failed_since__isnull=False),
                name="sourcecheck_dates_its_failures",
            ),
        ]

    def __str__(self):
        return self.get_outcome_display()


class Citation(models.Model):
    """One page resting on one source, and which of its claims does."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey("content_type", "object_id")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    supports = models.CharField(
        max_length=200, blank=True, help_text="Which statement it supports, in a few words. Readers see it."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "source"],
                name="citation_names_a_source_once_per_page",
                violation_error_message="This page already lists that source.",
            )
        ]

    def __str__(self):
        return f"source {self.source_id}"


class FormerSlug(models.Model):
    """An address a page once had. It answers for ever, with a permanent redirect."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey("content_type", "object_id")
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "slug"], name="formerslug_leads_to_one_page"),
        ]

    def __str__(self):
        return self.slug


class PublishableQuerySet(models.QuerySet):
    """The questions asked about anything that can be published."""

    def published(self):
        return self.filter(status=Publishable.Status.PUBLISHED)

    def review_overdue(self, today=None):
        """Due for review before `today` (a date; the current one when left out)."""
        return self.filter(review_due__lt=today or days.today())

    def with_sources(self):
        """Adds the citations and their sources, in one query."""
        return self.prefetch_related(models.Prefetch("citations", Citation.objects.select_related("source")))

    def without_source(self):
        return self.filter(citations__isnull=True)

    def formerly(self, slug):
        """What once had this slug and now has another."""
        former = FormerSlug.objects.filter(content_type=ContentType.objects.get_for_model(self.model), slug=slug)
        return self.filter(pk__in=former.values("object_id"))

    def known_as(self, slugs):
        """What has one of these slugs, or once had."""
        former = FormerSlug.objects.filter(content_type=ContentType.objects.get_for_model(self.model), slug__in=slugs)
        return self.filter(Q(slug__in=slugs) | Q(pk__in=former.values("object_id")))

    def renamed(self, slugs):
        """{former slug: today's} for those of these slugs that something in here once had."""
        own_type = ContentType.objects.get_for_model(self.model)
        former = FormerSlug.objects.filter(content_type=own_type, slug__in=slugs)
        owners = dict(former.values_list("slug", "object_id"))
        today = dict(self.filter(pk__in=owners.values()).values_list("pk", "slug"))
        return {slug: today[pk] for slug, pk in owners.items() if pk in today}

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Publishable(models.Model):
    """A page's worth of content that is a draft until an editor publishes it."""

    class Status(models.TextChoices):
        """Whether readers see it."""

        DRAFT = "draft", "Draft: only staff see it"
        PUBLISHED = "published", "Published"

    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The last part of the page's address. When you change it, the old address leads to the new one.",
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    position = models.PositiveSmallIntegerField(default=100, help_text="Lists show low numbers first.")
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="The day someone last checked every statement. Readers see it."
    )
    review_due = models.DateField(null=True, blank=True, help_text="The day it should be checked again.")
    reviewer = models.CharField(
        max_length=120,
        blank=True,
        help_text="A person who works in the field and read it. Leave empty when nobody has: the page then says so.",
    )
    updated_at = models.DateTimeField(auto_now=True)
    citations = GenericRelation(Citation)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published"]), name="%(app_label)s_%(class)s_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(reviewed_on__isnull=False, review_due__isnull=False),
                name="%(app_label)s_%(class)s_published_has_review_dates",
                violation_error_message="To publish, fill in when it was reviewed and when the next review is due.",
            ),
            models.CheckConstraint(
                condition=Q(review_due__gt=F("reviewed_on")),
                name="%(app_label)s_%(class)s_review_due_after_review",
                violation_error_message="The next review must come after the last one.",
            ),
        ]

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self._remember_former_slug()

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        page = super().from_db(db, field_names, values, **kwargs)
        page._slug_in_database = page.__dict__.get("slug")
        return page

    def _remember_former_slug(self):
        former, self._slug_in_database = getattr(self, "_slug_in_database", None), self.slug
        if not former or former == self.slug:
            return
        own_type = ContentType.objects.get_for_model(type(self))
        FormerSlug.objects.filter(content_type=own_type, slug=self.slug).delete()
        FormerSlug.objects.update_or_create(content_type=own_type, slug=former, defaults={"object_id": self.pk})

    def natural_key(self):
        return (self.slug,)

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def is_overdue(self):
        """Whether its next review should have happened. Readers are told."""
        return bool(self.review_due) and self.review_due < days.today()


class Part(models.Model):
    """One row in an ordered list that belongs to a page."""

    position = models.PositiveSmallIntegerField(default=0, help_text="Low numbers come first.")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class LoadedContent(models.Model):
    """What `load_content` last wrote for one item: how an editor's later change is noticed."""

    kind = models.CharField(max_length=40)
    key = models.SlugField(max_length=80)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the item as it was loaded.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="loadedcontent_remembers_an_item_once"),
        ]

    def __str__(self):
        return f"{self.kind}/{self.key}"
