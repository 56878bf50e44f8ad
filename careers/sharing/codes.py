"""QR codes of this site's own addresses, drawn on the server and kept by caches."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from careers.addresses import local_address
from careers.context import site
from careers.words import labels_for
from editorial import qr

# A longer absolute address needs so many modules that phones no longer read them from a sheet of paper.
LONGEST_IN_A_CODE = 500
CODES_KEPT = 7 * 24 * 3600  # seconds


def code_address(address):
    """Where the QR code of an absolute address of this site is drawn; empty for one that is too long for phones."""
    if len(address) > LONGEST_IN_A_CODE:
        return ""
    parts = urlsplit(address)
    return reverse("careers:qr-code", query={"page": f"{parts.path}?{parts.query}" if parts.query else parts.path})


@require_safe
def qr_code(request):
    """The QR code of one page of this site, with its query, as an SVG file."""
    label, asked = labels_for(request), request.GET.get("page", "")
    absolute = f"{site(request)['site_url']}{asked}"
    if len(absolute) > LONGEST_IN_A_CODE:
        return _refused(
            label(
                "share-code-unread",
                "An address of more than {most} signs makes a QR code that phones cannot read. Copy the link instead.",
                most=LONGEST_IN_A_CODE,
            )
        )
    if not asked or local_address(asked, longest=LONGEST_IN_A_CODE) != asked:
        return _refused(
            label(
                "share-code-foreign",
                "We draw QR codes for pages of this site only, such as /qr.svg?page=/roles/",
            )
        )
    response = HttpResponse(qr.svg_file(absolute), content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=CODES_KEPT)
    response["X-Robots-Tag"] = "noindex"
    return response


def _refused(sentence):
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
