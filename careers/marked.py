"""The skills that a reader marked. They stand in the address as `have=` and count on every page they travel to."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from skills.models import Skill
from skills.overlap import brought_to, nearest_roles


@dataclass(frozen=True)
class Marked:
    """Skills that a reader says are there; false when there are none. Rows of Skill, in the order of the site."""

    skills: tuple = ()

    def __bool__(self):
        return bool(self.skills)

    @cached_property
    def slugs(self):
        return [skill.slug for skill in self.skills]

    @cached_property
    def ids(self):
        return {skill.pk for skill in self.skills}

    @cached_property
    def pairs(self):
        """As parameters of an address: (name, value)."""
        return [("have", slug) for slug in self.slugs]

    @cached_property
    def parameters(self):
        """As a query string: have=…, or nothing."""
        return urlencode(self.pairs)

    @property
    def query(self):
        """For an address that has no other parameters: ?have=…, or nothing."""
        return f"?{self.parameters}" if self else ""

    @property
    def more(self):
        """For an address that has others before it: &have=…, or nothing."""
        return f"&{self.parameters}" if self else ""

    def bridge_to(self, role):
        """What these skills bring to `role`, loaded with its links to published skills."""
        return brought_to(role, self.ids)


NOTHING_MARKED = Marked()


def marked(slugs):
    """Marked from slugs: those of published skills, also under a former slug. One query, and none without slugs."""
    return Marked(tuple(Skill.objects.published().known_as(slugs).only("slug"))) if slugs else NOTHING_MARKED


def neighbors_of(role, have):
    """The roles nearest to `role` as Bridges, best first: from the role itself, or from the skills of a reader.

    Two queries; `role` is loaded with its links to published skills.
    """
    found = nearest_roles(role)
    if not have:
        return found
    return sorted((have.bridge_to(each.role) for each in found), key=lambda each: -each.share)
