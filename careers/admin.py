"""Editing reasons, trends and the words around the data, and the trends in a role's form."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from editorial.admin import (
    CheckedTexts,
    DeskAdmin,
    ElsewhereInline,
    HasDraft,
    LinkInline,
    PartTabularInline,
    PublishableAdmin,
    UncitedForm,
)
from editorial.admin.texts import in_words
from roles.admin import RoleAdmin

from .models import Page, Passage, Reason, ReasonFigure, RoleReason, Synonym, Trend, TrendImpact
from .words import LABELS, PLACE


class TrendsOfRoleInline(ElsewhereInline):
    """What each trend changes for the role. The words, and their sources, stand in each trend's form."""

    model = TrendImpact
    other = "trend"
    section = "What is changing"
    verbose_name_plural = "trends that touch this role"
    fields = readonly_fields = ["link", "strength", "change"]


# A role's page shows its trends; the app of the roles knows nothing of them, so they are added from here.
RoleAdmin.inlines = (*RoleAdmin.inlines, TrendsOfRoleInline)


class ReasonFigureInline(PartTabularInline):
    """The bars of the picture."""

    model = ReasonFigure
    section = "The picture"
    verbose_name_plural = "bars"
    fields = ["position", "label", "value", "shown"]


class RoleReasonInline(LinkInline):
    """How strongly it holds for each role."""

    model = RoleReason
    section = "By role"
    verbose_name_plural = "roles for which it holds"
    fields = ["role", "strength"]
    autocomplete_fields = ["role"]


@admin.register(Reason)
class ReasonAdmin(PublishableAdmin):
    """One reason on the page “Why healthcare”, from top to bottom."""

    list_display = ("title", *PublishableAdmin.STATE_COLUMNS)
    search_fields = ("title", "slug", "claim")
    prepopulated_fields = {"slug": ["title"]}
    inlines = (ReasonFigureInline, RoleReasonInline, *PublishableAdmin.inlines)
    counts = PublishableAdmin.counts | {"role_reasons": "roles", "figures": "bars"}
    expected = PublishableAdmin.expected | {"role_reasons": "role for which it holds"}
    fieldsets = (
        (
            "The reason",
            {
                "fields": ("title", "slug", "claim"),
                "description": "The heading, the end of its address (after #), and the reason in two sentences.",
            },
        ),
        (
            "The picture",
            {
                "fields": ("finding", "figure_note"),
                "description": "Bars with a finding above them. Without a finding there is no picture.",
            },
        ),
        (
            "Both sides",
            {
                "fields": ("healthcare", "general_tech", "evidence", "counter_evidence"),
                "description": "Side by side. The evidence against is as strong as the evidence for.",
            },
        ),
        (
            "The price",
            {
                "fields": ("trade_off", "who_should_not", "ask"),
                "description": "What it costs, who should not choose it, and how to find out in an interview.",
            },
        ),
        ("By role", {"fields": (), "description": "The table at the foot of the page. Our judgment."}),
        PublishableAdmin.SOURCES,
        PublishableAdmin.REVIEW,
    )


class TrendImpactInline(LinkInline):
    """What changes for each role."""

    model = TrendImpact
    section = "What changes for each role"
    verbose_name_plural = "roles it touches"
    fields = ["role", "strength", "change"]
    autocomplete_fields = ["role"]


