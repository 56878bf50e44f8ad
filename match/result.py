"""What the page of a result shows, put together from a ranking and the roles. Pure: takes loaded rows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from careers.marked import Marked
from careers.words import own_words
from skills.models import RoleSkill
from skills.overlap import bridge

from .scoring import rank, what_if

# Roles with reasons and skills, roles with a bar and their main reason, and roles named at all.
IN_DETAIL = 3
EXPLAINED = 12
NAMED = 60

MOST_FOR, MOST_AGAINST, MOST_TO_LEARN = 3, 2, 3


def strengths(label):
    """{key: words} for how strongly the answers point to a role (`Ranked.strength`)."""
    return {
        "strongly": label("match-strongly", "Your answers point here strongly"),
        "clearly": label("match-clearly", "Your answers point here"),
        "a-little": label("match-a-little", "Your answers point here a little"),
        "neither": label("match-neither", "Your answers point neither way"),
        "a-little-away": label("match-a-little-away", "Your answers point a little away"),
        "away": label("match-away", "Your answers point away"),
        "unknown": label("match-unknown", "We cannot say: no statement is about this role yet"),
    }


@dataclass(frozen=True)
class SkillsFor:
    """The skills that a role needs, by what the reader said: confident, some, and all the rest."""

    have: list
    begun: list
    to_learn: list
    needed: int

    @property
    def first_to_learn(self):
        return self.to_learn[:MOST_TO_LEARN]

    @property
    def more_to_learn(self):
        return len(self.to_learn[MOST_TO_LEARN:])


def skills_for(links, have, begun):
    """SkillsFor from a role's links; `have` and `begun` are slugs. What was not asked counts as not learned yet."""
    needed = [link for link in links if link.importance >= RoleSkill.Importance.NEEDED]
    return SkillsFor(
        have=[link for link in needed if link.skill.slug in have],
        begun=[link for link in needed if link.skill.slug in begun],
        to_learn=[link for link in needed if link.skill.slug not in {*have, *begun}],
        needed=len(needed),
    )


@dataclass(frozen=True)
class Place:
    """One role in the order, with why it is there."""

    ranked: object
    role: object
    speaks_for: list
    speaks_against: list
    strength: str  # how strongly the answers point to it, in words

    @property
    def heading(self):
        """Such as “1st: EHR developer”."""
        return f"{self.words[0].upper()}{self.words[1:]}: {self.role.title}"

    @property
    def main_reasons(self):
        """What counted most on either side, for those that are not shown in detail."""
        return [*self.speaks_against[:1], *self.speaks_for[:1]]

    @property
    def words(self):
        return place_in_words(self.ranked)


def place_in_words(ranked):
    """Such as “1st” or “shared 2nd”."""
    words = ordinal(ranked.place)
    return f"shared {words}" if ranked.is_tied else words


def ordinal(number):
    """1st, 2nd, 3rd, 4th … 11th … 21st."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    is_teen = 10 < number % 100 < 14
    return f"{number}{'th' if is_teen else endings.get(number % 10, 'th')}"


@dataclass(frozen=True)
class Risen:
    """A role that one more skill would lift."""

    role: object
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What learning one skill would do, with its rows."""

    skill: object
    risen: list
    order: list


class Result:
    """Everything on the page of a result.

    `roles`: the published ones in the order of the site, by the slug that the questions know. `skills`: the
    published skills that the questions ask about, by the slug that the questions know. Before `details` and
    `bridges` are asked for, the roles of `in_detail` must have their links to published skills. `label` gives the
    words for how strongly the answers point to a role.
    """

    def __init__(self, sheet, roles, skills, label=own_words):
        self.sheet = sheet
        self.ranking = rank(sheet, list(roles))
        words = strengths(label)
        self.places = [
            Place(each, roles[each.role], *self._because(each), words[each.strength]) for each in self.ranking.rows
        ]
        self.have = Marked(tuple(skills[slug] for slug in sheet.skills_with(2) if slug in skills))
        self.begun = [skills[slug].slug for slug in sheet.skills_with(0) if slug in skills]
        self.in_detail = self.places[:IN_DETAIL] if self.ranking.tells_apart else []
        self.change = self._change(roles, skills)

    def _because(self, ranked):
        speaks_for, speaks_against = self.ranking.because(ranked.role)
        return speaks_for[:MOST_FOR], speaks_against[:MOST_AGAINST]

    def _change(self, roles, skills):
        found = what_if(self.ranking, list(roles))
        if found is None or found.skill not in skills:
            return None
        return Change(
            skills[found.skill],
            [Risen(roles[role], ordinal(before), place_in_words(after)) for role, before, after in found.risen],
            [roles[role] for role in found.order[:EXPLAINED]],
        )

    @property
    def first(self):
        """The roles that share the first place."""
        return [place.role for place in self.places if place.ranked.place == 1]

    @property
    def explained(self):
        return self.places[:EXPLAINED]

    @property
    def why_not(self):
        """Those with a bar that are not shown in detail."""
        return self.places[len(self.in_detail) : EXPLAINED]

    @property
    def named(self):
        return self.places[EXPLAINED:NAMED]

    @property
    def more(self):
        """How many roles are ranked too, but not named."""
        return len(self.places[NAMED:])

    @property
    def details(self):
        """(place, SkillsFor) of each role in detail."""
        return [
            (place, skills_for(place.role.role_skills.all(), self.have.slugs, self.begun)) for place in self.in_detail
        ]

    @property
    def bridges(self):
        """What the first role brings along for the others in detail."""
        roles = [place.role for place in self.in_detail]
        found = [bridge(roles[0], other) for other in roles[1:]] if roles else []
        return [each for each in found if each.needed]

    @property
    def compare_query(self):
        return urlencode([*[("role", place.role.slug) for place in self.places[:IN_DETAIL]], *self.have.pairs])
