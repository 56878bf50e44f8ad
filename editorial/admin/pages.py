"""The form and the list of anything that can be published."""

import calendar
import datetime

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html

from editorial import desk
from editorial.models import Publishable, Source

from .desk import DeskAdmin, HasDraft, drafts_of
from .parts import CitationInline, FormerSlugInline
from .questions import NeedsSource, Overdue, Published
from .texts import CheckedTexts, in_words

MONTHS_TO_NEXT_REVIEW = 6


def count_of(model, relation):
    """How many rows `relation` holds, as a subquery: joins would multiply one another's rows."""
    rows = model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
    return Subquery(rows.annotate(how_many=Count(relation)).values("how_many"))


def links_to(pages):
    """Each page as a link to its form, after the word for what it is."""
    return [
        format_html(
            '{}: <a href="{}">{}</a>',
            page._meta.verbose_name.capitalize(),
            reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk]),
            page,
        )
        for page in pages
    ]


def next_review_after(day):
    """The same day six months later, or the last day of that month when it is shorter."""
    years, month = divmod(day.month - 1 + MONTHS_TO_NEXT_REVIEW, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class KindRefusal:
    """Mixin: what cannot be deleted because pages rest on it says which pages, in words."""

    delete_confirmation_template = "admin/kind_delete_confirmation.html"
    delete_selected_confirmation_template = "admin/kind_delete_selected_confirmation.html"

    def held_by(self, item):
        """The pages that rest on `item`."""
        raise NotImplementedError

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [link for item in objs for link in links_to(self.held_by(item))]
        return deleted, counts, lacking, protected


class Counted:
    """Mixin: a column for each relation in `counts`, such as {"citations": "sources"}, in the list's own query."""

    counts = {}

    def get_queryset(self, request):
        numbers = {f"{relation}_count": count_of(self.model, relation) for relation in self.counts}
        return super().get_queryset(request).annotate(**numbers)

    def get_list_display(self, request):
        columns = [_count_column(relation, heading) for relation, heading in self.counts.items()]
        return [*self.list_display, *columns]


def _count_column(relation, heading):
    @admin.display(description=heading, ordering=f"{relation}_count")
    def column(page):
        return getattr(page, f"{relation}_count")

    return column


class PublishableAdmin(DeskAdmin, CheckedTexts, Counted, admin.ModelAdmin):
    """A page from top to bottom as readers see it, and a list that says what needs an editor today.

    `expected` names, for each relation, what a published page misses while it is empty.
    """

    STATE_COLUMNS = ("status_word", "reviewed_on", "next_review", "position")
    SOURCES = (
        "Sources",
        {
            "fields": (),
            "description": "The documents this page rests on. What you cite above with [@key] is added to this list "
            "when you save; say here which statement it supports.",
        },
    )
    REVIEW = (
        "Review and publishing",
        {
            "fields": (("reviewed_on", "review_due"), "reviewer", "position"),
            "description": "The foot of the page says when it was last checked and who read it.",
        },
    )

    save_on_top = True
    inlines = (CitationInline, FormerSlugInline)
    list_filter = (Published, HasDraft, Overdue, NeedsSource)
    list_editable = ("position",)
    actions = ("publish", "back_to_draft", "mark_as_reviewed")
    counts = {"citations": "sources"}
    expected = {"citations": "source"}

    @admin.display(description="status", ordering="status")
    def status_word(self, page):
        """Draft or published, and whether its next version is being prepared."""
        if page.is_published and page.has_draft:
            return format_html("Published, <strong>with a draft</strong>")
        return page.status.capitalize()

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(has_draft=Exists(drafts_of(self.model)))

    @admin.display(description="review due", ordering="review_due")
    def next_review(self, page):
        if page.review_due and page.review_due < datetime.date.today():
            return format_html("{} <strong>overdue</strong>", date_format(page.review_due))
        return page.review_due

    def get_list_display(self, request):
        """What needs an editor comes first, the box for the position last."""
        columns = super().get_list_display(request)
        return [*(column for column in columns if column != "position"), "position"]

    def get_inlines(self, request, obj):
        """The lists of the form. A page that is not saved yet has no old address."""
        return [inline for inline in self.inlines if obj or inline is not FormerSlugInline]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if formsets:  # the list page saves positions one by one, and has nothing to add
            self.list_cited_sources(request, form, formsets)
            for sentence in self.oddities(form.instance):
                messages.warning(request, sentence)

    def list_cited_sources(self, request, form, formsets):
        """Add what the texts cite to the page's sources, and say so."""
        page = form.instance
        rows = [row for formset in formsets for row in formset.forms if row not in formset.deleted_forms]
        # Rows that are changed elsewhere have a plain form, and cite on another page.
        cited = [key for each in (form, *rows) for key in getattr(each, "cited", ())]
        listed = set(page.citations.values_list("source__key", flat=True))
        missing = [key for key in dict.fromkeys(cited) if key not in listed]
        if not missing:
            return
        last = page.citations.aggregate(last=Max("position", default=-1))["last"]
        sources = Source.objects.in_bulk(missing, field_name="key")
        for position, key in enumerate(missing, last + 1):
            page.citations.create(source=sources[key], position=position)
        added = in_words(f"[@{key}]" for key in missing)
        messages.info(request, f"Added to the sources of “{page}”, because its text cites it: {added}.")

    def oddities(self, page):
        """Sentences on what is allowed but odd."""
        missing = [what for relation, what in self.expected.items() if not getattr(page, relation).exists()]
        if page.is_published and missing:
            yield f"“{page}” is published, but it has {in_words(f'no {what}' for what in missing)}."

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request, queryset):
        self._each(request, queryset, "Published", self._publish_now)

    @admin.action(description="Take down: readers no longer see it", permissions=["publish"])
    def back_to_draft(self, request, queryset):
        self._each(request, queryset, "Taken down", self._take_down)

    @admin.action(description="Mark as reviewed today (next review in six months)", permissions=["publish"])
    def mark_as_reviewed(self, request, queryset):
        today = datetime.date.today()
        due = next_review_after(today)
        said = f"Reviewed today, next review on {date_format(due)}"
        self._change_each(request, queryset, said, reviewed_on=today, review_due=due)

    def _publish_now(self, request, page):
        """Publish the page's draft, or the page itself; or return the reason why not."""
        draft = desk.waiting(page)
        if draft is None:
            return self._change(request, page, "Published", {"status": Publishable.Status.PUBLISHED})
        try:
            words = {"reason": draft.reason or "Published from the list.", "is_news": draft.is_news}
            desk.publish(draft, by=request.user, **words)
        except desk.Refused as refusal:
            return str(refusal).rstrip(".")
        except desk.Collision:
            return "its draft and the live page have to be brought together first"
        self.log_change(request, page, "Published.")
        return ""

    def _take_down(self, request, page):
        """Hide one page; or return the reason why not."""
        if not self.has_change_permission(request, page):
            return "you may not change it"
        if not page.is_published:
            return "it already is"
        desk.take_down(page, by=request.user, reason="Taken down.")
        self.log_change(request, page, "Taken down.")
        return ""

    def _change_each(self, request, pages, said, **values):
        """Give each page the values, as its form would."""
        self._each(request, pages, said, lambda request, page: self._change(request, page, said, values))

    def _each(self, request, pages, said, act):
        """Do it to each page; say to which it was done, and which was left alone and why."""
        done, skipped = [], []
        for page in pages:
            reason = act(request, page)
            if reason:
                skipped.append(f"“{page}” ({reason})")
            else:
                done.append(f"“{page}”")
        if done:
            messages.success(request, f"{said}: {in_words(done)}.")
        if skipped:
            messages.warning(request, f"Left as it was: {in_words(skipped)}.")

    def _change(self, request, page, said, values):
        """Change and save one page; or return the reason why not."""
        if not self.has_change_permission(request, page):
            return "you may not change it"
        if all(getattr(page, name) == value for name, value in values.items()):
            return "it already is"
        try:
            desk.change(page, by=request.user, reason=f"{said}.", **values)
        except ValidationError as error:
            return _reasons(page, error)
        self.log_change(request, page, f"{said}.")
        return ""


def _reasons(page, error):
    """What a page's validation says, as one line that names the fields."""
    sentences = [
        message if name == NON_FIELD_ERRORS else f"{page._meta.get_field(name).verbose_name}: {message}"
        for name, found in error.message_dict.items()
        for message in found
    ]
    return " ".join(sentences).rstrip(".")
