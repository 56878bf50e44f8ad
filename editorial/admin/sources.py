"""Editing the documents that statements rest on."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join

from editorial.models import Source, SourceCheck
from editorial.queue import on_day
from editorial.tables import SourceTable

from .desk import DeskAdmin, HasDraft
from .pages import Counted, KindRefusal, links_to
from .questions import Question
from .tables import WithTables
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


class ReadersMeetIt(Question):
    """Sources that a published page lists."""

    title = "On a published page?"
    parameter_name = "met"

    def those(self, rows):
        return rows.cited_on_published_pages()


class Unreachable(Question):
    """Sources whose address was gone or silent when `check_sources` last asked it."""

    title = "Unreachable?"
    parameter_name = "unreachable"

    def those(self, rows):
        return rows.unreachable()


def check_of(source):
    """The last check of the source's present address, or None. It costs no query where the check came along."""
    try:
        found = source.last_check
    except SourceCheck.DoesNotExist:
        return None
    return found if found.asked == source.url else None


@admin.register(Source)
class SourceAdmin(WithTables, DeskAdmin, CheckedTexts, KindRefusal, Counted, admin.ModelAdmin):
    """A source as the list at the foot of a page shows it, and where it is used."""

    tables = (SourceTable,)
    form = UncitedForm
    texts_cite = False
    text_rows = 3
    save_on_top = True
    counts = {"citations": "pages"}
    list_display = ("title", "publisher", "published", "known_by", "accessed", "last_answer", "key")
    list_filter = (Unreachable, ReadersMeetIt, CitedNowhere, NotYetOpened, HasDraft, "last_check__outcome")
    list_select_related = ("last_check",)
    search_fields = ("key", "title", "publisher", "url")
    fieldsets = (
        (
            "The document",
            {
                "fields": ("publisher", "title", "url", "answered", "published"),
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

    @admin.display(description="address", ordering="last_check__outcome")
    def last_answer(self, source):
        found = check_of(source)
        if found is None:
            return "not asked yet"
        label = found.get_outcome_display()
        return format_html("<strong>{}</strong>", label) if found.failures else label

    @admin.display(description="whether it answers")
    def answered(self, source):
        found = check_of(source)
        if found is None:
            return "Nobody asked this address yet. manage.py check_sources does."
        asked = on_day(found.checked_at)
        lines = [f"{found.get_outcome_display()}, asked on {asked}.", found.detail]
        if found.failures > 1:
            since = on_day(found.failed_since)
            lines.append(f"{found.failures} failed checks in a row, the first on {since}.")
        return format_html_join("", "<div>{}</div>", [(line,) for line in lines])

    def get_readonly_fields(self, request, obj=None):
        is_used = obj is not None and obj.citations_count
        return ("used_on", "answered", "key") if is_used else ("used_on", "answered")

    def held_by(self, source):
        return [citation.page for citation in source.citations.prefetch_related("page") if citation.page]

    @admin.display(description="listed on")
    def used_on(self, source):
        if not source.pk:
            return "Nothing yet: save it first."
        links = [(link,) for link in sorted(links_to(self.held_by(source)))]
        return format_html_join("", "<div>{}</div>", links) or "No page yet."
