"""Skills, and how much, how well and why each role needs them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from editorial.models import Part, Publishable, PublishableQuerySet
from roles.models import Role, RoleLinkQuerySet


class SkillQuerySet(PublishableQuerySet):
    """The questions our pages ask about skills."""

    def needed_by_nobody(self):
        """Those that no published role needs: no page of a role leads to them."""
        needed = RoleSkill.objects.filter(role__status=Publishable.Status.PUBLISHED)
        return self.exclude(pk__in=needed.order_by().values("skill"))

    def needed_by(self, roles):
        needed = RoleSkill.objects.filter(role__in=roles, importance__gte=RoleSkill.Importance.NEEDED)
        return self.filter(pk__in=needed.order_by().values("skill"))

    def with_page_parts(self):
        """Adds all that the page of a skill shows, in a fixed number of queries."""
        return self.with_sources().prefetch_related(
            models.Prefetch("role_skills", RoleSkill.objects.on_published_roles()), "resources"
        )


class Skill(Publishable):
    """Something a person can learn, and that a role asks for."""

    class Kind(models.TextChoices):
        """Whether other software jobs ask for it too."""

        HEALTHCARE = "healthcare", "Special to healthcare"
        GENERAL = "general", "Any software job"

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    is_base = models.BooleanField(
        "base skill", default=False, help_text="One of the broad skills every role page shows first."
    )
    summary = models.CharField(max_length=200, help_text="One plain sentence: what it is.")
    meaning = models.TextField(help_text="What it means in healthcare software, with a small story. Markdown.")
    general_tech = models.TextField(help_text="How it shows in a general tech job. Markdown.")
    healthcare = models.TextField(help_text="What is different in healthcare. Markdown.")
    level_1 = models.CharField("aware", max_length=220, help_text="Someone who can follow a conversation.")
    level_2 = models.CharField("working", max_length=220, help_text="Someone who can do it with review.")
    level_3 = models.CharField("practitioner", max_length=220, help_text="Someone who does it alone.")
    level_4 = models.CharField("expert", max_length=220, help_text="Someone who sets the standard.")
    trade_off = models.TextField(help_text="What is tedious or hard about learning it. Markdown.")

    objects = SkillQuerySet.as_manager()

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=["general", "healthcare"]), name="skill_kind_is_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("careers:skill", args=[self.slug])

    @property
    def levels(self):
        """The four level descriptions as (level, sentence) pairs, lowest first."""
        return list(zip(RoleSkill.Level, [self.level_1, self.level_2, self.level_3, self.level_4], strict=True))


class RoleSkillQuerySet(RoleLinkQuerySet):
    """The questions asked about which role needs which skill."""

    by_weight = "-importance"

    def on_published_skills(self):
        return self.on_published("skill")


class RoleSkill(models.Model):
    """How much one role needs one skill, how well, and why. Editorial judgment, and said to be so.

    No row means that the role does not need the skill.
    """

    class Importance(models.IntegerChoices):
        """How much of the job depends on it."""

        RARELY = 1, "Rarely"
        HELPS = 2, "Helps"
        NEEDED = 3, "Needed"
        CORE = 4, "Core"

    class Level(models.IntegerChoices):
        """How well a newcomer should have it by the end of the first year."""

        AWARE = 1, "Aware"
        WORKING = 2, "Working"
        PRACTITIONER = 3, "Practitioner"
        EXPERT = 4, "Expert"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="role_skills")
    importance = models.PositiveSmallIntegerField(choices=Importance.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    why = models.CharField(max_length=200, help_text="Why this role needs it, in one sentence.")

    objects = RoleSkillQuerySet.as_manager()

    class Meta:
        ordering = ["-importance", "skill__position", "pk"]
        indexes = [models.Index(fields=["skill", "importance", "role"], name="roleskill_who_needs_it")]
        constraints = [
            models.UniqueConstraint(fields=["role", "skill"], name="roleskill_once_per_pair"),
            models.CheckConstraint(condition=Q(importance__in=[1, 2, 3, 4]), name="roleskill_importance_is_known"),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3, 4]), name="roleskill_level_is_known"),
        ]

    def __str__(self):
        return f"role {self.role_id}, skill {self.skill_id}"


class LearningResource(Part):
    """A place to learn a skill for free."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="resources")
    title = models.CharField(max_length=140)
    publisher = models.CharField(max_length=100)
    url = models.URLField(max_length=400)
    hours = models.PositiveSmallIntegerField(help_text="Roughly how long the useful part takes, in hours.")
    level = models.PositiveSmallIntegerField(choices=RoleSkill.Level.choices, help_text="The level it brings you to.")
    note = models.CharField(max_length=200, help_text="What to read or do there first.")

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["skill", "url"], name="learningresource_once_per_skill"),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3, 4]), name="learningresource_level_is_known"),
        ]

    def __str__(self):
        return self.title
