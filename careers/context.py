"""What every template may use."""

from django.conf import settings


def site(request):
    """`site_url`: the scheme and host for absolute addresses. `contact_email`: where readers report problems."""
    return {
        "site_url": settings.SITE_URL or f"{request.scheme}://{request.get_host()}",
        "contact_email": settings.CONTACT_EMAIL,
    }
