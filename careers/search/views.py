"""The search page, and the suggestions that a script asks for while a reader types."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from careers.words import labels_for, words_for

from .find import Found, find, in_groups, nearest, with_words
from .forms import SearchForm

RESULTS_A_PAGE = 20
SUGGESTIONS = 8
SUGGESTIONS_KEPT = 300  # seconds


@require_safe
def search(request):
    """Everything on this site that answers a search, by kind; never an empty page."""
    form = SearchForm(request.GET, labels_for(request))
    form.is_valid()
    q, kind = form.value("q").strip(), form.value("kind")
    found = find(q) if q else Found()
    kinds = in_groups(found.entries)
    of_kind = next((group for group in kinds if group.kind == kind), None)
    page = None
    if of_kind:
        page = Paginator([entry for entry in found.entries if entry.kind == kind], RESULTS_A_PAGE).get_page(
            form.value("page") or 1
        )
        page.object_list = with_words(page.object_list)
    context = {
        "words": words_for("search"),
        "form": form,
        "q": q,
        "found": found,
        "said": found.shown if found.corrections else q,
        "kinds": [(group, address(q, group.kind)) for group in kinds],
        "of_kind": of_kind,
        "page": page,
        "groups": [] if of_kind else _with_words(kinds),
        "nearest": with_words(nearest(q)) if q and not found.count else [],
        "everything": address(q),
        "previous": address(q, kind, page.number - 1) if page else "",
        "next": address(q, kind, page.number + 1) if page else "",
        "shared_query": address(q, kind if of_kind else "", page.number if page else 1).lstrip(".?"),
    }
    return render(request, "careers/search.html", context)


def _with_words(groups):
    """(group, its entries with the texts that readers see), in one query for all groups."""
    full = {entry.pk: entry for entry in with_words([entry for group in groups for entry in group.entries])}
    return [(group, [full[entry.pk] for entry in group.entries if entry.pk in full]) for group in groups]


def address(q="", kind="", page=1):
    """The query string of a part of the results, in one canonical order."""
    pairs = [("q", q)] if q else []
    pairs += [("kind", str(kind))] if kind else []
    pairs += [("page", page)] if page > 1 else []
    return f"?{urlencode(pairs)}" if pairs else "."


@require_safe
def suggest(request):
    """The best few results as JSON, for words that may be unfinished. The same for every reader, so caches keep it."""
    form = SearchForm(request.GET)
    form.is_valid()
    found = find(form.value("q"), unfinished=True)
    results = [
        {"title": entry.title, "kind": entry.get_kind_display(), "url": entry.address}
        for entry in found.entries[:SUGGESTIONS]
    ]
    response = JsonResponse({"results": results})
    patch_cache_control(response, public=True, max_age=SUGGESTIONS_KEPT)
    response["X-Robots-Tag"] = "noindex"
    return response
