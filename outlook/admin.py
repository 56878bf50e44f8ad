"""Editing which official occupations speak of a role, and looking at what is loaded."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.utils.formats import date_format

from editorial import queue
from editorial.admin import DeskAdmin

from .models import Occupation, Release, RoleOccupation

# How each kind of row in a release is called in its list.
COUNTED = {
    "estimates": "pay estimates",
    "projections": "projections",
    "technologies": "technologies",
    "ratings": "ratings",
    "tasks": "tasks",
}


class ReadOnlyAdmin(admin.ModelAdmin):
    """What only the import commands write."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """Which figures are loaded, which of them readers see, and which have a successor by now."""

    list_display = ("__str__", "state", "published", "retrieved", "holds", "next_one", "loaded_at")
    list_filter = ("state", "program")
    fieldsets = (
        ("The release", {"fields": ("program", "part", "period", "period_name", "state", "holds", "next_one")}),
        ("Where it comes from", {"fields": ("source_url", "published", "retrieved", "sha256", "loaded_at")}),
        ("What readers see beside it", {"fields": ("attribution", "footnotes")}),
    )

    def get_queryset(self, request):
        own = Release.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        numbers = {
            f"{relation}_count": Subquery(own.annotate(how_many=Count(relation)).values("how_many"))
            for relation in COUNTED
        }
        return super().get_queryset(request).annotate(**numbers)

    @admin.display(description="holds")
    def holds(self, release):
        numbers = {words: getattr(release, f"{relation}_count") for relation, words in COUNTED.items()}
        return ", ".join(f"{number:,} {words}" for words, number in numbers.items() if number) or "nothing"

    @admin.display(description="successor usually out by")
    def next_one(self, release):
        return release.successor_due


class OutdatedFigures:
    """Asks which figures readers still see although their successor has usually come out."""

    heading = "Figures may be out of date"

    def answer(self, request):
        if not queue.may_see(request, Release):
            return None
        rows = [
            queue.Row(
                "Release",
                str(release),
                f"The next release is usually out by {date_format(release.successor_due, 'F Y')}. "
                "docs/updating-figures.md says how to load it.",
                queue.form_of(Release, release.pk),
            )
            for release in Release.objects.all().outdated()
        ]
        lists = [queue.More("all releases", queue.list_of(Release, {"state__exact": Release.State.CURRENT}))]
        return queue.Answer(self.heading, rows[: queue.MOST_ROWS], len(rows), lists) if rows else None


queue.register(OutdatedFigures())


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    """The official occupations to choose from. Their titles come with the figures."""

    list_display = ("code", "title")
    search_fields = ("code", "title")


@admin.register(RoleOccupation)
class RoleOccupationAdmin(DeskAdmin, admin.ModelAdmin):
    """Why an official occupation is near to a role, and what readers should be careful about."""

    list_display = ("role", "occupation", "is_primary", "trust", "position")
    list_filter = ("is_primary", "trust", "role")
    list_select_related = ("role", "occupation")
    search_fields = ("role__title", "occupation__title", "occupation__code")
    autocomplete_fields = ("occupation",)
    save_on_top = True
    fieldsets = (
        (
            "The link",
            {
                "fields": ("role", "occupation", "is_primary", "position"),
                "description": "No agency counts our roles. The nearest occupation's figures stand on the role's page.",
            },
        ),
        (
            "How far to trust it",
            {
                "fields": ("trust", "why", "caveat"),
                "description": "Plain words for a reader of 14, without citations. Both stand beside the figures.",
            },
        ),
    )
