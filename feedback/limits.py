"""How many reports one place may send. Counted without keeping anybody's network address."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Feedback

PER_HOUR, PER_DAY, FROM_ALL_PER_DAY = 5, 20, 200
HOUR, DAY = 3_600, 86_400


def is_over_the_limit(request):
    """Whether this reader, or all readers together, sent as many reports as we take."""
    counts = cache.get_many(_counters(request))
    return (
        any(count >= most for (key, (most, _)) in _counters(request).items() if (count := counts.get(key, 0)))
        or Feedback.objects.received_today().count() >= FROM_ALL_PER_DAY
    )


def count_one(request):
    """Remember that this reader sent a report."""
    for key, (_, seconds) in _counters(request).items():
        cache.add(key, 0, seconds)
        try:
            cache.incr(key)
        except ValueError:  # it ran out, or was thrown out, between the two lines
            cache.set(key, 1, seconds)


def _counters(request):
    """{key: (most, seconds)} of the clock hour and the day.

    The keys hold a hash that only this site can compute and that is another one tomorrow: not the address.
    """
    now = timezone.now()
    who = salted_hmac("feedback.limits", f"{now.date()} {client_address(request)}", algorithm="sha256").hexdigest()
    return {f"feedback:{who}:{now.hour}": (PER_HOUR, HOUR), f"feedback:{who}": (PER_DAY, DAY)}


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
