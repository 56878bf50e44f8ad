"""Filters worded as the questions editors ask of a list."""

from django.contrib import admin


class Question(admin.SimpleListFilter):
    """A filter that is answered with yes or no. `those` returns the rows for which it is yes."""

    template = "admin/question_filter.html"

    def lookups(self, request, model_admin):
        return [("yes", "Yes"), ("no", "No")]

    def those(self, rows):
        raise NotImplementedError

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        # A subquery, because a join to parts would list a row once for each of them.
        those = self.those(queryset.model.objects.order_by()).values("pk")
        return queryset.filter(pk__in=those) if self.value() == "yes" else queryset.exclude(pk__in=those)


class Overdue(Question):
    """Pages whose next review should have happened."""

    title = "Review overdue?"
    parameter_name = "overdue"

    def those(self, rows):
        return rows.review_overdue()


class NeedsSource(Question):
    """Pages that list no source."""

    title = "Needs a source?"
    parameter_name = "needs_source"

    def those(self, rows):
        return rows.without_source()


class Published(Question):
    """Pages that readers see."""

    title = "Published?"
    parameter_name = "published"

    def those(self, rows):
        return rows.published()
