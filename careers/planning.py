"""A plan for getting into one role. Pure: takes a loaded role, returns steps and the days to begin them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.text import slugify

from roles.models import Project, RoleStandard
from skills.models import RoleSkill

FIRST_SKILLS = 3
NEXT_SKILLS = 5

# In days. A term is the twelve weeks after the first one, and the year is what then remains of 52 weeks.
WEEK = 7
TERM = 12 * WEEK
YEAR = 52 * WEEK


@dataclass(frozen=True)
class Step:
    """One thing to do.

    `key` names it for as long as it keeps its name, also when others come or go: ticks and calendars know it by that.
    `kind` is build (a Project), learn (a RoleSkill), know or read (both a RoleStandard). `resource` is the free
    place to begin with, None when there is none.
    """

    key: str
    kind: str
    thing: object
    resource: object = None

    @property
    def name(self):
        """What it is called on its own page."""
        of = {"build": lambda: self.thing.title, "learn": lambda: self.thing.skill.name}
        return of.get(self.kind, lambda: self.thing.standard.name)()


@dataclass(frozen=True)
class Plan:
    """What to do this week, this term and this year; which of the needed skills are there already."""

    week: list
    term: list
    year: list
    routes: list
    have: list
    needed: list

    @property
    def steps(self):
        return [*self.week, *self.term, *self.year]

    def days(self, start):
        """(date, Step) for every step, from the date `start` on.

        One a day in the first week, as far as its days go; the others evenly over the term and over the rest of the
        year.
        """
        for parts, begin, length in (
            (self.week, 0, min(WEEK, len(self.week))),
            (self.term, WEEK, TERM),
            (self.year, WEEK + TERM, YEAR - WEEK - TERM),
        ):
            for number, step in enumerate(parts):
                yield start + timedelta(days=begin + number * length // len(parts)), step


def plan_for(role, have=()):
    """A Plan from a role loaded with its parts, its skills and their resources; `have`: slugs of skills that are there.

    The most important skills come first. Within the same weight the healthcare ones come first: they
    are what a newcomer from school or from another software job does not have yet.
    """
    needed = sorted(
        (link for link in role.role_skills.all() if link.importance >= RoleSkill.Importance.NEEDED),
        key=lambda link: (-link.importance, link.skill.kind != "healthcare", link.skill.position, link.pk),
    )
    learn = [_learning(link) for link in needed if link.skill.slug not in have]
    later = FIRST_SKILLS + NEXT_SKILLS
    return Plan(
        week=[
            *_building(role, Project.Size.HOURS),
            *learn[:FIRST_SKILLS],
            *_reading(role, RoleStandard.When.BEFORE, "know"),
        ],
        term=[*_building(role, Project.Size.WEEKEND), *learn[FIRST_SKILLS:later]],
        year=[
            *_building(role, Project.Size.MONTH),
            *learn[later:],
            *_reading(role, RoleStandard.When.FIRST_YEAR, "read"),
        ],
        routes=list(role.entry_routes.all()),
        have=[link for link in needed if link.skill.slug in have],
        needed=needed,
    )


def _building(role, size):
    return [
        Step(f"build-{slugify(project.title) or project.pk}", "build", project)
        for project in role.projects.all()
        if project.size == size
    ]


def _learning(link):
    return Step(f"learn-{link.skill.slug}", "learn", link, next(iter(link.skill.resources.all()), None))


def _reading(role, when, kind):
    return [Step(f"{kind}-{link.standard.slug}", kind, link) for link in role.role_standards.all() if link.when == when]
