"""Editing a standard."""

from django.contrib import admin

from editorial.admin import ElsewhereInline, KindRefusal, PublishableAdmin, WithTables
from roles.models import CategoryStandard, RoleStandard, Standard
from roles.tables import StandardTable


class RolesOfStandardInline(ElsewhereInline):
    """Who meets it. The words stand in each role's form."""

    model = RoleStandard
    other = "role"
    section = "Who meets it"
    verbose_name_plural = "roles that meet it"
    fields = readonly_fields = ["link", "when", "why"]


class CategoriesOfStandardInline(ElsewhereInline):
    """Which software falls under it. Changed in the form of the software."""

    model = CategoryStandard
    other = "category"
    section = "Software under it"
    verbose_name_plural = "kinds of software under it"
    fields = readonly_fields = ["link", "use"]


@admin.register(Standard)
class StandardAdmin(KindRefusal, WithTables, PublishableAdmin):
    """The page of one standard from top to bottom."""

    tables = (StandardTable,)
    list_display = ("name", *PublishableAdmin.STATE_COLUMNS)
    list_filter = (*PublishableAdmin.list_filter, "kind", "region")
    search_fields = ("name", "full_name", "slug", "publisher")
    prepopulated_fields = {"slug": ["name"]}
    inlines = (RolesOfStandardInline, CategoriesOfStandardInline, *PublishableAdmin.inlines)
    counts = PublishableAdmin.counts | {"role_standards": "roles", "category_standards": "software"}
    expected = PublishableAdmin.expected | {"role_standards": "role that meets it"}
    fieldsets = (
        (
            "Top of the page",
            {
                "fields": ("name", "slug", "summary"),
                "description": "The head of the page, and the line about this standard in lists.",
            },
        ),
        (
            "Facts",
            {
                "fields": ("full_name", ("kind", "region"), "publisher", "url", "free_to_read"),
                "description": "A row of short answers.",
            },
        ),
        ("Why it exists", {"fields": ("purpose",), "description": "The harm or the mess it prevents."}),
        ("In practice", {"fields": ("in_practice",), "description": "What a developer does differently."}),
        ("Where it stands today", {"fields": ("state",), "description": "Rules change: give the date and a source."}),
        ("A first step", {"fields": ("first_step",), "description": "An hour, free of charge."}),
        ("Who meets it", {"fields": (), "description": "Follow a link to change the words in the role's form."}),
        ("Software under it", {"fields": (), "description": "Follow a link to change it in the software's form."}),
        PublishableAdmin.SOURCES,
        PublishableAdmin.REVIEW,
    )

    def held_by(self, standard):
        roles = [link.role for link in standard.role_standards.select_related("role")]
        return roles + [link.category for link in standard.category_standards.select_related("category")]
