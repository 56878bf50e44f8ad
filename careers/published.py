"""What readers see at an address: the published row, a redirect from an old slug, or for staff the draft.

Pages never touch the session for readers, so that any cache may keep them.
"""

from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from editorial.content.kinds import kind_of


def published_or_moved(request, loaded, slug, to=None):
    """The published row with that slug from the queryset `loaded`; None when there is none.

    A slug that the row once had gets a permanent redirect, with what the reader chose: to the row's page, or to the
    address named `to`.
    """
    found = loaded.published().filter(slug=slug).first()
    if found is None:
        moved = loaded.model.objects.published().formerly(slug).first()
        if moved is not None:
            address = reverse(to, args=[moved.slug]) if to else moved.get_absolute_url()
            query = request.GET.urlencode()
            return redirect(f"{address}?{query}" if query else address, permanent=True)
    return found


def published_or_draft(request, loaded, slug, to=None):
    """The published row with that slug from the queryset `loaded`, or a redirect from a slug that it once had.

    Staff see drafts, and whoever holds a preview link sees that draft. Raises Http404 otherwise.
    """
    found = published_or_moved(request, loaded, slug, to)
    if found is None:
        found = loaded.filter(slug=slug).first()
        if found and not (is_previewed(request, found) or is_staff(request)):
            found = None
    if found is None:
        raise Http404
    return found


def is_previewed(request, page):
    """Is the request a preview of this very page?"""
    version = getattr(request, "previewed", None)
    return version is not None and (version.kind, version.item_id) == (kind_of(type(page)).folder, page.pk)


def is_staff(request):
    """Asks for the session only when the request brings one, so that readers' pages stay cacheable.

    Drafts are open to whom the admin is open: its site knows what a sign-in has to be. PostgreSQL cannot even
    look for a key with a NUL in it, so a cookie of other signs is nobody's.
    """
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return key.isalnum() and admin.site.has_permission(request)


def render_page(request, template, context, page):
    """A page that may be a draft: then it carries a banner and no cache may keep it."""
    return keep_private(render(request, template, context | {"page": page}), page)


def keep_private(response, page):
    """The response, kept by no cache and no search engine when the page is a draft."""
    if not page.is_published:
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
    return response
