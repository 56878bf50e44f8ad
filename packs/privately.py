"""Who may keep an answer, find it, and learn where a reader came from: what surrounds the views of packs."""

from functools import wraps

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control

from careers.secret_addresses import kept_secret, unlisted
from careers.words import words_for

from .models import Pack


def for_readers(view):
    """The page that is shared: no search engine lists it, and a browser that keeps it asks again each time.

    So a pack that was taken back is gone at once, and no cache on the way ever holds one.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = unlisted(view(request, *args, **kwargs))
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer


def for_the_maker(view):
    """Find the pack that the edit token opens, and keep its address out of everybody's sight. Nobody keeps the page."""

    @wraps(view)
    def answer(request, edit_token):
        request.encoding = "utf-8"  # whatever the request says of itself; other codecs yield text no database takes
        pack = Pack.objects.editable_with(edit_token)
        if pack is None:
            response = unknown(request)
        elif not pack.can_be_edited:
            response = gone(request)
        else:
            response = view(request, pack, edit_token)
        add_never_cache_headers(response)
        return kept_secret(response)

    return answer


def unknown(request):
    """There is no such pack, and maybe never was."""
    return render(request, "packs/not_there.html", {"words": words_for("pack-unknown")}, status=404)


def gone(request):
    """It is over, taken back or taken down: nobody is told which."""
    return render(request, "packs/not_there.html", {"words": words_for("pack-gone")}, status=410)
