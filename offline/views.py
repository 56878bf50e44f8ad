"""What a browser needs to keep the pages that a reader opens, and to put the site on a home screen."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from careers.words import labels_for, words_for

# Raise it when the worker keeps things in another way: what the former one kept is then thrown away.
VERSION = 2
MOST_PAGES, MOST_FILES = 60, 80

# Paths that are never kept, by their beginning: staff, reports, what advisors prepare, and the answers of a reader.
NEVER_KEPT = ("/admin/", "/feedback/", "/packs/", "/p/", "/class/", "/match/result/")

# A page is kept when its address has no other parameters than these, which say what it is about. All others stay
# out, those of tomorrow too: they hold answers (a, s1 …), skills (have), words that were searched (q), and drafts
# (preview), and devices in schools are shared.
KEPT_WITH = ("area", "category", "kind", "occupation", "only", "page", "role", "skill")

MANIFEST_KEPT = 24 * 3600  # seconds
# The colors of --deep and --paper in tokens.css.
THEME, BACKGROUND = "#0b464d", "#fbfcfa"


@require_safe
def worker(request):
    """The service worker; with OFFLINE_READING=off one that removes itself and all that was kept.

    It stands at the root, because a worker can only keep pages below its own address.
    """
    name = "worker.js" if settings.OFFLINE_READING else "worker_off.js"
    context = {
        "version": VERSION,
        "most_pages": MOST_PAGES,
        "most_files": MOST_FILES,
        "never": NEVER_KEPT,
        "kept_with": KEPT_WITH,
        "stand_in": reverse("offline:kept-pages"),
        "static": settings.STATIC_URL,
    }
    response = render(request, f"offline/{name}", context, content_type="text/javascript; charset=utf-8")
    # A browser that asks gets today's: a worker that is switched off shall be gone at the next visit.
    patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
def manifest(request):
    """What the site is called and looks like on a home screen."""
    label = labels_for(request)
    icons = [("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any")]
    icons += [("img/icon-maskable-512.png", "512x512", "maskable")]
    home = reverse("careers:home")
    about = {
        "name": label("site-name", "Careers in Healthcare Software"),
        "short_name": label("site-name-short", "Health careers"),
        "description": words_for("home").page.description,
        "id": home,
        "start_url": home,
        "scope": home,
        "lang": "en",
        "dir": "ltr",
        "display": "minimal-ui",
        "theme_color": THEME,
        "background_color": BACKGROUND,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    response = JsonResponse(about, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=MANIFEST_KEPT)
    return response


@require_safe
def kept_pages(request):
    """Which pages this device has kept. Without a network it stands in for those it has not."""
    return render(request, "offline/kept_pages.html", {"words": words_for("kept-pages")})