@admin.register(Trend)
class TrendAdmin(PublishableAdmin):
    """A trend's page from top to bottom."""

    list_display = ("name", "as_of", *PublishableAdmin.STATE_COLUMNS)
    list_filter = (*PublishableAdmin.list_filter, "maturity")
    search_fields = ("name", "slug", "summary")
    prepopulated_fields = {"slug": ["name"]}
    inlines = (TrendImpactInline, *PublishableAdmin.inlines)
    counts = PublishableAdmin.counts | {"impacts": "roles"}
    expected = PublishableAdmin.expected | {"impacts": "role it touches"}
    fieldsets = (
        (
            "Top of the page",
            {
                "fields": ("name", "slug", "summary", "maturity"),
                "description": "The head of the page, with the scale of how far along it is.",
            },
        ),
        (
            "Today and tomorrow",
            {
                "fields": ("real_today", "still_a_promise"),
                "description": "What works today beside what is still a promise.",
            },
        ),
        ("What changes for each role", {"fields": (), "description": "Also shown on each role's own page."}),
        ("What to watch", {"fields": ("what_would_change_it",), "description": "What would change our reading."}),
        ("What to learn now", {"fields": ("learn_now",), "description": "One thing, small enough to begin."}),
        (
            "How sure we are",
            {"fields": (("confidence", "as_of"), "confidence_why"), "description": "Our judgment, with its day."},
        ),
        PublishableAdmin.SOURCES,
        PublishableAdmin.REVIEW,
    )


