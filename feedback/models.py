"""What readers told us about a page, and what an editor did about it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from careers.addresses import LONGEST_ADDRESS
from careers.open_forms import SentQuerySet

from .pages import find

SHORTEST_TEXT, LONGEST_TEXT = 10, 4_000


class FeedbackQuerySet(SentQuerySet):
    """The questions asked about reports."""

    sent_at = "received_at"

    def new(self):
        """Those that nobody has opened yet."""
        return self.filter(state=Feedback.State.NEW)

    def waiting(self):
        """Those that still need an editor."""
        return self.filter(state__in=Feedback.OPEN)

    def finished(self):
        return self.exclude(state__in=Feedback.OPEN)

    def older_than(self, days):
        return self.filter(received_at__lt=timezone.now() - datetime.timedelta(days=days))

    def by_need(self):
        """New ones first, then those in progress, then the rest; within each, the one that waits longest first."""
        rank = Case(When(state=Feedback.State.NEW, then=0), When(state=Feedback.State.IN_PROGRESS, then=1), default=2)
        return self.annotate(need=rank).order_by("need", "received_at", "pk")


class Feedback(models.Model):
    """One report of a reader about one page.

    Only what the reader typed, the page and the time are stored: no network address, no browser, no account. And a
    mark that leads to nobody: the form holds a number drawn by chance, which is kept nowhere.
    """

    class State(models.TextChoices):
        """What an editor did with it."""

        NEW = "new", "New"
        IN_PROGRESS = "in-progress", "In progress"
        DONE = "done", "Done"
        NO_ACTION = "no-action", "No action needed"

    OPEN = [State.NEW, State.IN_PROGRESS]

    page = models.CharField(
        max_length=LONGEST_ADDRESS, help_text="The address on this site, from the first slash, with its question mark."
    )
    section = models.SlugField(max_length=40, blank=True, help_text="The part of the page. Empty: the whole page.")
    text = models.TextField("what is wrong", max_length=LONGEST_TEXT)
    mail = models.EmailField(
        "mail address", blank=True, help_text="For an answer to this report, and for nothing else."
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    note = models.TextField(
        "editors' note", blank=True, help_text="What was found and what was done. Readers never see it."
    )
    received_at = models.DateTimeField("received", default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(
        "last change", null=True, blank=True, help_text="When an editor last changed the state or the note."
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The editor who last changed the state or the note; nobody when the account is gone.",
    )

    mark = models.CharField(
        max_length=64,
        blank=True,
        db_default="",  # processes of the version before know nothing of it
        editable=False,
        help_text="Tells the form it came with from all others, so that a double click makes one report.",
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "report from a reader"
        verbose_name_plural = "reports from readers"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "in-progress", "done", "no-action"]), name="feedback_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(page__startswith="/") & ~Q(page__startswith="//"), name="feedback_page_is_on_this_site"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(F("text")), Value(SHORTEST_TEXT)),
                name="feedback_text_says_something",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(F("text")), Value(LONGEST_TEXT)), name="feedback_text_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True) | Q(changed_at__gte=F("received_at")),
                name="feedback_is_changed_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(handled_by__isnull=True) | Q(changed_at__isnull=False),
                name="feedback_handled_has_a_time",
            ),
            models.UniqueConstraint(fields=["mark"], condition=~Q(mark=""), name="feedback_mark_is_there_once"),
        ]

    def __str__(self):
        return f"Report on {self.page}"

    def get_absolute_url(self):
        """The page it is about, at the section it is about."""
        return f"{self.page}#{self.section}" if self.section else self.page

    @property
    def is_waiting(self):
        return self.state in self.OPEN

    def reported(self):
        """What stands at that address, drafts too. See `feedback.pages.find`."""
        return find(self.page)
