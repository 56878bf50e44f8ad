"""What each page costs the database: a number of queries that does not depend on how much there is."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import RoleReason, TrendImpact
from careers.search.index import rebuild
from skills.models import Skill
from tests.factories import (
    CitationFactory,
    PageFactory,
    PassageFactory,
    ReasonFactory,
    ReasonFigureFactory,
    RoleFactory,
    RoleSkillFactory,
    TrendFactory,
    many_roles,
)

from .pages import FIXED, address

QUERIES = {
    "home": 10,
    "roles": 7,
    "compare": 3,
    "pay": 6,
    "software": 7,
    "skills": 5,
    "standards": 4,
    "why-healthcare": 9,
    "trends": 6,
    "search": 2,
    "about": 2,
    "about-data": 2,
    "sources": 4,
    "accessibility": 2,
    "privacy": 2,
    "sitemap": 14,
    "robots": 0,
    "role": 26,
    "plan": 21,
    "role-pay": 9,
    "software-category": 7,
    "skill": 6,
    "standard": 6,
    "trend": 6,
    "roles, everything asked": 9,
    "roles, nothing found": 5,
    "skills of one kind": 5,
    "search, found": 7,
    "search, one kind": 7,
    "search, mistyped": 8,
    "search, nothing found": 8,
    "search, suggested": 5,
    "compare two": 24,
    "compare five": 23,
    "compare as a file": 23,
}


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [5, 500])
def test_every_page_asks_as_many_queries_with_few_roles_as_with_many(client, how_many):
    addresses = fill(how_many)
    ContentType.objects.get_for_models(*apps.get_models())  # Django looks them up once for each process

    asked = {}
    for name, each in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(each).status_code == 200
        asked[name] = len(queries)

    assert asked == QUERIES


def fill(how_many):
    """`how_many` roles, each linked to everything, and one that has every part. Returns addresses by name."""
    roles = many_roles(how_many)
    one = RoleFactory(published=True, with_parts=True, position=1)
    other = RoleFactory(published=True, with_parts=True, position=2)
    reasons, trends = ReasonFactory.create_batch(5, published=True), TrendFactory.create_batch(5, published=True)
    for reason in reasons:
        ReasonFigureFactory(reason=reason)
    for thing in [*reasons, *trends]:
        CitationFactory(page=thing)
    RoleReason.objects.bulk_create(
        RoleReason(reason=reason, role=role, strength=2) for reason in reasons for role in roles
    )
    TrendImpact.objects.bulk_create(
        TrendImpact(trend=trend, role=role, strength=2, change="Change.") for trend in trends for role in roles
    )
    for skill in Skill.objects.exclude(role_skills__role=one)[:10]:
        RoleSkillFactory(role=one, skill=skill)
    for name in [*FIXED, "role", "plan", "category", "skill", "standard", "trend"]:
        PassageFactory(page=PageFactory(key=name))
    rebuild()
    category, skill = roles[0].role_categories.first().category, roles[0].role_skills.filter(importance=4).first().skill
    return {
        **{name: address(name) for name in FIXED},
        "sitemap": address("sitemap"),
        "robots": address("robots"),
        "role": address("role", one.slug),
        "plan": address("plan", one.slug),
        "role-pay": address("role-pay", one.slug),
        "software-category": address("software-category", category.slug),
        "skill": address("skill", skill.slug),
        "standard": address("standard", roles[0].role_standards.first().standard.slug),
        "trend": address("trend", trends[0].slug),
        "roles, everything asked": address(
            "roles",
            q="title of role",
            category=[category.slug, "unknown"],
            skill=[skill.slug, one.role_skills.first().skill.slug],
            page=2,
        ),
        "roles, nothing found": address("roles", q="nonesuch"),
        "skills of one kind": address("skills", kind="general"),
        "search, found": address("search", q="title of role"),
        "search, one kind": address("search", q="title of role", kind="role", page=2),
        "search, mistyped": address("search", q="tilte"),
        "search, nothing found": address("search", q="nonesuch"),
        "search, suggested": address("search-suggest", q="titl"),
        "compare two": address("compare", role=[one.slug, other.slug]),
        "compare five": address("compare", role=[one.slug, other.slug, *[role.slug for role in roles[:3]]]),
        "compare as a file": address("compare", role=[one.slug, other.slug], format="csv"),
    }
