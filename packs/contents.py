"""Loads all that the page of a pack shows, in a fixed number of queries, and lays it out.

The page and its print are one thing: a cover, and a sheet for each role that is still published.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from careers import pay
from careers.comparison import compare
from careers.models import Trend
from careers.week import lay_out
from editorial.markdown import without_citations
from outlook.models import Estimate, RoleOccupation
from outlook.models.codes import NATION, Area
from roles.models import Project, Role
from skills.models import RoleSkill, Skill

from .changes import changes_since, key_of
from .making import current_pay
from .models import PackItem

MOST_SKILLS_ON_A_SHEET, MOST_SKILLS_COMPARED = 8, 6
Kind = PackItem.Kind


@dataclass(frozen=True)
class Entry:
    """A skill or a trend of the pack, or a role on its cover: what it is today, what it was called, what changed."""

    item: PackItem
    thing: object
    change: object

    @property
    def former_name(self):
        """What it was called when the pack was saved; empty when it still is."""
        return self.item.name if self.item.name != str(self.thing) else ""


@dataclass(frozen=True)
class Sheet:
    """One role on one page."""

    entry: Entry
    week: object
    skills: list
    more_skills: int
    first_project: object
    first_steps: str
    routes: list
    occupation: object
    pay: object
    period: str
    address: str

    @property
    def role(self):
        return self.entry.thing

    @property
    def target(self):
        """Where its code leads: to this role in the pack."""
        return f"{self.address}#{self.role.slug}"


class Contents:
    """What a pack shows today. `gone` has the items that no published page stands for any more."""

    def __init__(self, pack, label, address=""):
        """`label`: gives the words of the site. `address`: where the pack stands, with the site's name."""
        self.pack, self.address = pack, address
        items = list(pack.items.all())
        self.changes = changes_since(items, pack.pay_release, current_pay())
        self.roles = self._entries(items, Kind.ROLE, _roles())
        self.skills = self._entries(items, Kind.SKILL, Skill.objects.published())
        self.trends = self._entries(items, Kind.TREND, Trend.objects.published())
        there = {entry.item.pk for entry in [*self.roles, *self.skills, *self.trends]}
        self.gone = [item for item in items if item.pk not in there]
        self._load_pay()
        self.sheets = [self._sheet(entry) for entry in self.roles]
        compared = [entry.thing for entry in self.roles]
        self.comparison = compare(compared, label=label) if pack.with_comparison and len(compared) > 1 else None

    def _entries(self, items, kind, published):
        wanted = [item for item in items if item.kind == kind]
        found = published.in_bulk([item.item_id for item in wanted])
        return [
            Entry(item, found[item.item_id], self.changes.of.get(key_of(item)))
            for item in wanted
            if item.item_id in found
        ]

    @property
    def compared_skills(self):
        """The skills on which the roles are furthest apart."""
        return [row for row in self.comparison.skills if row.differs][:MOST_SKILLS_COMPARED]

    @property
    def changed(self):
        """The entries that differ from what the advisor saw, or are called something else."""
        entries = [*self.roles, *self.skills, *self.trends]
        return [entry for entry in entries if entry.change or entry.former_name]

    @property
    def has_changed(self):
        """Does anything differ from what the advisor saw?"""
        return bool(self.changed or self.changes.pay or self.gone)

    # Pay: of the nearest official occupations, in the nation and in the place that the advisor chose

    def _load_pay(self):
        roles = [entry.thing.pk for entry in self.roles]
        self._links = {link.role_id: link for link in RoleOccupation.objects.primary().filter(role__in=roles)}
        self.area = Area.objects.filter(code=self.pack.pay_area).first()
        codes = {link.occupation.soc for link in self._links.values()}
        areas = {NATION, self.pack.pay_area} - {""}
        found = Estimate.objects.current().in_areas(codes, areas)
        self._figures = {(each.occupation_id, each.area_id): each for each in found}
        self.release = next((each.release for each in self._figures.values()), None)

    @property
    def places(self):
        """(occupation, [PayRow]) for each occupation near to a role: the nation, and the place when it is another."""
        near = {link.occupation.soc: link.occupation for link in self._links.values()}
        wanted = list(dict.fromkeys([NATION, self.pack.pay_area]))
        rows = {code: [self._row(code, area) for area in wanted if (code, area) in self._figures] for code in near}
        return [(near[code], found) for code, found in rows.items() if found]

    def _row(self, code, area):
        estimate, nation = self._figures[code, area], self._figures.get((code, NATION))
        return pay.row(estimate, estimate.area.name, nation)

    # The sheets

    def _sheet(self, entry):
        role = entry.thing
        link = self._links.get(role.pk)
        national = self._figures.get((link.occupation.soc, NATION)) if link else None
        skills = sorted(
            role.role_skills.all(),
            key=lambda each: (-each.importance, each.skill.kind != Skill.Kind.HEALTHCARE, each.skill.position, each.pk),
        )
        needed = [each for each in skills if each.importance >= RoleSkill.Importance.NEEDED]
        project = next((each for each in role.projects.all() if each.size == Project.Size.HOURS), None)
        return Sheet(
            entry=entry,
            week=lay_out(role.week_activities.all()),
            skills=needed[:MOST_SKILLS_ON_A_SHEET],
            more_skills=len(needed[MOST_SKILLS_ON_A_SHEET:]),
            first_project=project,
            first_steps=without_citations(project.steps) if project else "",
            routes=list(role.entry_routes.all()),
            occupation=link.occupation if link else None,
            pay=pay.row(national, national.area.name).pay if national else None,
            period=national.release.period_name if national else "",
            address=self.address,
        )


def _roles():
    links = Prefetch("role_skills", RoleSkill.objects.on_published_skills())
    return Role.objects.published().with_own_parts().prefetch_related(links)
