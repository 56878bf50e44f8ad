"""A class, its counters, and the marks that keep a result from being counted twice. No person and no answer sheet."""

import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from careers.open_forms import SentQuerySet
from careers.secret_addresses import digest, new_token
from match.models import QuestionSet
from match.today import Today

from . import codes
from .tallies import every_key

# What one class takes. More than any room holds; a program that sends for fun stops here.
MOST_RESULTS = 300
# How long everything stays after the end, so that the picture can be shown again in the next lesson.
KEPT_FOR = datetime.timedelta(days=14)
LONGEST_TITLE = 60


class ClassroomQuerySet(SentQuerySet):
    """The questions asked about classes."""

    sent_at = "started_at"

    def with_code(self, code):
        """The class with that code, with its questions; None when there is none."""
        return self.select_related("question_set").filter(code=code).first()

    def with_token(self, token):
        """The class that this token manages; None when there is none."""
        return self.select_related("question_set").filter(token_hash=digest(token)).first()

    def is_running_with(self, token):
        """Whether this token manages a class that has not ended."""
        classroom = self.with_token(token)
        return classroom is not None and classroom.is_open

    def past_their_time(self, now):
        """Those whose data we promised to have deleted by now."""
        return self.filter(delete_after__lte=now)


class ClassroomManager(models.Manager.from_queryset(ClassroomQuerySet)):
    """Starts classes."""

    def start_once(self, question_set, token, **said):
        """The token that manages a new class: this one, also when the same form has just started it with this token.

        The database has each token once: of two at the same moment one is refused. See `start` for the rest.
        """
        try:
            _, token = self.start(question_set, token=token, **said)
        except IntegrityError:
            if not self.is_running_with(token):
                _, token = self.start(question_set, **said)
        return token

    @transaction.atomic
    def start(self, question_set, *, title, lasts, token=""):
        """(a new class, the token that manages it, which is kept nowhere). `lasts` is a timedelta.

        Without a token, one is drawn by chance. Raises IntegrityError for one that manages a class already. The class
        answers these questions about the roles that are published now, whatever editors change meanwhile. A role that
        was renamed since the questions were kept is counted under the slug that they know.
        """
        token, now = token or new_token(), timezone.now()
        code = codes.new_code()
        while self.filter(code=code).exists():
            code = codes.new_code()
        started = self.create(
            code=code,
            token_hash=digest(token),
            title=title,
            question_set=question_set,
            started_at=now,
            ends_at=now + lasts,
            delete_after=now + lasts + KEPT_FOR,
        )
        questions = question_set.questions
        keys = every_key(questions, Today(questions).roles)
        Tally.objects.bulk_create(Tally(classroom=started, about=about, answer=answer) for about, answer in keys)
        return started, token


class Classroom(models.Model):
    """A class that an advisor started: a code for the board, and how many results its students sent."""

    code = models.CharField(max_length=codes.LENGTH, unique=True, help_text="What students type in.")
    token_hash = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the token in the advisor's address. The token is not kept."
    )
    title = models.CharField(max_length=LONGEST_TITLE, blank=True, help_text="As the advisor wrote it. All see it.")
    question_set = models.ForeignKey(
        QuestionSet,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="version of the questions",
        help_text="The one that was current when the class was started. All its students answer it.",
    )
    started_at = models.DateTimeField("started", default=timezone.now)
    ends_at = models.DateTimeField("ends", help_text="No result is counted after that.")
    closed_at = models.DateTimeField("closed", null=True, blank=True, help_text="When the advisor closed it earlier.")
    delete_after = models.DateTimeField(
        "data deleted", db_index=True, help_text="The day its pages name. manage.py tidy deletes all of it then."
    )
    results = models.PositiveIntegerField(default=0, help_text="How many were counted.")

    objects = ClassroomManager()

    class Meta:
        verbose_name = "class"
        verbose_name_plural = "classes"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="classroom_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("started_at")),
                name="classroom_is_closed_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(delete_after__gte=F("ends_at")), name="classroom_is_deleted_after_it_ends"
            ),
        ]

    def __str__(self):
        return f"Class {codes.in_groups(self.code)}"

    def get_absolute_url(self):
        """Where its students answer."""
        return reverse("classroom:answer", args=[self.code])

    @property
    def code_in_groups(self):
        return codes.in_groups(self.code)

    @property
    def is_open(self):
        """Whether results are counted now."""
        return self.closed_at is None and timezone.now() < self.ends_at

    @property
    def ended_at(self):
        """When it was closed, or will end by itself."""
        return self.closed_at or self.ends_at

    def close(self):
        """End it now: nothing is counted any more. Closing a class that has ended changes nothing."""
        now = timezone.now()
        type(self).objects.filter(pk=self.pk, closed_at__isnull=True, ends_at__gt=now).update(
            closed_at=now, ends_at=now, delete_after=now + KEPT_FOR
        )


class Tally(models.Model):
    """How many results of a class gave one answer. Made with the class, one for every answer there can be.

    `about` is the key of a statement and `answer` one of its signs; where `about` is empty, `answer` says what came
    first (tallies.py). The tallies about one thing always add up to the results of the class.
    """

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="tallies")
    about = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0, help_text="The count at the last full step.")

    class Meta:
        verbose_name_plural = "tallies"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "about", "answer"], name="tally_once_per_answer"),
            models.CheckConstraint(condition=Q(shown__lte=F("count")), name="tally_shows_no_more_than_it_counts"),
        ]

    def __str__(self):
        return f"{self.about}: {self.answer}"


class Ticket(models.Model):
    """The mark of a form that was counted. A hash of a number drawn by chance: it leads to nobody and to no answer."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="tickets")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["classroom", "digest"], name="ticket_is_counted_once"),
        ]

    def __str__(self):
        return self.digest[:8]
