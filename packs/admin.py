"""Packs in the admin: those of one's own, and for editors all of them, to look at and to take down."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from careers.admin import ADDRESSES_ABOVE
from careers.words import labels_for, words_for
from editorial.admin import Question

from . import making
from .forms import Offered, PackForm
from .models import Pack
from .tokens import typed_share_token

# The words of our pages are edited where all words are.
ADDRESSES_ABOVE |= {"pack-new": "packs:new"}


class Open(Question):
    """Packs that readers can see."""

    title = "Open to readers?"
    parameter_name = "open"

    def those(self, rows):
        return rows.open()


class Mine(Question):
    """Packs that the member of staff who looks made in the admin."""

    title = "Mine?"
    parameter_name = "mine"

    def queryset(self, request, queryset):
        self.user = request.user
        return super().queryset(request, queryset)

    def those(self, rows):
        return rows.filter(owner=self.user)


class TakeDownForm(forms.ModelForm):
    """Closes a pack to its readers and its maker, or opens it again. Everything else stays as it came."""

    is_taken_down = forms.BooleanField(
        label="Take it down",
        required=False,
        help_text="Its address then says that the pack is closed, and its maker can change it no more.",
    )

    class Meta:
        model = Pack
        fields = ["taken_down_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_taken_down"].initial = self.instance.taken_down_at is not None

    def clean(self):
        cleaned = super().clean()
        if cleaned["is_taken_down"] and not cleaned.get("taken_down_reason"):
            self.add_error("taken_down_reason", "Say why, for the editors who come after you.")
        if not cleaned["is_taken_down"]:
            cleaned["taken_down_reason"] = ""
        return cleaned


@admin.register(Pack)
class PackAdmin(admin.ModelAdmin):
    """What advisors handed out. Staff see their own; who may view packs sees all, who may change them takes down."""

    form = TakeDownForm
    list_display = ("title", "sender", "state_word", "created_at", "expires_at", "owner")
    list_filter = (Open, Mine)
    list_select_related = ("owner",)
    search_fields = ("title", "sender", "note", "token")
    search_help_text = "Words of the pack, or its address."
    date_hierarchy = "created_at"
    list_per_page = 50
    readonly_fields = (
        "page_link", "change_link", "title", "sender", "note", "language", "contents", "created_at", "saved_at",
        "expires_at", "revoked_at", "owner", "taken_down_at", "taken_down_by",
    )  # fmt: skip
    fieldsets = (
        (
            "The pack",
            {
                "fields": ("page_link", "title", "sender", "note", "language", "contents"),
                "description": "As its maker wrote it. The address that changes it is known to nobody but them.",
            },
        ),
        ("Its time", {"fields": ("created_at", "saved_at", "expires_at", "revoked_at", "owner")}),
        (
            "Take it down",
            {
                "fields": ("is_taken_down", "taken_down_reason", "taken_down_at", "taken_down_by"),
                "description": "For advertising, for anything about a student, and for what has no place in a school.",
            },
        ),
    )

    class Media:
        css = {"all": ["css/admin.css"]}

    # Who sees what

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if self._sees_all(request) else rows.filter(owner=request.user)

    def _sees_all(self, request):
        return super().has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        """Whoever may make packs here sees those; whoever may view packs sees all."""
        if self._sees_all(request):
            return True
        return self.has_add_permission(request) and (obj is None or obj.owner_id == request.user.pk)

    # The list

    def get_search_results(self, request, queryset, search_term):
        """An address, or a token in any spelling, finds its pack."""
        token = typed_share_token(search_term.strip().rstrip("/").rpartition("/")[2])
        return super().get_search_results(request, queryset, token or search_term)

    @admin.display(description="state")
    def state_word(self, pack):
        return pack.state.label

    # The form

    @admin.display(description="address")
    def page_link(self, pack):
        address = pack.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.display(description="roles, skills and trends")
    def contents(self, pack):
        return format_html_join("", "{}: {}<br>", ((item.get_kind_display(), item.name) for item in pack.items.all()))

    @admin.display(description="taken down", boolean=True)
    def is_taken_down(self, pack):
        """For those who may look and not change."""
        return pack.taken_down_at is not None

    @admin.display(description="change it")
    def change_link(self, pack):
        return format_html(
            '<a href="{}">Get a new address to change it</a>', reverse("admin:packs_pack_address", args=[pack.pk])
        )

    def get_fieldsets(self, request, obj=None):
        """The way to change it is for its owner alone."""
        (name, options), *rest = super().get_fieldsets(request, obj)
        own = ("change_link",) if obj and obj.owner_id == request.user.pk and obj.can_be_edited else ()
        return [(name, options | {"fields": (*options["fields"], *own)}), *rest]

    def save_model(self, request, obj, form, change):
        if "is_taken_down" in form.changed_data:
            is_down = form.cleaned_data["is_taken_down"]
            obj.taken_down_at, obj.taken_down_by = (timezone.now(), request.user) if is_down else (None, None)
        # Not the maker's words: they may be saving at this very moment.
        obj.save(update_fields=["taken_down_at", "taken_down_by", "taken_down_reason"])

    # Making one here, so that it stands in one's own list

    def add_view(self, request, form_url="", extra_context=None):
        return self._own_form(request)

    def get_urls(self):
        view = self.admin_site.admin_view(self.new_address)
        return [path("<int:pk>/address/", view, name="packs_pack_address"), *super().get_urls()]

    def _own_form(self, request):
        """The public form, in the admin: what is made with it belongs to the one who is signed in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        offered, label = Offered(), labels_for(request)
        form = PackForm.asked_for(request.GET, offered=offered, label=label)
        if request.method == "POST":
            form = PackForm(request.POST, offered=offered, label=label)
            if form.is_valid():
                pack, edit_token = making.make(form, owner=request.user)
                self.log_addition(request, pack, "Made in the admin.")
                return redirect("packs:ready", edit_token)
        form.action, form.has_token = reverse("admin:packs_pack_add"), True
        return render(request, "packs/new.html", {"words": words_for("pack-new"), "form": form})

    def new_address(self, request, pk):
        """Only the hash of the address that edits a pack is kept. Its owner gets a new one, and the old one ends."""
        pack = get_object_or_404(Pack, pk=pk, owner=request.user)
        if request.method == "POST" and pack.can_be_edited:
            edit_token = pack.new_edit_address()
            pack.save(update_fields=["edit_digest"])
            self.log_change(request, pack, "A new address to change it.")
            return redirect("packs:ready", edit_token)
        context = {**self.admin_site.each_context(request), "title": "A new address", "pack": pack, "opts": self.opts}
        return render(request, "admin/pack_address.html", context)
