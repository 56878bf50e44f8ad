"""What the admin refuses before Django's own asks the database for what it cannot find."""

import re

from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import IntegerField

from editorial.keys import could_be_key

from .asked import model_admin_of


def refuse_what_breaks(request):
    """Raise what makes the answer a 400, where a request asks for something that no database or page can give."""
    refuse_other_keys(request)
    refuse_breaking_lookups(request)
    refuse_rows_that_cannot_be(request)


def refuse_other_keys(request):
    """Raise DisallowedModelAdminToField, which is a 400, where an address names another field as a row's key.

    All our rows are known by their id, or by their code as occupations are. Django's admin breaks on the names of some
    fields.
    """
    if {*request.GET.getlist(TO_FIELD_VAR), *request.POST.getlist(TO_FIELD_VAR)} - {"", "id", "code"}:
        raise DisallowedModelAdminToField("No row is known by that field.")


# Django lets an address of a list name these too, and then asks the database what it cannot compute. No list of ours
# names them.
BREAKING_LOOKUPS = {"in", "range", "regex", "iregex", "iso_year"}
AUTOCOMPLETE_VAR = "term"  # where a list's search is `q`
MOST_WORDS = 50  # each is looked for in several columns, and SQLite takes a thousand conditions


def refuse_breaking_lookups(request):
    """Raise DisallowedModelAdminLookup, which is a 400, where an address filters a list in a way that can break it."""
    if any(len(request.GET.get(name, "").split()) > MOST_WORDS for name in (SEARCH_VAR, AUTOCOMPLETE_VAR)):
        raise DisallowedModelAdminLookup(f"No list can be searched for more than {MOST_WORDS} words.")
    is_list = (request.resolver_match.url_name or "").endswith("_changelist")
    for name, values in request.GET.lists():
        lookups = set(name.split("__")[1:])
        breaks = lookups & BREAKING_LOOKUPS or ("year" in lookups and not all(map(is_year, values)))
        is_huge = bool(lookups) and any(value.isdecimal() and not could_be_key(value) for value in values)
        if breaks or is_huge or (is_list and any("\0" in value for value in values)):  # PostgreSQL knows no NUL
            raise DisallowedModelAdminLookup("No list can be filtered like that.")


def is_year(text):
    """Whether a text is a year that dates can have."""
    return bool(re.fullmatch("[0-9]{4}", text)) and text > "0000"


def refuse_rows_that_cannot_be(request):
    """Raise DisallowedModelAdminLookup, which is a 400, where an action is asked for on what is no row's key."""
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    model_admin = chosen and model_admin_of(request, "changelist")
    if not model_admin or not isinstance(model_admin.opts.pk, IntegerField):
        return
    if not all(map(could_be_key, chosen)):
        raise DisallowedModelAdminLookup("No row has that key.")
