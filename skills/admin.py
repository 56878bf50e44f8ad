"""Editing skills, and the skills in a role's form."""

from django.contrib import admin

from editorial import queue
from editorial.admin import (
    ElsewhereInline,
    LinkInline,
    PartTabularInline,
    PublishableAdmin,
    Question,
    RowForm,
    UncitedForm,
    WithTables,
)
from roles.admin import RoleAdmin

from .models import LearningResource, RoleSkill, Skill
from .tables import LearningResourceTable, RoleSkillTable, SkillTable


class RoleSkillForm(UncitedForm, RowForm):
    """A reason that stands on the role's page and on the skill's."""


class RolesOfSkillInline(ElsewhereInline):
    """Which roles need the skill, and why. The words stand in each role's form."""

    model = RoleSkill
    other = "role"
    section = "Who needs it"
    verbose_name_plural = "roles that need it"
    fields = readonly_fields = ["link", "importance", "level", "why"]


class SkillsOfRoleInline(LinkInline):
    """Which skills the role needs, and why."""

    model = RoleSkill
    form = RoleSkillForm
    section = "Skills"
    verbose_name_plural = "skills this role needs"
    fields = ["skill", "importance", "level", "why"]
    autocomplete_fields = ["skill"]


# A role's page shows its skills; the app of the roles knows nothing of them, so they are added from here.
RoleAdmin.inlines = (*RoleAdmin.inlines, SkillsOfRoleInline)
RoleAdmin.counts = RoleAdmin.counts | {"role_skills": "skills"}
RoleAdmin.expected = RoleAdmin.expected | {"role_skills": "skill"}


class LearningResourceInline(PartTabularInline):
    """Free places to learn it."""

    model = LearningResource
    section = "Where to learn it"
    verbose_name_plural = "free places to learn it"
    fields = ["position", "title", "publisher", "url", "hours", "level", "note"]


class NeededByNobody(Question):
    """Skills that no published role needs: readers find no reason to learn them."""

    title = "Needed by no published role?"
    parameter_name = "no_role"

    def those(self, rows):
        return rows.needed_by_nobody()


queue.register(
    queue.Question(
        heading="Skill that no published role needs",
        model=Skill,
        find=lambda: Skill.objects.published().needed_by_nobody().order_by("updated_at", "pk"),
        says=lambda skill: f"No published role needs it. Last changed on {queue.on_day(skill.updated_at)}.",
        filters={"published": "yes", "no_role": "yes"},
    )
)


@admin.register(Skill)
class SkillAdmin(WithTables, PublishableAdmin):
    """A skill's page from top to bottom. Its links and resources go out and come in as tables of their own."""

    tables = (SkillTable, RoleSkillTable, LearningResourceTable)
    list_display = ("name", *PublishableAdmin.STATE_COLUMNS)
    list_filter = (*PublishableAdmin.list_filter, NeededByNobody, "kind", "is_base")
    search_fields = ("name", "slug", "summary")
    prepopulated_fields = {"slug": ["name"]}
    inlines = (RolesOfSkillInline, LearningResourceInline, *PublishableAdmin.inlines)
    counts = PublishableAdmin.counts | {"role_skills": "roles", "resources": "resources"}
    expected = PublishableAdmin.expected | {
        "role_skills": "role that needs it",
        "resources": "free place to learn it",
    }
    fieldsets = (
        (
            "Top of the page",
            {
                "fields": ("name", "slug", "summary", "kind", "is_base"),
                "description": "The head of the page. The kind decides in which list the skill stands.",
            },
        ),
        ("What it means", {"fields": ("meaning",), "description": "With a small story from healthcare software."}),
        (
            "General tech and healthcare",
            {"fields": ("general_tech", "healthcare"), "description": "The two stand side by side."},
        ),
        (
            "Who needs it",
            {"fields": (), "description": "Our judgment, role by role. Leave a role out when it does not need it."},
        ),
        (
            "Four levels",
            {
                "fields": ("level_1", "level_2", "level_3", "level_4"),
                "description": "What a person at each level does, one sentence each.",
            },
        ),
        ("Where to learn it", {"fields": (), "description": "Free of charge only. The first is where to begin."}),
        ("The trade-off", {"fields": ("trade_off",), "description": "What is tedious or hard about learning it."}),
        PublishableAdmin.SOURCES,
        PublishableAdmin.REVIEW,
    )
