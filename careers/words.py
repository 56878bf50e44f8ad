"""The editable words around the data of one page."""

from dataclasses import dataclass, field

from .models import Page, Passage


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


def words_for(key):
    """The words of the page `key`, in two queries. Works on an empty database too."""
    page = Page.objects.prefetch_related("passages").filter(key=key).first()
    if page is None:
        name = _readable(key)
        return Words(Page(key=key, title=name, heading=name, description=name))
    return Words(page, {passage.key: passage for passage in page.passages.all()})


def _readable(key):
    return key.replace("-", " ").capitalize()
