"""The editors' inbox of reports from readers."""

from django.contrib import admin, messages
from django.db.models.functions import Left
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince

from careers.admin import ADDRESSES_ABOVE
from editorial.admin import Question, in_words

from .models import Feedback

# The words of our two pages are edited where all words are.
ADDRESSES_ABOVE |= {"feedback": "feedback:form", "feedback-thanks": "feedback:thanks"}

BEGINNING = 90  # characters of a report that the list shows


class Waiting(Question):
    """Reports that are new or in progress."""

    title = "Waiting for an editor?"
    parameter_name = "waiting"

    def those(self, rows):
        return rows.waiting()


class WantsAnswer(Question):
    """Reports whose reader left a mail address."""

    title = "Wants an answer?"
    parameter_name = "answer"

    def those(self, rows):
        return rows.exclude(mail="")


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    """What readers report. What they wrote stays as it came; the state and the note are the editor's."""

    list_display = ("beginning", "state_word", "page_link", "section", "waits", "wants_answer")
    list_filter = (Waiting, WantsAnswer, "state")
    search_fields = ("page", "text", "note")
    list_per_page = 50
    actions = ("take_on", "close_as_done", "close_without_action")
    readonly_fields = (
        "page_link",
        "form_link",
        "section_name",
        "text",
        "mail",
        "received_at",
        "changed_at",
        "handled_by",
    )
    fieldsets = (
        (
            "What the reader says",
            {
                "fields": ("page_link", "section_name", "text", "mail", "received_at"),
                "description": "As it came. Write to the mail address only to answer this report; "
                "it is removed some time after the report is finished.",
            },
        ),
        (
            "What you do about it",
            {
                "fields": ("form_link", "state", "note", "changed_at", "handled_by"),
                "description": "Check it, correct the page in its form, then say here what you found.",
            },
        ),
    )

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        """What waits comes first, the longest wait at the top; of each text only what the list shows."""
        rows = Feedback.objects.by_need()
        return rows.annotate(start=Left("text", BEGINNING + 1)).select_related("handled_by")

    def get_ordering(self, request):
        """The list's own order, unless an editor clicks on a heading."""
        return ("need", "received_at", "pk")

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            note_editor(obj, request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="report", ordering="text")
    def beginning(self, report):
        return Truncator(" ".join(report.start.split())).chars(BEGINNING)

    @admin.display(description="state", ordering="need")
    def state_word(self, report):
        word = report.get_state_display()
        return format_html("<strong>{}</strong>", word) if report.is_waiting else word

    @admin.display(description="page", ordering="page")
    def page_link(self, report):
        return format_html('<a href="{}">{}</a>', report.get_absolute_url(), report.page)

    @admin.display(description="received", ordering="received_at")
    def waits(self, report):
        passed = timesince(report.received_at, depth=1)
        return "just now" if passed.startswith("0") else f"{passed} ago"

    @admin.display(description="answer?")
    def wants_answer(self, report):
        return "Yes" if report.mail else "No"

    @admin.display(description="section")
    def section_name(self, report):
        if not report.section:
            return "The whole page, or the reader was not sure"
        return dict(report.reported().sections).get(report.section, report.section)

    @admin.display(description="form of the page")
    def form_link(self, report):
        row = report.reported().row_to_edit
        if row is None:
            return "Nothing on this site has that address: no form belongs to it."
        kind = row._meta
        try:
            address = reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[row.pk])
        except NoReverseMatch:
            return str(row)
        return format_html('<a href="{}">{}: {}</a>', address, kind.verbose_name.capitalize(), row)

    @admin.action(description="Take it on (in progress)", permissions=["change"])
    def take_on(self, request, queryset):
        self._move(request, queryset, Feedback.State.IN_PROGRESS)

    @admin.action(description="Close: done", permissions=["change"])
    def close_as_done(self, request, queryset):
        self._move(request, queryset, Feedback.State.DONE)

    @admin.action(description="Close: no action needed", permissions=["change"])
    def close_without_action(self, request, queryset):
        self._move(request, queryset, Feedback.State.NO_ACTION)

    def _move(self, request, reports, state):
        """Give each report the state; say how many moved, and which had it already."""
        moved, same = 0, []
        for report in reports:
            if report.state == state:
                same.append(f"“{self.beginning(report)}”")
                continue
            report.state = state
            note_editor(report, request.user)
            report.save(update_fields=["state", "changed_at", "handled_by"])
            self.log_change(request, report, f"State: {state.label}.")
            moved += 1
        if moved:
            messages.success(request, f"{moved} report{'' if moved == 1 else 's'} now: {state.label.lower()}.")
        if same:
            messages.warning(request, f"Left as it was: {in_words(same)} (it already is).")


def note_editor(report, user):
    """Write down who changed the report, and that it was now."""
    report.handled_by, report.changed_at = user, timezone.now()
