"""The lists inside a page's form: its ordered parts, its links to other pages, its sources."""

from operator import attrgetter

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from editorial.keys import could_be_key
from editorial.models import Citation, FormerSlug, Source

from .texts import CheckedTexts, CitingForm, in_words


class LoadedChoice(AutocompleteSelect):
    """An autocomplete box that shows a choice loaded with its row. Django's asks the database for each row.

    Django's also looks up whatever was sent when the form comes back, and breaks where that is no number.
    """

    loaded = None

    def optgroups(self, name, value, attr=None):
        if self.loaded is None or value != [str(self.loaded.pk)]:
            return super().optgroups(name, list(filter(self._could_be_chosen, value)), attr)
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, value[0], str(self.loaded), True, len(blank))
        return [(None, [*blank, chosen], 0)]

    def _could_be_chosen(self, text):
        is_number = isinstance(self.field.target_field, models.IntegerField)  # an occupation's key is its code
        return could_be_key(text) if is_number else "\0" not in text  # PostgreSQL knows no NUL


class LoadedChoices:
    """Mixin for the admin: every autocomplete box is a LoadedChoice."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", LoadedChoice(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowForm(CitingForm):
    """One row of a list. Its choices come with the row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name, field in self.fields.items():
                widget = getattr(field.widget, "widget", field.widget)
                if isinstance(widget, LoadedChoice):
                    widget.loaded = getattr(self.instance, name)


class NewRowsLast:
    """Mixin for formsets: a new row comes after the others until the editor gives it another number."""

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        if "position" in self.form.base_fields and (index is None or index >= self.initial_form_count()):
            kwargs["initial"] = {"position": self.next_position}
        return kwargs

    @cached_property
    def next_position(self):
        return max((row.position for row in self.get_queryset()), default=-1) + 1


class NamedBoxes:
    """Mixin for formsets: each box has its column's name for those who hear the form. In a table Django gives none."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", field.label or name.replace("_", " ").capitalize())


class KnowsOtherRows:
    """Mixin for formsets: knows the rows of the list that the form does not hold. Django compares those it holds."""

    @cached_property
    def other_rows(self):
        held = {form.instance.pk for form in self.initial_forms}
        return [row for row in self.get_queryset() if row.pk not in held]


class RowFormSet(NamedBoxes, NewRowsLast, KnowsOtherRows, BaseInlineFormSet):
    """The rows of one list in a page's form."""

    def clean(self):
        super().clean()
        kept = [form.instance for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        for constraint in self.model._meta.total_unique_constraints:
            value_of = attrgetter(*(self.model._meta.get_field(name).attname for name in constraint.fields))
            if set(map(value_of, kept)) & set(map(value_of, self.other_rows)):
                raise ValidationError(self.get_unique_error_message(constraint.fields))

    def get_unique_error_message(self, unique_check):
        labels = [self.form.base_fields[name].label.lower() for name in unique_check if name != self.fk.name]
        return f"Two rows have the same {in_words(labels)}. Change one of them, or delete it."


class CitationFormSet(NamedBoxes, NewRowsLast, KnowsOtherRows, BaseGenericInlineFormSet):
    """The sources of a page, each at most once. Their order is that of the text: editors need not give it."""

    def save_new(self, form, commit=True):
        form.instance.position = self.next_position
        return super().save_new(form, commit=commit)

    def clean(self):
        super().clean()
        seen = {row.source for row in self.other_rows}
        for form in self.forms:
            source = None if form in self.deleted_forms else getattr(form, "cleaned_data", {}).get("source")
            if source in seen:
                form.add_error("source", "This page already lists that source.")
            elif source:
                seen.add(source)


class RowInline(LoadedChoices, CheckedTexts):
    """What every list in a form shares.

    `section` names the fieldset it stands under. Nobody needs fifteen permissions to edit one page: the admin
    lets in whoever may see the page, and shows the lists without boxes to those who may not change it.
    """

    form = RowForm
    formset = RowFormSet
    section = None
    extra = 0
    text_rows = 3

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(*self.autocomplete_fields) if self.autocomplete_fields else rows

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            # Three icons in each of thirty rows; a source is the one thing to add while writing.
            widget = formfield.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related = widget.can_add_related and db_field.related_model is Source
        return formfield

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return True

    def has_delete_permission(self, request, obj=None):
        return True


class PartTabularInline(RowInline, admin.TabularInline):
    """Short parts, one line each."""


class PartStackedInline(RowInline, admin.StackedInline):
    """Long parts, a small form each."""

    text_rows = 4


class LinkInline(RowInline, admin.TabularInline):
    """Links from this page to others, with the words about each link."""


class CitationInline(RowInline, GenericTabularInline):
    """The documents a page rests on."""

    model = Citation
    formset = CitationFormSet
    section = "Sources"
    verbose_name_plural = "sources, numbered on the page in the order in which it cites them"
    fields = ["source", "supports"]
    autocomplete_fields = ["source"]


class ReadOnly:
    """Mixin for lists that are shown here and changed elsewhere."""

    extra = 0
    max_num = 0

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ElsewhereInline(ReadOnly, admin.TabularInline):
    """Links that are edited in the other page's form: `other` names the relation that leads there."""

    section = None
    other = None

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(self.other)

    @admin.display(description="edit it there")
    def link(self, row):
        page = getattr(row, self.other)
        name = f"admin:{page._meta.app_label}_{page._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[page.pk]), page)


class FormerSlugInline(ReadOnly, GenericTabularInline):
    """The addresses a page once had."""

    model = FormerSlug
    section = "Review and publishing"
    verbose_name_plural = "old addresses that lead here"
    fields = ["slug"]
