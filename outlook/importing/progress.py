"""A bar on the terminal while a long file is read. Silent when nobody watches."""

import sys
import time

WIDTH = 30
SECONDS_BETWEEN = 0.2


class Progress:
    """Counts bytes up to `total` and draws them on stderr, when that is a terminal."""

    def __init__(self, name, total, *, show=True):
        self._name, self._total, self._done = name, max(total, 1), 0
        self._show = show and sys.stderr.isatty()
        self._drawn = 0.0

    def __enter__(self):
        return self

    def add(self, count):
        self._done += count
        if self._show and time.monotonic() - self._drawn > SECONDS_BETWEEN:
            self._draw()

    def _draw(self):
        self._drawn = time.monotonic()
        share = min(self._done / self._total, 1)
        bar = "#" * round(share * WIDTH)
        sys.stderr.write(f"\r{self._name:<24} [{bar:<{WIDTH}}] {share:4.0%}")
        sys.stderr.flush()

    def __exit__(self, *error):
        if self._show and self._drawn:
            sys.stderr.write("\r" + " " * (WIDTH + 34) + "\r")
            sys.stderr.flush()
