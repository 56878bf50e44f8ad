"""Editing the documents that statements rest on."""

from django.contrib import admin
from django.utils.html import format_html_join

from editorial.models import Source

from .desk import DeskAdmin, HasDraft
from .pages import Counted, KindRefusal, links_to
from .questions import Question
from .texts import CheckedTexts, UncitedForm


class CitedNowhere(Question):
    """Sources that no page lists: readers never see them."""

    title = "Cited nowhere?"
    parameter_name = "cited_nowhere"

    def those(self, rows):
        return rows.filter(citations__isnull=True)


class NotYetOpened(Question):
    """Sources that no editor has read, nor a report about them."""

    title = "Not yet opened by us?"
    parameter_name = "unread"

    def those(self, rows):
        return rows.filter(reading=Source.Reading.UNREAD)


@admin.register(Source)
class SourceAdmin(DeskAdmin, CheckedTexts, KindRefusal, Counted, admin.ModelAdmin):
    """A source as the list at the foot of a page shows it, and where it is used."""

    form = UncitedForm
    texts_cite = False
    text_rows = 3
    save_on_top = True
    counts = {"citations": "pages"}
    list_display = ("title", "publisher", "published", "known_by", "accessed", "key")
    list_filter = (CitedNowhere, NotYetOpened, HasDraft)
    search_fields = ("key", "title", "publisher", "url")
    fieldsets = (
        (
            "The document",
            {
                "fields": ("publisher", "title", "url", "published"),
                "description": "How it stands in the list of sources at the foot of a page.",
            },
        ),
        (
            "How well we know it",
            {
                "fields": ("reading", "accessed", "note"),
                "description": "Readers see how we know what it says. Look at it again when you review a page.",
            },
        ),
        (
            "Citing it",
            {
                "fields": ("key", "used_on"),
                "description": "Write [@key] right after a statement. "
                "The key stays as it is while a page lists the source, since texts cite it by that key.",
            },
        ),
    )

    @admin.display(description="how we know it", ordering="reading")
    def known_by(self, source):
        return source.get_reading_display().partition(":")[0]

    def get_readonly_fields(self, request, obj=None):
        is_used = obj is not None and obj.citations_count
        return ("used_on", "key") if is_used else ("used_on",)

    def held_by(self, source):
        return [citation.page for citation in source.citations.prefetch_related("page") if citation.page]

    @admin.display(description="listed on")
    def used_on(self, source):
        if not source.pk:
            return "Nothing yet: save it first."
        links = [(link,) for link in sorted(links_to(self.held_by(source)))]
        return format_html_join("", "<div>{}</div>", links) or "No page yet."
