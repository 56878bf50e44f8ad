"""Which page a report is about: from an address in the reader's words to the row that an editor opens."""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from django.db.models import Model
from django.urls import Resolver404, resolve

from careers.models import Page, Trend
from careers.words import words_for
from roles.models import Role, SoftwareCategory, Standard
from skills.models import Skill

# The pages of one thing, by the name of their address.
THINGS = {
    "careers:role": Role,
    "careers:plan": Role,
    "careers:role-pay": Role,
    "careers:software-category": SoftwareCategory,
    "careers:skill": Skill,
    "careers:standard": Standard,
    "careers:trend": Trend,
}
# The words of a page have the name of its address as their key, but for these.
WORDS = {"careers:software-category": "category"}


@dataclass(frozen=True)
class ReportedPage:
    """A page of this site as a report names it. Asks the database only for what is used."""

    address: str
    model: type[Model] | None = None  # what the page is about one of: Role, Skill, ...
    slug: str = ""
    words_keys: tuple[str, ...] = field(default=())  # under which its words may be kept, the likeliest first

    @cached_property
    def item(self):
        """The role, skill or other thing whose page it is; None when it has none, or it is gone. Drafts too."""
        if self.model is None:
            return None
        rows = self.model.objects
        return rows.filter(slug=self.slug).first() or rows.all().formerly(self.slug).first()

    @cached_property
    def words(self):
        """The words around the data of the page (careers.words.Words); None when it has none."""
        found = set(Page.objects.filter(key__in=self.words_keys).values_list("key", flat=True))
        key = next((key for key in self.words_keys if key in found), None)
        return words_for(key) if key else None

    @property
    def title(self):
        """What readers may be told it is called; empty when nothing published has that address."""
        if self.model is None:
            return self.words.page.heading if self.words else ""
        return str(self.item) if self.item and self.item.is_published else ""

    @property
    def sections(self):
        """(key, heading) of its sections, from top to bottom."""
        passages = self.words.in_order if self.words else []
        return [(passage.key, passage.heading) for passage in passages if passage.heading]

    @property
    def row_to_edit(self):
        """The row whose form in the admin an editor opens: the thing, or else the words of the page."""
        return self.item or (self.words.page if self.words else None)


def find(address):
    """What stands at a local address. Never fails: an address that leads nowhere is a page without anything."""
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return ReportedPage(address)
    if not match.app_name or match.app_name == "admin":
        return ReportedPage(address)
    name = f"{match.app_name}:{match.url_name}"
    own = [WORDS.get(name, match.url_name)] if match.app_name == "careers" else [name.replace(":", "-"), match.app_name]
    return ReportedPage(address, THINGS.get(name), str(match.kwargs.get("slug", "")), tuple(own))
