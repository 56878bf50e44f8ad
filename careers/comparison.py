"""Puts two to five roles side by side. Pure: takes loaded roles, returns rows.

Page, print and spreadsheet show the same rows.
"""

from dataclasses import dataclass, field

from django.utils.text import capfirst

from editorial.markdown import plain
from roles.models import RoleStandard
from skills.models import RoleSkill
from skills.overlap import bridge, pairwise

from .marked import NOTHING_MARKED
from .week import lay_out
from .words import own_words

MOST_ROLES = 5


def not_needed(label):
    """What stands where a role does not need a skill, on pages and in spreadsheets."""
    return label("level-none", "Not needed")


@dataclass(frozen=True)
class Row:
    """One line of the comparison: a text for each role, in the order asked for."""

    label: str
    cells: list

    @property
    def differs(self):
        return len(set(self.cells)) > 1


@dataclass(frozen=True)
class SkillRow:
    """One skill: how important it is to each role (0 to 4), in the order asked for."""

    skill: object
    importances: list
    roles: list
    unneeded: str

    @property
    def cells(self):
        return [RoleSkill.Importance(value).label if value else self.unneeded for value in self.importances]

    @property
    def differs(self):
        return len(set(self.importances)) > 1

    @property
    def spread(self):
        """How far the roles are apart on this skill, 0 to 4."""
        return max(self.importances) - min(self.importances)

    @property
    def mark(self):
        """In words, who needs it, so that sharing never rests on color; empty when all do, each differently."""
        needing = [role for role, value in zip(self.roles, self.importances, strict=True) if value]
        if len(needing) == 1:
            return f"Only {needing[0].short_title}"
        if len(needing) == len(self.roles):
            return "" if self.differs else "Shared"
        return f"{len(needing)} of {len(self.roles)} roles"


@dataclass(frozen=True)
class Comparison:
    """Everything a comparison shows."""

    roles: list
    facts: list
    weeks: list
    skills: list
    overlaps: list = field(default_factory=list)
    bridges: list = field(default_factory=list)
    yours: list = field(default_factory=list)
    from_you: list = field(default_factory=list)

    @property
    def differing_yours(self):
        """Both or neither: what is missing means little without the count."""
        return self.yours if any(row.differs for row in self.yours) else []

    @property
    def differing_facts(self):
        return [row for row in self.facts if row.differs]

    @property
    def differing_weeks(self):
        return [row for row in self.weeks if row.differs]

    @property
    def differing_skills(self):
        return [row for row in self.skills if row.differs]

    @property
    def shared_skills(self):
        return [row for row in self.skills if not row.differs]

    @property
    def biggest_difference(self):
        """One sentence on the skill, or else the kind of work, on which the roles are furthest apart."""
        apart = max(self.skills, key=lambda row: row.spread, default=None)
        if apart is not None and apart.spread:
            most, least = max(apart.importances), min(apart.importances)
            return (
                f"The biggest difference: {apart.skill.name} is {_weight(most)} for {self._who(apart, most)}, "
                f"and {_weight(least)} for {self._who(apart, least)}."
            )
        week = max(self.weeks, key=lambda row: len(set(row.cells)), default=None)
        if week is not None and week.differs:
            return f"They ask for the same skills. The week differs: {week.label.lower()}, {', '.join(week.cells)}."
        return "On everything we list, these roles ask for the same."

    def _who(self, row, importance):
        names = [
            role.short_title for role, value in zip(self.roles, row.importances, strict=True) if value == importance
        ]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _weight(importance):
    """The importance as it reads after “is”."""
    return ["not needed", "rarely needed", "helpful", "needed", "core"][importance]


