"""Made-up rows for the component page, each component in each of its states. Nothing here is content."""

import datetime

from editorial.markdown import SourceList
from editorial.models import Citation, Source
from roles.models import Difference, EntryRoute, Project, Role, RoleCategory, SoftwareCategory, WeekActivity
from skills.models import RoleSkill, Skill
from skills.overlap import Overlap

from .comparison import compare
from .marked import Marked
from .models import Reason, ReasonFigure, RoleReason, Trend
from .week import lay_out

LONG_NAME = "Interoperability and terminology integration engineer for regional hospitals"
SAMPLE = "A sample sentence that shows how a text of usual length sits in this place."


def components():
    """The context of the component page."""
    categories = [_category(number, icon) for number, icon in enumerate(SoftwareCategory.Icon.values, 1)]
    skills = [_skill(number, kind) for number, kind in enumerate(Skill.Kind.values * 2, 1)]
    roles = [_role(number, color, categories, skills) for number, color in enumerate(Role.Color.values, 1)]
    roles[0].title = LONG_NAME
    have = Marked((skills[0],))
    source = Source(key="sample", title="A sample source", publisher="A publisher", url="https://example.org/")
    return {
        "roles": roles,
        "categories": categories,
        "icons": Role.Icon.values,
        "skill_links": [
            RoleSkill(skill=skills[each % 2], importance=each, level=each, why=SAMPLE) for each in (1, 2, 3, 4)
        ],
        "have": have,
        "importances": [None, 1, 2, 3, 4],
        "matrix": [
            (kind, [(skill, [4, 3, 2, 1, 0, 4, 3, 2]) for skill in skills if skill.kind == kind]) for kind in Skill.Kind
        ],
        "week": lay_out(_week()),
        "differences": [Difference(aspect="A bug", general_tech=SAMPLE, healthcare=SAMPLE)],
        "routes": [
            EntryRoute(kind="degree", months_min=36, months_max=48, cost="Fees.", text=SAMPLE, first_job="Junior"),
            EntryRoute(kind="software", months_min=1, months_max=1, cost="Free.", text=SAMPLE, first_job="Developer"),
        ],
        "project": Project(size="weekend", title="A sample project", steps="1. First\n2. Then", shows=SAMPLE),
        "neighbors": [Overlap(roles[1], 7, 10), Overlap(roles[2], 0, 4), Overlap(roles[3], 4, 4)],
        "reason": _reason(),
        "trends": [Trend(name=step.label, maturity=step) for step in Trend.Maturity],
        "steps": Trend.Maturity,
        "comparison": compare(roles[:3]),
        "wide_comparison": compare(roles[:5], have=have),
        "sources": SourceList([Citation(source=source, supports="What it supports")]),
        "draft": Role(title="A draft"),
        "reviewed": Role(reviewed_on=datetime.date(2026, 1, 2), review_due=datetime.date(2026, 7, 2)),
    }


def _with_parts(row, **parts):
    """A row that was never saved, with its related rows as if they had been loaded."""
    row._prefetched_objects_cache = {name: list(rows) for name, rows in parts.items()}
    return row


def _category(number, icon):
    return SoftwareCategory(
        pk=number, slug=f"sample-{number}", name=f"Sample {icon}", short_name=icon.title(), icon=icon, summary=SAMPLE
    )


def _skill(number, kind):
    return Skill(pk=number, slug=f"sample-{number}", name=f"Sample skill {number}", kind=kind, position=number)


def _role(number, color, categories, skills):
    role = Role(
        pk=number,
        slug=f"sample-{number}",
        title=f"{color.title()} developer",
        short_title=color.title(),
        color=color,
        icon=Role.Icon.values[number % len(Role.Icon.values)],
        tagline=SAMPLE,
        makes="A sample",
        good_day=SAMPLE if number % 2 else "",
    )
    stops = [(categories[(number + step) % len(categories)], step) for step in (1, 2, 3)]
    return _with_parts(
        role,
        role_categories=[RoleCategory(category=category, involvement=step) for category, step in stops],
        role_skills=[
            RoleSkill(skill=skill, importance=1 + (number * skill.pk) % 4, level=2)
            for skill in skills[: 2 + number % 3]
        ],
        collaborators=[],
        role_standards=[],
        entry_routes=[],
        week_activities=_week(build=1 + number % 4),
    )


def _week(build=4):
    kinds = [("build", build), ("people", 1), ("check", 1), ("learn", 1)]
    return [
        WeekActivity(day=day, kind=kind, hours=hours, text=f"Sample {kind}")
        for day in range(1, 6)
        for kind, hours in kinds
    ]


def _reason():
    return _with_parts(
        Reason(pk=1, slug="sample", title="A sample reason", finding="What the picture shows", figure_note=SAMPLE),
        figures=[ReasonFigure(label="Before", value=25, shown="25%"), ReasonFigure(label="Now", value=71, shown="71%")],
        role_reasons=[RoleReason(role_id=1, strength=3)],
    )
