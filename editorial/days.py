"""Which day it is for what readers see: today, or another day while something is drawn as of that day."""

import datetime
from contextlib import contextmanager
from contextvars import ContextVar

_drawn_for = ContextVar("drawn_for", default=None)


def today():
    """The day from which a page counts."""
    return _drawn_for.get() or datetime.date.today()


@contextmanager
def as_if_on(day):
    """Inside, `today` is this date; None leaves it the real one."""
    token = _drawn_for.set(day)
    try:
        yield
    finally:
        _drawn_for.reset(token)