def compare(roles, more_facts=(), have=NOTHING_MARKED, label=own_words):
    """A Comparison of `roles`, loaded with their parts and `role_skills`, in the order given.

    `more_facts`: Rows that stand on other data, such as pay. `have`: the skills that the reader marked; then `yours`
    are Rows on them and `from_you` a Bridge to each role. `label`: gives the words of the site (careers.words).
    """
    roles = list(roles)
    between = pairwise(roles)
    from_you = [have.bridge_to(role) for role in roles] if have else []
    return Comparison(
        roles=roles,
        facts=[*_facts(roles, label), *more_facts],
        weeks=_weeks(roles),
        skills=_skills(roles, label),
        overlaps=[(one, [between.get((one.pk, other.pk)) for other in roles]) for one in roles],
        bridges=_bridges(roles),
        yours=_yours(from_you, label),
        from_you=from_you,
    )


def _bridges(roles):
    """(role, Bridge from it): between two roles both ways, and of more only from the first to each other."""
    pairs = [(roles[0], other) for other in roles[1:]]
    if len(roles) == 2:
        pairs.append((roles[1], roles[0]))
    return [(one, bridge(one, other)) for one, other in pairs]


def _yours(bridges, label):
    """How much of what each role needs the reader has, and what is missing; nothing without any Bridge."""
    if not bridges:
        return []
    nothing = label("have-all", "Nothing")
    return [
        Row(
            label("have-row", "Skills you already have"),
            [
                label("overlap-count", "{shared} of {needed}", shared=each.shared, needed=each.needed)
                for each in bridges
            ],
        ),
        Row(
            label("have-row-missing", "Skills you still miss"),
            [_listed(link.skill.name for link in each.missing) or nothing for each in bridges],
        ),
    ]


def _facts(roles, label):
    rows = [
        (label("fact-makes", "You make"), lambda role: role.makes),
        (label("fact-users", "People who use it"), lambda role: role.users),
        (label("fact-languages", "You mostly write"), lambda role: role.languages),
        (label("fact-workplaces", "Where you work"), lambda role: role.workplaces),
        (label("fact-people", "You work with"), lambda role: _listed(each.who for each in role.collaborators.all())),
        (
            label("fact-software", "Main software"),
            lambda role: _listed(category.short_name for category in role.main_categories),
        ),
        (label("fact-standards", "Rules and standards to know before you apply"), _first_standards),
        (label("fact-education", "Usual education"), lambda role: role.education),
        (label("fact-way-in", "Shortest way in"), lambda role: _shortest_way_in(role, label)),
        (label("fact-good-day", "A good day"), lambda role: role.good_day),
        (label("fact-hard-day", "A hard day"), lambda role: role.hard_day),
    ]
    return [Row(words, [capfirst(plain(of(role))) or "–" for role in roles]) for words, of in rows]


def _listed(names):
    return ", ".join(names)


def _first_standards(role):
    return _listed(link.standard.name for link in role.role_standards.all() if link.when == RoleStandard.When.BEFORE)


def _shortest_way_in(role, label):
    routes = sorted(role.entry_routes.all(), key=lambda route: (route.months_min, route.months_max))
    if not routes:
        return ""
    first = routes[0]
    months = label("routes-months", "{least} to {most} months", least=first.months_min, most=first.months_max)
    return f"{first.get_kind_display()}: {months} {label('fact-estimate', '(our estimate)')}"


def _weeks(roles):
    weeks = [lay_out(role.week_activities.all()) for role in roles]
    hours = [{share.label: share.hours for share in week.shares} for week in weeks]
    labels = [label for label in ("Build", "People", "Check", "Learn") if any(label in each for each in hours)]
    return [Row(label, [f"{each.get(label, 0)} h" for each in hours]) for label in labels]


def _skills(roles, label):
    importance = {(role.pk, link.skill_id): link.importance for role in roles for link in role.role_skills.all()}
    skills = {link.skill_id: link.skill for role in roles for link in role.role_skills.all()}
    rows = [
        SkillRow(skill, [importance.get((role.pk, skill.pk), 0) for role in roles], roles, not_needed(label))
        for skill in skills.values()
    ]
    return sorted(rows, key=lambda row: (-row.spread, row.skill.kind != "healthcare", row.skill.position, row.skill.pk))
