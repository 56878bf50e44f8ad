"""Deletes packs that have been closed for long."""

from datetime import timedelta

from .models import Pack

# Long enough for a teacher who comes back after the holidays; /privacy/ and the form say so.
KEPT = timedelta(days=90)


def tidy_packs(now):
    """Delete the packs that nobody could see for `KEPT` before `now`, for whichever reason. Returns how many."""
    old = Pack.objects.closed_before(now - KEPT)
    _, deleted = old.delete()
    return deleted.get(Pack._meta.label, 0)
