"""The search index, and the other names that editors add to it."""

from django.core.exceptions import ValidationError
from django.db import models

from .normalize import LONGEST_WORD, words_of


class SearchEntryQuerySet(models.QuerySet):
    """The questions asked about what can be found."""

    def public(self):
        """Those whose page is published at this moment, whatever the index thinks.

        The index holds published pages only. This is the second wall: a change that went past it (an update in bulk,
        a restored backup) shows at most an old text, never a draft.
        """
        from .subjects import SUBJECTS

        return self.filter(
            models.Case(  # rather than OR, for which SQLite would gather the entries kind by kind and sort them all
                *[
                    models.When(
                        kind=subject.kind,
                        then=models.Exists(subject.public().filter(pk=models.OuterRef("object_id"))),
                    )
                    for subject in SUBJECTS.values()
                ],
                default=False,
                output_field=models.BooleanField(),
            )
        )


class SearchEntry(models.Model):
    """One published page as the search sees it. Written by `index.reindex` only; never edited by hand."""

    class Kind(models.TextChoices):
        """What sort of page it is, in the order in which lists name them."""

        ROLE = "role", "Roles"
        SOFTWARE = "software", "Software they build"
        SKILL = "skill", "Skills"
        STANDARD = "standard", "Standards and rules"
        TREND = "trend", "Trends"
        REASON = "reason", "Reasons"
        PAGE = "page", "Pages"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    key = models.CharField(max_length=80, help_text="The page's slug.")
    address = models.CharField(max_length=200)
    position = models.PositiveIntegerField(help_text="Among equals, low numbers come first.")
    title = models.CharField(max_length=250)
    summary = models.TextField()
    body = models.TextField(help_text="All other texts of the page, one a line, to show the one that answers.")
    names = models.TextField(help_text="Plain words of the title and, parted by |, of the other names.")
    text = models.TextField(help_text="Plain words in four lines: title, other names, summary, body.")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "search entries"
        indexes = [
            models.Index(fields=["position", "id"], name="searchentry_in_order"),
            models.Index(fields=["kind", "position", "id"], name="searchentry_in_order_of_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="searchentry_once_per_page"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["role", "software", "skill", "standard", "trend", "reason", "page"]),
                name="searchentry_kind_is_known",
            ),
        ]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A plain word that published pages hold, and how many of them: what typed errors are compared with."""

    word = models.CharField(max_length=LONGEST_WORD, unique=True)
    padded = models.TextField(help_text="The word with a space on each side, for finding parts of it.")
    pages = models.PositiveIntegerField(help_text="How many entries hold it.")

    class Meta:
        ordering = ["word"]

    def __str__(self):
        return self.word


class SynonymQuerySet(models.QuerySet):
    """The questions asked about other names."""

    def get_by_natural_key(self, key):
        return self.get(key=key)


class Synonym(models.Model):
    """What readers type, and what this site calls it."""

    key = models.SlugField(max_length=60, unique=True, help_text="A short name for this entry.")
    typed = models.TextField(
        "what readers type", help_text="One word or phrase a line, such as EMR. Capitals and plurals do not matter."
    )
    means = models.TextField(
        "what the site calls it",
        help_text="One word or phrase a line, such as EHR. A search for any of the first also finds these.",
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.key

    def clean(self):
        for name in ("typed", "means"):
            if getattr(self, name) and not words_of(getattr(self, name)):
                raise ValidationError({name: "Write at least one word."})

    def natural_key(self):
        return (self.key,)
