"""The statements of the questionnaire, what each answer counts for which role, and every version there ever was.

Nothing about readers is stored: their answers live in the address of their result.
"""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from editorial.models import Part
from roles.models import Role
from skills.models import Skill

from . import questions


class Statement(Part):
    """One line that a reader answers: something to like, to mind, or to be able to do."""

    class Group(models.TextChoices):
        """Under which heading it stands. The headings are words of the page “match”."""

        DOING = "doing", "What you would like to do"
        WORKING = "working", "How you like to work"
        MINDING = "minding", "What you would mind"
        SKILLS = "skills", "What you can do today"

    key = models.SlugField(
        max_length=40, unique=True, help_text="A short name. It stays as it is: answers are carried over by it."
    )
    group = models.CharField(max_length=10, choices=Group.choices)
    text = models.CharField(
        max_length=90,
        help_text="Short and plain, with no full stop. Readers see it again in their result: You said “Quite” to “…”.",
    )
    skill = models.OneToOneField(
        Skill,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statement",
        help_text="For the group of skills only: the skill it is about. Who is confident in it, has it on every page.",
    )

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=["doing", "working", "minding", "skills"]), name="statement_group_is_known"
            ),
            models.CheckConstraint(
                condition=Q(group="skills", skill__isnull=False) | (~Q(group="skills") & Q(skill__isnull=True)),
                name="statement_names_a_skill_in_the_group_of_skills",
                violation_error_message="A statement in the group of skills names its skill; no other does.",
            ),
        ]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.key,)


class Weight(models.Model):
    """What the answer to one statement says about one role. Editorial judgment, and said to be so.

    No row means that the statement says nothing about the role.
    """

    class Value(models.IntegerChoices):
        """What it says when someone answers “very much”. “Not at all” then says the opposite."""

        STRONGLY_AGAINST = -2, "Strongly against"
        AGAINST = -1, "Against"
        FOR = 1, "For"
        STRONGLY_FOR = 2, "Strongly for"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="weights")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="statement_weights")
    value = models.SmallIntegerField(choices=Value.choices)
    reason = models.CharField(
        max_length=160,
        help_text="A fact about the role, one sentence. Readers see it after “You said …”, whichever way they "
        "answered, so it must be true both ways.",
    )

    class Meta:
        ordering = ["role__position", "role__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "role"],
                name="weight_once_per_pair",
                violation_error_message="This statement already has a weight for that role.",
            ),
            models.CheckConstraint(condition=Q(value__in=[-2, -1, 1, 2]), name="weight_value_is_known"),
        ]

    def __str__(self):
        return f"statement {self.statement_id}, role {self.role_id}"


class QuestionSetManager(models.Manager):
    """Finds and keeps versions of the questions."""

    def current(self):
        """The version that readers answer today; None while there is none."""
        return self.filter(is_current=True).first()

    def with_code(self, code):
        """That version, or None. Takes any text."""
        is_possible = len(code) == 8 and code.isascii() and code.isalnum()
        return self.filter(code=code).first() if is_possible else None

    @transaction.atomic
    def keep_current(self):
        """Keep the statements and weights of this moment as the current version; None when there is no statement.

        A version that was there before becomes current again, with its old code.
        """
        list(self.select_for_update().filter(is_current=True))  # a second editor who saves now waits here
        now = _questions_in_tables()
        self.filter(is_current=True).exclude(code=now.code).update(is_current=False)
        if not now.statements:
            return None
        kept, _ = self.update_or_create(code=now.code, defaults={"is_current": True, "data": now.as_data()})
        return kept


def _questions_in_tables():
    """The questions as the editors have them now. Weights of drafts are kept too: a role may be published later."""
    statements = Statement.objects.select_related("skill").prefetch_related(
        models.Prefetch("weights", Weight.objects.select_related("role"))
    )
    return questions.Questions(
        tuple(
            questions.Statement(
                key=each.key,
                text=each.text,
                group=each.group,
                skill=each.skill.slug if each.skill else "",
                weights={
                    weight.role.slug: questions.Weight(int(weight.value), weight.reason)
                    for weight in each.weights.all()
                },
            )
            for each in statements
        )
    )


class QuestionSet(models.Model):
    """One version of the questions, whole, so that an old result can be read as it was meant.

    Written when content is loaded and when an editor saves; never changed, never deleted.
    """

    code = models.CharField(max_length=8, unique=True, help_text="The start of the SHA-256 of its content.")
    data = models.JSONField(help_text="Statements with their weights, in order.")
    made_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=False)

    objects = QuestionSetManager()

    class Meta:
        ordering = ["-made_at", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="questionset_one_is_current"
            ),
        ]

    def __str__(self):
        return self.code

    def clean(self):
        if self.questions.code != self.code:
            raise ValidationError({"code": "The code does not belong to the content."})

    @property
    def questions(self):
        return questions.Questions.from_data(self.data)
