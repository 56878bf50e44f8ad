"""What every template may use."""

from django.conf import settings
from django.core.exceptions import DisallowedHost


def site(request):
    """What base.html asks for.

    `site_url`: the scheme and host for absolute addresses. `contact_email`: where readers can write a mail.
    `offline_reading`: may browsers keep the pages that readers open?
    """
    return {
        "site_url": settings.SITE_URL or _address_asked_for(request),
        "contact_email": settings.CONTACT_EMAIL,
        "offline_reading": settings.OFFLINE_READING,
    }


def _address_asked_for(request):
    """Scheme and host of the request; nothing for a host that is not ours, so that its error page can be shown."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
