"""Shows a draft at the page's own address, in the site's own look, to whoever holds a signed link that expires."""

import datetime
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from editorial import desk
from editorial.models import Version

PARAMETER = "preview"
SALT = "editorial.preview"
LASTS = datetime.timedelta(days=7)


def link(version, address):
    """`address`, a path of this site, with the parameter that shows it as the version would make it."""
    token = signing.dumps(version.pk, salt=SALT)
    return f"{address}?{urlencode({PARAMETER: token})}"


def is_signed(token):
    """Did this site make the token, in whatever time? Asks no database."""
    try:
        signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    return True


def version_in(token):
    """The version that a token is for. Raises signing.BadSignature, or SignatureExpired when it is too old."""
    return Version.objects.filter(data__isnull=False, pk=signing.loads(token, salt=SALT, max_age=LASTS)).first()


class PreviewMiddleware:
    """Answers a request with a preview link as if the draft were published, and leaves no trace of it.

    The request then carries `previewed`, the version; or `preview_expired`, and the page is the one readers see.
    A token that was tampered with is a parameter like any other that a page does not know, and so is the link to a
    page that is deleted. The admin never rehearses a link: its forms must know what really stands.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = request.GET.get(PARAMETER)
        if not token or request.method not in ("GET", "HEAD") or request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        try:
            version = version_in(token)
        except signing.SignatureExpired:
            request.preview_expired = True
            return _private(self.get_response(request))
        except signing.BadSignature:
            return self.get_response(request)
        if version is None or not desk.is_there(version):
            return self.get_response(request)
        try:
            with desk.rehearsal(version, published=True):
                request.previewed = version
                return _private(self.get_response(request))
        except desk.Refused:
            # The draft can't stand beside what others have published since; its form says why.
            return _private(self.get_response(request))


def _private(response):
    """No cache keeps it, no search engine lists it, and no other site learns the link."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
