"""The one record of how the content came to be what it is: every save of every item, whole, and who made it why."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class VersionQuerySet(models.QuerySet):
    """The questions asked about versions."""

    def of(self, kind, item_id):
        """All versions of one item, the newest first."""
        return self.filter(kind=kind.folder, item_id=item_id).order_by("-number")

    def live(self):
        """Those that stand, or stood, in the site's own tables."""
        return self.filter(state=Version.State.LIVE)

    def waiting(self):
        """Drafts that somebody is preparing."""
        return self.filter(state=Version.State.WAITING)

    def due(self, now):
        """Drafts whose time to be published has come."""
        return self.waiting().filter(publish_at__lte=now).order_by("publish_at", "pk")

    def latest_of_each(self):
        """The newest live version of each item."""
        newer = Version.objects.live().filter(
            kind=models.OuterRef("kind"), item_id=models.OuterRef("item_id"), number__gt=models.OuterRef("number")
        )
        return self.live().filter(~models.Exists(newer))

    def deleted(self):
        """The last record of each item that is gone."""
        return self.latest_of_each().filter(data__isnull=True)

    def news(self):
        """What readers are told on “What changed”, the newest first: published, and marked as worth telling."""
        return self.live().filter(is_news=True).filter(data__isnull=False).order_by("-published_at", "-pk")

    def with_live_before(self):
        """Adds `live_before`, the key of the version of the same item that readers saw before, or None."""
        before = Version.objects.live().filter(
            kind=models.OuterRef("kind"), item_id=models.OuterRef("item_id"), number__lt=models.OuterRef("number")
        )
        return self.annotate(live_before=models.Subquery(before.order_by("-number").values("pk")[:1]))


class Version(models.Model):
    """One item, whole, as one save left it. Rows are added and never overwritten, so that nothing is lost.

    `data` is the item in the form of its content file, parts and links included, and null once it is deleted.
    `item_id` outlives the item. A draft that is published becomes the live version itself, so that its writer
    (`saved_by`) and its publisher (`published_by`) stand in one row.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Draft"
        LIVE = "live", "Published"
        ASIDE = "aside", "Set aside"

    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=250)
    data = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the data; empty for a deletion.")
    based_on = models.PositiveIntegerField(
        null=True, blank=True, help_text="The number of the version it was made from."
    )
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=200, blank=True)
    is_news = models.BooleanField(default=False)
    for_review = models.BooleanField(default=False, help_text="Its writer asks an editor to look at it.")
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    trouble = models.CharField(max_length=400, blank=True, help_text="Why it could not be published at its time.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        permissions = [
            ("publish_version", "Can publish, schedule, undo and take down pages"),
            ("import_version", "Can import tables into the content"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "number"], name="version_number_once_per_item"),
            models.UniqueConstraint(
                fields=["kind", "item_id"], condition=Q(state="waiting"), name="version_one_draft_per_item"
            ),
            models.CheckConstraint(condition=Q(state__in=["waiting", "live", "aside"]), name="version_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="live", published_at__isnull=False) | ~Q(state="live") & Q(published_at=None),
                name="version_live_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(state="waiting"), name="version_only_a_draft_is_scheduled"
            ),
            models.CheckConstraint(
                condition=Q(based_on=None) | Q(based_on__lt=F("number")), name="version_comes_after_its_base"
            ),
        ]

    def __str__(self):
        return f"{self.name}, version {self.number}"

    @property
    def is_deletion(self):
        return self.data is None

    @property
    def is_self_reviewed(self):
        """Did one person write and publish it?"""
        return self.published_by_id is not None and self.published_by_id == self.saved_by_id


class OpenForm(models.Model):
    """Who had an item's form open, and when that was last heard of."""

    kind = models.CharField(max_length=40)
    item_id = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "user"], name="openform_once_per_person"),
        ]

    def __str__(self):
        return f"{self.kind} {self.item_id}"
