"""The editable words around the data: those of one page, and the small labels that every page uses."""

import re
from dataclasses import dataclass, field

from django.db import DatabaseError

from .models import Page, Passage

# The page whose passages are the labels: on buttons, in tables, beside facts. No reader sees it as a page.
LABELS = "labels"
PLACE = re.compile(r"\{(\w+)\}")


@dataclass
class Words:
    """A page's words. What an editor has not written falls back to a calm default, never to a gap."""

    page: Page
    passages: dict = field(default_factory=dict)

    def passage(self, key):
        """The passage at `key`; one with a plain heading when nobody has written it."""
        return self.passages.get(key) or Passage(key=key, heading=_readable(key))

    @property
    def in_order(self):
        """Every written passage, for pages that are nothing but text."""
        return list(self.passages.values())

    def beginning(self, start):
        """The written passages whose key begins like this: the rows of a list, such as class-1, class-2."""
        return [passage for key, passage in self.passages.items() if key.startswith(start)]


def words_for(key):
    """The words of the page `key`, in two queries. Works on an empty database too."""
    page = Page.objects.prefetch_related("passages").filter(key=key).first()
    if page is None:
        name = _readable(key)
        return Words(Page(key=key, title=name, heading=name, description=name))
    return Words(page, {passage.key: passage for passage in page.passages.all()})


def _readable(key):
    return key.replace("-", " ").capitalize()


class Labels:
    """The small words of the site as editors wrote them, loaded when the first is asked for, in one query."""

    def __init__(self):
        self._written = None

    def __call__(self, key, words, **values):
        """The label `key` with its {places} filled; `words`, the site's own, when no editor wrote it."""
        if self._written is None:
            self._written = self._load()
        return filled(self._written.get(key) or words, values)

    def _load(self):
        try:
            return dict(Passage.objects.filter(page__key=LABELS).values_list("key", "heading"))
        except DatabaseError:
            return {}  # a page that reports a trouble never makes another


def own_words(key, words, **values):
    """The label where no database is asked: the site's own words."""
    return filled(words, values)


def filled(words, values):
    """`words` with each {name} replaced by what `values` holds for it."""
    return PLACE.sub(lambda place: str(values.get(place[1], place[0])), words)


def labels_for(request):
    """The Labels of this request, the same for all who ask; the site's own words where there is no request."""
    if request is None:
        return own_words
    if not hasattr(request, "labels"):
        request.labels = Labels()
    return request.labels
