"""What each kind of page tells the search index about itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.urls import NoReverseMatch, reverse

from careers.models import Page, Reason, Trend
from editorial.content.kinds import all_kinds
from editorial.markdown import plain
from editorial.models import Citation, Publishable
from roles.models import Role, SoftwareCategory, Standard
from skills.models import Skill

from .models import SearchEntry

Kind = SearchEntry.Kind
TITLE_AND_SHORT_FORM = re.compile(r"^(.+?) \((.+)\)$")

# Free text that readers do not read as text of the page.
NOT_TEXT = {"slug", "key", "reviewer"}

# Pages of words at another address than `careers:<key>`, by key. What has no address cannot be found: the start page
# has a word about everything and would be in the way.
ADDRESSES = {"home": "", "search": ""}


@dataclass(frozen=True)
class Subject:
    """One kind of page: its model, the lists that are part of it, and its other names."""

    kind: str
    model: type
    title: str
    summary: str
    parts: tuple = ()
    other_names: Callable = field(default=lambda item: [])

    def public(self):
        """The rows that readers may see."""
        return self.model.objects.published() if issubclass(self.model, Publishable) else self.model.objects.all()

    def loaded(self):
        """The rows that readers may see, with their lists, in a fixed number of queries."""
        return self.public().prefetch_related(*self.parts)

    def key_of(self, item):
        return item.slug if isinstance(item, Publishable) else item.key

    def address_of(self, item):
        """Where readers find it; empty for words that stand on many pages and have no address of their own."""
        if not isinstance(item, Page):
            return item.get_absolute_url()
        try:
            return reverse(ADDRESSES.get(item.key, f"careers:{item.key}"))
        except NoReverseMatch:
            return ""

    def names_of(self, item):
        """The title, then all other names, without doubles."""
        title = getattr(item, self.title)
        names = [title, *self.other_names(item), self.key_of(item).replace("-", " ")]
        for name in list(names):
            if short := TITLE_AND_SHORT_FORM.match(name):
                names += short.groups()
        return list(dict.fromkeys(names))

    def summary_of(self, item):
        return plain(getattr(item, self.summary))

    def body_of(self, item):
        """Every other text of the page, one a line, in the order of its fields and lists."""
        texts = _texts(item, without={self.title, self.summary})
        for part in self.parts:
            for row in getattr(item, part).all():
                texts += _texts(row)
        return "\n".join(map(plain, texts))


def _texts(row, without=frozenset()):
    """The free texts of a row: what has no closed list of choices and is no address."""
    return [
        getattr(row, each.name)
        for each in row._meta.concrete_fields
        if type(each) in (models.CharField, models.TextField)
        and not each.choices
        and each.name not in NOT_TEXT | without
        and getattr(row, each.name)
    ]


def _own_parts(model):
    """The lists of a content file that hold words of the page itself.

    Links to other pages are left out: their words belong to two pages, and one of them may be a draft.
    """
    kind = next(kind for kind in all_kinds() if kind.model is model)
    return tuple(part.name for part in kind.parts if not part.references and part.model is not Citation)


SUBJECTS = {
    subject.kind: subject
    for subject in [
        Subject(
            Kind.ROLE, Role, "title", "tagline", _own_parts(Role),
            lambda role: [role.short_title, *(each.name for each in role.alternative_titles.all())],
        ),
        Subject(
            Kind.SOFTWARE, SoftwareCategory, "name", "summary", _own_parts(SoftwareCategory),
            lambda category: [category.short_name, *(each.name for each in category.examples.all())],
        ),
        Subject(Kind.SKILL, Skill, "name", "summary", _own_parts(Skill)),
        Subject(
            Kind.STANDARD, Standard, "name", "summary", _own_parts(Standard), lambda standard: [standard.full_name]
        ),
        Subject(Kind.TREND, Trend, "name", "summary", _own_parts(Trend)),
        Subject(Kind.REASON, Reason, "title", "claim", _own_parts(Reason)),
        Subject(Kind.PAGE, Page, "title", "description", _own_parts(Page), lambda page: [page.heading]),
    ]
}  # fmt: skip

BY_MODEL = {subject.model: subject for subject in SUBJECTS.values()}
