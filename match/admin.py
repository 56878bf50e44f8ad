"""Editing the statements with what they count for each role. Each save says how fair the whole has become."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from careers.admin import ADDRESSES_ABOVE, SHOWN_FROM
from editorial.admin import CheckedTexts, DeskAdmin, HasDraft, LinkInline, RowForm, UncitedForm, in_words
from roles.models import Role

from .fairness import TOLERANCE, measure
from .models import QuestionSet, Statement, Weight

# Enough to see a lean of three points, and few enough that nobody waits.
SHEETS = 5_000

# The words of these pages are edited with those of all others.
ADDRESSES_ABOVE["match"] = "match:start"
SHOWN_FROM["match-result"] = "match:start"


class WeightForm(UncitedForm, RowForm):
    """One role's weight. Its reason stands on the page of a result, where no sources are listed."""


class WeightInline(LinkInline):
    """What the statement says about each role."""

    model = Weight
    form = WeightForm
    section = "What it says about each role"
    verbose_name_plural = "roles it speaks for or against"
    texts_cite = False
    fields = ["role", "value", "reason"]
    autocomplete_fields = ["role"]


@admin.register(Statement)
class StatementAdmin(DeskAdmin, CheckedTexts, admin.ModelAdmin):
    """A statement as readers meet it, and what their answer counts."""

    form = UncitedForm
    texts_cite = False
    save_on_top = True
    list_display = ("text", "group", "skill", "position")
    list_editable = ("position",)
    list_filter = (HasDraft, "group")
    list_select_related = ("skill",)
    search_fields = ("key", "text")
    autocomplete_fields = ("skill",)
    inlines = (WeightInline,)
    fieldsets = (
        (
            "The statement",
            {
                "fields": ("group", "text", "skill", "position", "key"),
                "description": "One line that readers answer. Old results keep the words they were made with.",
            },
        ),
        (
            "What it says about each role",
            {
                "fields": (),
                "description": "Our judgment. Leave a role out when the statement says nothing about it. "
                "The scale is evened out for all roles, so more weights are no advantage.",
            },
        ),
    )

    def view_on_site(self, statement):
        return reverse("match:start")

    def public_address(self, statement):
        return self.view_on_site(statement)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if request.method == "POST" and "_save" in request.POST:
            QuestionSet.objects.keep_current()
        return response

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if formsets:  # the list page saves positions one by one, and keeps the version when all are saved
            self.keep_and_measure(request)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.keep_and_measure(request)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self.keep_and_measure(request)

    def keep_and_measure(self, request):
        """Keep the questions as the new version, and say whether they lean toward a role."""
        kept = QuestionSet.objects.keep_current()
        if kept is None:
            messages.warning(request, "There is no statement left: the page says that no question is published.")
            return
        titles = dict(Role.objects.published().values_list("slug", "title"))
        found = measure(kept.questions, list(titles), SHEETS)
        for sentence in imbalances(found, titles):
            messages.warning(request, sentence)
        messages.info(request, summary(found, titles))


def summary(found, titles):
    """What chance gives, in one sentence: EHR developer 20.3%, …"""
    shares = in_words(f"{titles[role]} {share:.1f}%" for role, share in found.shares.items()) if found.shares else "–"
    return format_html(
        "Of {} random answer sheets, this share puts each role first: {}. Even would be {}% each.",
        f"{found.sheets:,}",
        shares,
        f"{found.equal_share:.1f}",
    )


def imbalances(found, titles):
    """A sentence for each way in which the questions lean."""
    if found.leaning:
        named = in_words(f"“{titles[role]}” ({share:.1f}%)" for role, share in found.leaning.items())
        yield (
            f"The questions lean. By chance alone these come first more than {TOLERANCE:.0f} points away from an "
            f"equal share of {found.equal_share:.1f}%: {named}. Roles that are unlike all others come first more "
            "often: give them weights that others share, or set others further apart."
        )
    if found.out_of_reach:
        yield f"No answers put this clearly first: {in_words(titles[role] for role in found.out_of_reach)}."
    if found.unweighted:
        yield f"Without any weight, and so ranked last: {in_words(titles[role] for role in found.unweighted)}."
