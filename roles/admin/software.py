"""Editing a kind of software."""

from django.contrib import admin

from editorial.admin import ElsewhereInline, KindRefusal, LinkInline, PartTabularInline, PublishableAdmin
from roles.models import CategoryExample, CategoryStandard, RoleCategory, SoftwareCategory


class RolesOfCategoryInline(ElsewhereInline):
    """Who builds it. The words stand in each role's form."""

    model = RoleCategory
    other = "role"
    section = "Who builds it"
    verbose_name_plural = "roles that build it"
    fields = readonly_fields = ["link", "involvement", "work"]


class CategoryStandardInline(LinkInline):
    """The rules it falls under, as links."""

    model = CategoryStandard
    section = "Rules it falls under"
    verbose_name_plural = "standards its makers work with"
    fields = ["standard", "use"]
    autocomplete_fields = ["standard"]


class CategoryExampleInline(PartTabularInline):
    """Products a reader can look up."""

    model = CategoryExample
    section = "Examples"
    verbose_name_plural = "products of this kind"
    fields = ["position", "name", "open_source", "note", "url"]


@admin.register(SoftwareCategory)
class SoftwareCategoryAdmin(KindRefusal, PublishableAdmin):
    """The page of one kind of software from top to bottom."""

    list_display = ("name", *PublishableAdmin.STATE_COLUMNS)
    search_fields = ("name", "short_name", "slug", "summary")
    prepopulated_fields = {"slug": ["name"]}
    inlines = (
        RolesOfCategoryInline,
        CategoryStandardInline,
        CategoryExampleInline,
        *PublishableAdmin.inlines,
    )
    counts = PublishableAdmin.counts | {"role_categories": "roles", "category_standards": "standards"}
    expected = PublishableAdmin.expected | {
        "role_categories": "role that builds it",
        "category_standards": "standard",
        "examples": "example",
    }
    fieldsets = (
        (
            "Top of the page",
            {
                "fields": ("name", "slug", "short_name", "icon", "summary", "scene"),
                "description": "The head of the page, and the line about this software in lists.",
            },
        ),
        ("What it is", {"fields": ("what_it_is",), "description": "In plain words, before any term of the trade."}),
        ("Who uses it", {"fields": ("users",), "description": "The people in front of the screen, and behind it."}),
        ("Who builds it", {"fields": (), "description": "Follow a link to change the words in the role's form."}),
        ("What is inside", {"fields": ("inside",), "description": "The parts a developer works on."}),
        ("What is hard about it", {"fields": ("hard_parts",), "description": "What makes it hard to build well."}),
        ("How common it is", {"fields": ("spread",), "description": "Empty: the page leaves this section out."}),
        ("Rules it falls under", {"fields": ("rules",), "description": "In words, then as links to the standards."}),
        ("Examples", {"fields": (), "description": "Products that exist. None: the page leaves this section out."}),
        ("Try it yourself", {"fields": ("try_it",), "description": "Free ways to see one from the inside."}),
        PublishableAdmin.SOURCES,
        PublishableAdmin.REVIEW,
    )

    def held_by(self, category):
        return [link.role for link in category.role_categories.select_related("role")]
