"""A plan for getting into one role. Pure: takes a loaded role, returns steps."""

from dataclasses import dataclass

from roles.models import Project, RoleStandard
from skills.models import RoleSkill

FIRST_SKILLS = 3
NEXT_SKILLS = 5


@dataclass(frozen=True)
class SkillStep:
    """A skill to work on, and the free resource to begin with (None when there is none)."""

    link: RoleSkill
    resource: object


@dataclass(frozen=True)
class Plan:
    """What to do this week, this term and this year."""

    this_week: list
    this_week_skills: list
    this_week_standards: list
    this_term: list
    this_term_skills: list
    this_year: list
    this_year_standards: list
    routes: list


def plan_for(role):
    """A Plan from a role loaded with its parts, its skills and their resources.

    The most important skills come first. Within the same weight the healthcare ones come first: they
    are what a newcomer from school or from another software job does not have yet.
    """
    links = sorted(
        (link for link in role.role_skills.all() if link.importance >= RoleSkill.Importance.NEEDED),
        key=lambda link: (-link.importance, link.skill.kind != "healthcare", link.skill.position, link.pk),
    )
    steps = [SkillStep(link, next(iter(link.skill.resources.all()), None)) for link in links]
    standards = role.role_standards.all()
    projects = role.projects.all()
    return Plan(
        this_week=[project for project in projects if project.size == Project.Size.HOURS],
        this_week_skills=steps[:FIRST_SKILLS],
        this_week_standards=[link for link in standards if link.when == RoleStandard.When.BEFORE],
        this_term=[project for project in projects if project.size == Project.Size.WEEKEND],
        this_term_skills=steps[FIRST_SKILLS : FIRST_SKILLS + NEXT_SKILLS],
        this_year=[project for project in projects if project.size == Project.Size.MONTH],
        this_year_standards=[link for link in standards if link.when == RoleStandard.When.FIRST_YEAR],
        routes=list(role.entry_routes.all()),
    )
