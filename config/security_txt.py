"""Where to report a weakness of this site, in the form that RFC 9116 gives it."""

import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

ADDRESS = "/.well-known/security.txt"
# The file is made anew for each who asks, and is true as long as the setting is. The RFC asks for less than a year.
HOLDS = datetime.timedelta(days=180)
KEPT_FOR = 24 * 3600  # seconds


@require_safe
def security_txt(request):
    """Whom to write to, and for how long that holds. Raises Http404 when the operator named no address."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    expires = (timezone.now() + HOLDS).astimezone(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
    ]
    if settings.SITE_URL:
        lines.append(f"Canonical: {settings.SITE_URL}{ADDRESS}")
    response = HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response
