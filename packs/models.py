"""A pack: what one advisor chose for a class or a student, and the words that go with it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from careers.comparison import MOST_ROLES
from careers.open_forms import SentQuerySet
from careers.secret_addresses import digest, new_token

from .tokens import is_token_of, new_share_token

LONGEST_TITLE, LONGEST_SENDER, LONGEST_NOTE, LONGEST_REASON = 70, 50, 800, 300
# As many lines as leave room on the cover for everything else that can stand there.
MOST_LINES = 10
MOST_SKILLS, MOST_TRENDS = 4, 3


class PackQuerySet(SentQuerySet):
    """The questions asked about packs."""

    sent_at = "created_at"

    def shared_as(self, token):
        """The pack with this share token, closed ones too, or None."""
        return self.filter(token=token).first()

    def editable_with(self, edit_token):
        """The pack that this token edits, closed ones too, or None.

        It is found by the hash: what the database compares has nothing to do with what was typed.
        """
        pack = self.filter(edit_digest=digest(edit_token)).first()
        return pack if pack and is_token_of(edit_token, pack.edit_digest) else None

    def open(self, now=None):
        """Those that readers can see."""
        return self.filter(revoked_at=None, taken_down_at=None, expires_at__gt=now or timezone.now())

    def expired(self, now=None):
        return self.filter(revoked_at=None, taken_down_at=None, expires_at__lte=now or timezone.now())

    def revoked(self):
        return self.filter(revoked_at__isnull=False, taken_down_at=None)

    def taken_down(self):
        return self.filter(taken_down_at__isnull=False)

    def closed_before(self, moment):
        """Those that nobody could see since `moment`, for whichever reason."""
        return self.filter(Q(expires_at__lt=moment) | Q(revoked_at__lt=moment) | Q(taken_down_at__lt=moment))


class Pack(models.Model):
    """Roles in an order, with a note. Whoever has its address reads it; whoever has the other one edits it.

    Nothing is known of who made it, unless a member of staff made it in the admin. The note and the title are the
    words of that person, not of the site. `revision` counts its saves, so that two windows can't overwrite each other.
    """

    class Language(models.TextChoices):
        """The language of the note, under its own name. The rest of the pack is in the language of the site."""

        ENGLISH = "en", "English"
        SPANISH = "es", "Español"
        FRENCH = "fr", "Français"
        GERMAN = "de", "Deutsch"
        ITALIAN = "it", "Italiano"
        POLISH = "pl", "Polski"
        PORTUGUESE = "pt", "Português"
        TAGALOG = "tl", "Tagalog"
        TURKISH = "tr", "Türkçe"
        VIETNAMESE = "vi", "Tiếng Việt"
        RUSSIAN = "ru", "Русский"
        UKRAINIAN = "uk", "Українська"
        ARABIC = "ar", "العربية"
        HINDI = "hi", "हिन्दी"
        KOREAN = "ko", "한국어"
        JAPANESE = "ja", "日本語"
        CHINESE = "zh", "中文"

    class State(models.TextChoices):
        """What someone meets who opens its address."""

        OPEN = "open", "Open"
        EXPIRED = "expired", "Its time is over"
        REVOKED = "revoked", "Taken back by its maker"
        TAKEN_DOWN = "taken-down", "Taken down by us"

    token = models.CharField(
        max_length=40, unique=True, default=new_share_token, editable=False, help_text="The end of its address."
    )
    edit_digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the end of the address that edits it."
    )
    title = models.CharField(max_length=LONGEST_TITLE)
    sender = models.CharField("from", max_length=LONGEST_SENDER, blank=True)
    note = models.TextField(max_length=LONGEST_NOTE, blank=True)
    language = models.CharField(
        "language of the note", max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    with_comparison = models.BooleanField("with a comparison", default=False)
    pay_area = models.CharField(
        "pay in", max_length=7, blank=True, help_text="Official code of a place whose pay it shows; empty for none."
    )
    pay_release = models.CharField(
        "pay figures", max_length=40, blank=True, help_text="Which ones were current when it was last saved."
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("made", default=timezone.now, db_index=True)
    saved_at = models.DateTimeField("last saved", default=timezone.now)
    expires_at = models.DateTimeField("open until")
    revoked_at = models.DateTimeField("taken back", null=True, blank=True)
    taken_down_at = models.DateTimeField("taken down", null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_down_reason = models.CharField(
        "why it is taken down",
        max_length=LONGEST_REASON,
        blank=True,
        help_text="For other editors. Readers never see it.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="packs",
        help_text="The member of staff who made it in the admin; nobody for all others.",
    )

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="pack_has_a_title"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(F("note")), LONGEST_NOTE), name="pack_note_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(
                    language__in=[
                        "en",
                        "es",
                        "fr",
                        "de",
                        "it",
                        "pl",
                        "pt",
                        "tl",
                        "tr",
                        "vi",
                        "ru",
                        "uk",
                        "ar",
                        "hi",
                        "ko",
                        "ja",
                        "zh",
                    ]
                ),
                name="pack_language_is_known",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="pack_ends_after_it_began"),
            models.CheckConstraint(condition=Q(saved_at__gte=F("created_at")), name="pack_is_saved_after_it_began"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="pack_revision_counts_from_one"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")), name="pack_is_revoked_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None, taken_down_reason="", taken_down_by=None)
                | Q(taken_down_at__isnull=False) & ~Q(taken_down_reason=""),
                name="pack_taken_down_has_a_reason",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(F("edit_digest")), 64), name="pack_keeps_a_whole_hash"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("packs:pack", args=[self.token])

    @property
    def state(self):
        """See `State`. Who takes a pack down has the last word."""
        if self.taken_down_at:
            return self.State.TAKEN_DOWN
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.EXPIRED if self.expires_at <= timezone.now() else self.State.OPEN

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def last_day(self):
        """The last whole day on which it is open, in the time zone of the site."""
        return timezone.localtime(self.expires_at - timedelta(seconds=1)).date()

    @property
    def can_be_edited(self):
        """Also when its time is over: it can be given more. What was taken back or taken down stays closed."""
        return self.state in (self.State.OPEN, self.State.EXPIRED)

    def new_edit_address(self, token=""):
        """Give the pack a new edit token, and the old one no more. Returns the token, which is not kept; not saved."""
        token = token or new_token()
        self.edit_digest = digest(token)
        return token


class PackItem(models.Model):
    """One role, skill or trend of a pack, and the version of it that was live when the pack was last saved.

    It names its thing as the record of versions does, by kind and number, so that it outlives it: a role that is
    gone can still be called by the name it had.
    """

    class Kind(models.TextChoices):
        """What it is, by the folder of its content files."""

        ROLE = "roles", "Role"
        SKILL = "skills", "Skill"
        TREND = "trends", "Trend"

    MOST = {Kind.ROLE: MOST_ROLES, Kind.SKILL: MOST_SKILLS, Kind.TREND: MOST_TRENDS}

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    item_id = models.PositiveBigIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=250, help_text="What it was called.")
    version = models.PositiveIntegerField(help_text="The number of its live version.")

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "kind", "item_id"], name="packitem_once_per_pack"),
            models.UniqueConstraint(fields=["pack", "kind", "position"], name="packitem_one_at_each_place"),
            models.CheckConstraint(
                condition=Q(kind="roles", position__range=(1, 5))
                | Q(kind="skills", position__range=(1, 4))
                | Q(kind="trends", position__range=(1, 3)),
                name="packitem_has_a_place",
            ),
        ]

    def __str__(self):
        return self.name
