"""Editing a role."""

from django.contrib import admin
from django.db.models import Sum

from editorial.admin import PublishableAdmin, in_words
from roles.models import Role, WeekActivity

from .parts import OWN_PARTS

HOURS_IN_A_DAY = 7


@admin.register(Role)
class RoleAdmin(PublishableAdmin):
    """A role's page from top to bottom.

    The sections of the skills and the trends are empty here: the apps above put their lists into them.
    """

    list_display = ("title", *PublishableAdmin.STATE_COLUMNS)
    search_fields = ("title", "short_title", "slug", "tagline", "alternative_titles__name")
    prepopulated_fields = {"slug": ["title"]}
    inlines = (*OWN_PARTS, *PublishableAdmin.inlines)
    counts = PublishableAdmin.counts | {"role_standards": "standards"}
    expected = PublishableAdmin.expected | {
        "fits": "“you may like”",
        "week_activities": "example week",
        "entry_routes": "way in",
        "projects": "first project",
        "employer_questions": "question to ask",
        "role_standards": "standard",
    }
    fieldsets = (
        (
            "Top of the page",
            {
                "fields": ("title", "slug", "short_title", ("color", "icon"), "tagline", "promise"),
                "description": "The head of the page, and the role's card everywhere else on the site.",
            },
        ),
        (
            "The job in short",
            {
                "fields": ("makes", "users", "languages", "workplaces", "education", "overview"),
                "description": "A row of short answers, then the work in two paragraphs, then the tasks.",
            },
        ),
        (
            "Is this for you?",
            {
                "fields": ("trade_off",),
                "description": "What a person may like and may not like stands side by side, with the catch below.",
            },
        ),
        (
            "A week",
            {
                "fields": ("week_note",),
                "description": "An example week drawn as blocks of hours. Each day holds seven hours beside lunch.",
            },
        ),
        ("Software", {"fields": (), "description": "What this role builds, with one real example for each kind."}),
        ("Skills", {"fields": (), "description": "How much the job depends on each skill, how well, and why."}),
        ("Rules and standards", {"fields": (), "description": "Why this role meets each, and when in a career."}),
        (
            "Different from general tech",
            {"fields": (), "description": "The same job elsewhere and here, one aspect at a time."},
        ),
        ("Ways in", {"fields": (), "description": "Each way in with its time and cost, then the certificates."}),
        ("First projects", {"fields": (), "description": "What anyone can build with public or made-up data."}),
        ("Where it leads", {"fields": (), "description": "Jobs after this one. Nearby roles are found by the site."}),
        (
            "What is changing",
            {
                "fields": ("outlook",),
                "description": "An introduction to the trends that touch this role.",
            },
        ),
        ("Questions to ask", {"fields": (), "description": "What the title means at each type of employer."}),
        (
            "Comparing roles",
            {
                "fields": ("good_day", "hard_day"),
                "description": "Shown beside other roles where readers compare.",
            },
        ),
        PublishableAdmin.SOURCES,
        PublishableAdmin.REVIEW,
    )

    def oddities(self, page):
        yield from super().oddities(page)
        yield from self.uneven_days(page)

    def uneven_days(self, role):
        """A sentence when the example week has days that are not full, or too full."""
        days = role.week_activities.order_by().values("day").annotate(total=Sum("hours"))
        hours = {each["day"]: each["total"] for each in days}
        uneven = [
            f"{label} holds {hours.get(day, 0)}"
            for day, label in WeekActivity.Day.choices
            if hours.get(day, 0) != HOURS_IN_A_DAY
        ]
        if hours and uneven:
            yield f"In the example week of “{role}” a day should hold {HOURS_IN_A_DAY} hours, but {in_words(uneven)}."