class PassageInline(CheckedTexts, admin.StackedInline):
    """The headings of a page and the texts under them. Which there are is fixed by the page's template."""

    model = Passage
    form = UncitedForm
    section = "Sections of the page"
    verbose_name_plural = "headings, and the texts under them"
    texts_cite = False
    extra = 0
    can_delete = False
    fields = ["key", "heading", "text"]
    readonly_fields = ["key"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return True


# Where a label stands, by the first part of its key.
PLACES = {
    "advisors": "For career advisors",
    "api": "Use our data",
    "category": "A kind of software",
    "changes": "What changed",
    "class": "A class and its picture",
    "compare": "Comparing roles",
    "copy": "Copy of the site on a stick",
    "csv": "Spreadsheet of a comparison",
    "doors": "Ways on, under a search",
    "download": "Buttons that download",
    "draft": "Banner over a draft",
    "embed": "Page in a frame, and the code for it",
    "error": "Error pages",
    "fact": "Facts of a role, also when compared",
    "foot": "Foot of every page",
    "form": "Forms that anyone may send",
    "have": "Skills that a reader marked",
    "home": "Start page",
    "kept": "Pages that a device has kept",
    "kind": "The two kinds of skills",
    "level": "How much a skill is needed",
    "levels": "How much a skill is needed",
    "map": "Map of roles and software",
    "match": "Help me choose, and its result",
    "matrix": "Table of skills and roles",
    "nav": "Menu, and the way back above a heading",
    "neighbors": "Neighboring roles on a role's page",
    "overlap": "How far roles overlap",
    "pack": "Packs of an advisor",
    "pager": "Pages of a long list",
    "pay": "Pay",
    "plan": "Plan for a role",
    "preview": "Banner over a preview",
    "project": "First projects",
    "projection": "Expected jobs",
    "report": "Report of a problem",
    "review": "When a page was checked",
    "role": "A role's page",
    "roles": "List of roles, and lists elsewhere",
    "routes": "Ways in",
    "search": "Search",
    "share": "Sending and printing a page",
    "side": "Healthcare beside general tech",
    "site": "Every page",
    "skill": "A skill's page",
    "skills": "List of skills",
    "software": "List of software",
    "source": "Under a picture",
    "sources": "List of sources",
    "standard": "A standard's page",
    "standards": "List of standards",
    "tradeoff": "Box of a trade-off",
    "trend": "A trend's page",
    "trends": "List of trends",
    "week": "A working week",
    "why": "Why healthcare",
    "worksheet": "Worksheets to print",
}


class LabelForm(UncitedForm):
    """One label. What the site fills in must stay: “Page {number}” without {number} would lose the number."""

    def clean_heading(self):
        words, own = self.cleaned_data["heading"], self.instance.heading
        missing = set(PLACE.findall(own)) ^ set(PLACE.findall(words)) if words else ()
        if missing:
            names = in_words(f"{{{name}}}" for name in sorted(missing))
            raise ValidationError(f"The site fills in what stands in braces: keep each as it was. Look at {names}.")
        return words


class LabelInline(PassageInline):
    """The small words of every page, one row each, sorted by where they stand."""

    form = LabelForm
    section = "Labels"
    verbose_name_plural = "labels"
    template = "admin/edit_inline/tabular.html"
    fields = ["place", "key", "heading"]
    readonly_fields = ["place", "key"]

    @admin.display(description="where")
    def place(self, label):
        return PLACES.get(label.key.partition("-")[0], "")


# Words that stand on every page of a kind: the list from which an editor can open one.
SHOWN_FROM = {
    "role": "careers:roles",
    "plan": "careers:roles",
    "category": "careers:software",
    "skill": "careers:skills",
    "standard": "careers:standards",
    "trend": "careers:trends",
}
# Pages of the apps above this one, by the key of their words; those apps fill it in.
ADDRESSES_ABOVE = {}


@admin.register(Page)
class PageAdmin(DeskAdmin, CheckedTexts, admin.ModelAdmin):
    """The words around the data. The site fixes which pages and passages there are; editors fill them."""

    form = UncitedForm
    texts_cite = False
    save_on_top = True
    list_display = ("heading", "where", "updated_at")
    list_filter = (HasDraft,)
    search_fields = ("key", "title", "heading", "lead", "passages__heading", "passages__text")
    readonly_fields = ("key", "where")
    inlines = (PassageInline,)
    fieldsets = (
        (
            "Top of the page",
            {
                "fields": ("heading", "lead"),
                "description": "What readers see first.",
            },
        ),
        (
            "Sections of the page",
            {"fields": (), "description": "In the order of the page. An empty text leaves the heading alone."},
        ),
        (
            "In search results",
            {
                "fields": ("title", "description", "key", "where"),
                "description": "The words in the browser's tab, in search results and in previews of a link.",
            },
        ),
    )

    LABELS = (
        (
            "Labels",
            {
                "fields": ("key", "where"),
                "description": "The small words on buttons, in tables and beside facts. Empty a box to get the site's "
                "own words back. What stands in {braces} is filled in by the site: keep it as it is.",
            },
        ),
    )

    def get_fieldsets(self, request, obj=None):
        return self.LABELS if obj and obj.key == LABELS else super().get_fieldsets(request, obj)

    def get_inlines(self, request, obj):
        return [LabelInline] if obj and obj.key == LABELS else self.inlines

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="shown on", ordering="key")
    def where(self, page):
        if page.key == LABELS:
            return "every page"
        address = self.view_on_site(page)
        words = f"each page from {address}" if page.key in SHOWN_FROM else address
        return format_html('<a href="{}">{}</a>', address, words) if address else page.key

    def public_address(self, page):
        return self.view_on_site(page)

    def view_on_site(self, page):
        """The address of the page; None when no page of the site has that key."""
        try:
            return reverse({**ADDRESSES_ABOVE, **SHOWN_FROM}.get(page.key, f"careers:{page.key}"))
        except NoReverseMatch:
            return None


@admin.register(Synonym)
class SynonymAdmin(DeskAdmin, admin.ModelAdmin):
    """What readers type, and what the site calls it. “View on site” searches for the first line."""

    save_on_top = True
    list_display = ("key", "typed_in_short", "means_in_short")
    search_fields = ("key", "typed", "means")
    fieldsets = (
        (
            "Another name",
            {
                "fields": ("typed", "means", "key"),
                "description": "One word or phrase a line. Capitals, accents and plurals do not matter.",
            },
        ),
    )

    @admin.display(description="what readers type")
    def typed_in_short(self, synonym):
        return ", ".join(synonym.typed.splitlines())

    @admin.display(description="what the site calls it")
    def means_in_short(self, synonym):
        return ", ".join(synonym.means.splitlines())

    def public_address(self, synonym):
        return reverse("careers:search")

    def view_on_site(self, synonym):
        return f"{reverse('careers:search')}?{urlencode({'q': synonym.typed.splitlines()[0].strip()})}"
