"""Addresses of this site as others write them, and the network address of whoever asks."""

import ipaddress
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import is_same_domain

LONGEST_ADDRESS = 300

# Printable ASCII without space, quotes, angle brackets and backslash: what a browser leaves in an address.
WRITTEN_LIKE_AN_ADDRESS = re.compile(r"/(?!/)[!#-;=?-\[\]_a-z~]*")


def local_address(text, hosts=(), longest=LONGEST_ADDRESS):
    """The path and query of an address on this site, without its fragment; empty for anything else.

    A full address is taken when its host is one of `hosts`. A query that makes it too long is left out.
    """
    try:
        parts = urlsplit(text.strip()[: 10 * longest])
    except ValueError:
        return ""
    if (parts.scheme, parts.netloc) != ("", "") and (
        parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts
    ):
        return ""
    with_query = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for address in (with_query, parts.path):
        if len(address) <= longest and WRITTEN_LIKE_AN_ADDRESS.fullmatch(address):
            return address
    return ""


def own_hosts(request: HttpRequest):
    """The names under which readers reach this site, with their ports."""
    return {request.get_host().lower(), urlsplit(settings.SITE_URL).netloc.lower()} - {""}


def sent_from_elsewhere(request: HttpRequest):
    """Whether the browser says that another site sent this form. One that says nothing is believed."""
    said = request.headers.get("Origin") or request.headers.get("Referer")
    if not said:
        return False
    try:
        host = urlsplit(said).netloc.lower()
    except ValueError:
        return True
    trusted = [urlsplit(each).netloc.lower().lstrip("*") for each in settings.CSRF_TRUSTED_ORIGINS]
    return host not in own_hosts(request) and not any(is_same_domain(host, each) for each in trusted)


def client_address(request):
    """The reader's network address, or for IPv6 the first half of it: the rest changes at the reader's will.

    Behind a proxy it is the last entry of X-Forwarded-For, the one the proxy itself wrote.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or said
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said[:100]
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address.packed[:8] + bytes(8), 64)))
