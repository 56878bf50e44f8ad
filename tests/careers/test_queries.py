"""What each page costs the database: a number of queries that does not depend on how much there is."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import RoleReason, TrendImpact
from careers.search.index import rebuild
from match.models import QuestionSet, Weight
from skills.models import Skill
from tests.factories import (
    CitationFactory,
    PageFactory,
    PassageFactory,
    ReasonFactory,
    ReasonFigureFactory,
    RoleFactory,
    RoleSkillFactory,
    StatementFactory,
    TrendFactory,
    VersionFactory,
    many_roles,
)

from .pages import FIXED, address, answered_in_full

QUERIES = {
    "home": 9,
    "roles": 10,
    "compare": 4,
    "pay": 7,
    "software": 8,
    "skills": 6,
    "standards": 5,
    "why-healthcare": 9,
    "trends": 6,
    "search": 3,
    "about": 3,
    "about-data": 3,
    "sources": 5,
    "changes": 8,
    "accessibility": 3,
    "privacy": 3,
    "advisors": 3,
    "worksheet-compare": 4,
    "worksheet-project": 4,
    "worksheet-questions": 4,
    "worksheet-match": 4,
    "changes-feed": 6,
    "match:start": 4,
    "match:result": 8,
    "sitemap": 14,
    "robots": 0,
    "my-skills": 4,
    "my-skills of some roles": 6,
    "role": 27,
    "role with some skills": 28,
    "plan": 23,
    "plan without some skills": 24,
    "plan as a calendar": 20,
    "role-pay": 11,
    "software-category": 8,
    "skill": 7,
    "standard": 7,
    "trend": 6,
    "roles, everything asked": 10,
    "roles, nothing found": 8,
    "skills of one kind": 6,
    "search, found": 8,
    "search, one kind": 8,
    "search, mistyped": 9,
    "search, nothing found": 9,
    "search, suggested": 5,
    "compare two": 24,
    "compare five": 23,
    "compare as a file": 23,
    "compare with some skills": 25,
    "picker with some skills": 6,
    "worksheet about two roles": 8,
    "embed of a role": 6,
    "embed of a comparison": 24,
    "oembed of a role": 3,
    "oembed of a comparison": 3,
    "API: roles": 6,
    "API: skills": 4,
    "API: links": 3,
    "API: sources": 3,
    "API: role": 22,
    "API: skill": 6,
    "API: pay of a role": 7,
    "API: compare": 21,
    "API: match": 5,
    "API: search": 5,
    "API: description": 11,
    "API: page for people": 13,
    "API: dataset": 49,
}


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [5, 500])
@pytest.mark.once
def test_every_page_asks_as_many_queries_with_few_roles_as_with_many(client, how_many):
    addresses = fill(how_many)
    ContentType.objects.get_for_models(*apps.get_models())  # Django looks them up once for each process
    cache.clear()  # the dataset is kept for a minute

    asked = {}
    for name, each in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(each).status_code == 200
        asked[name] = len(queries)

    assert asked == QUERIES


def questions_about(roles):
    """Three statements, two of them with weights for every role. Returns the version."""
    statements = StatementFactory.create_batch(2)
    Weight.objects.bulk_create(
        Weight(statement=statement, role=role, value=(-2, -1, 1, 2)[(number + role.pk) % 4], reason="Reason.")
        for number, statement in enumerate(statements)
        for role in roles
    )
    StatementFactory(about_skill=Skill.objects.first(), position=1)
    return QuestionSet.objects.keep_current()


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
    for name in [*FIXED, "role", "plan", "category", "skill", "standard", "trend", "match", "match-result"]:
        PassageFactory(page=PageFactory(key=name))
    for page in [*roles[: how_many // 10], one, reasons[0]]:
        VersionFactory(page=page, is_news=True)
        VersionFactory(page=page, is_news=True)
    kept = questions_about(roles)
    rebuild()
    category, skill = roles[0].role_categories.first().category, roles[0].role_skills.filter(importance=4).first().skill
    return {
        **{name: address(name) for name in FIXED},
        "changes-feed": address("changes-feed"),
        "match:start": address("match:start"),
        "match:result": answered_in_full(kept),
        "sitemap": address("sitemap"),
        "robots": address("robots"),
        "my-skills of some roles": address("my-skills", role=[one.slug, other.slug], have=[skill.slug]),
        "role": address("role", one.slug),
        "role with some skills": address("role", one.slug, have=[skill.slug, "unknown"]),
        "plan": address("plan", one.slug),
        "plan without some skills": address(
            "plan", one.slug, have=[*one.role_skills.values_list("skill__slug", flat=True), "unknown"]
        ),
        "plan as a calendar": address("plan", one.slug, format="ics", have=[skill.slug]),
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
        "compare with some skills": address("compare", role=[one.slug, other.slug], have=[skill.slug]),
        "picker with some skills": address("compare", have=[skill.slug]),
        "worksheet about two roles": address("worksheet-compare", role=[one.slug, other.slug]),
        "embed of a role": address("embed-role", one.slug),
        "embed of a comparison": address("embed-compare", role=[one.slug, other.slug]),
        "oembed of a role": address("oembed", url=f"http://testserver{address('role', one.slug)}"),
        "oembed of a comparison": address(
            "oembed", url=f"http://testserver{address('compare', role=[one.slug, other.slug])}"
        ),
        "API: roles": address("api:roles", category=[category.slug], skill=[skill.slug, "unknown"]),
        "API: skills": address("api:skills"),
        "API: links": address("api:role-skills", role=one.slug, per_page=100),
        "API: sources": address("api:sources"),
        "API: role": address("api:role", one.slug),
        "API: skill": address("api:skill", skill.slug),
        "API: pay of a role": address("api:role-pay", one.slug),
        "API: compare": address("api:compare", role=[one.slug, other.slug]),
        "API: match": address("api:match-result", v=kept.code, a="-" * len(kept.questions.statements)),
        "API: search": address("api:search", q="title of role", per_page=2, page=2),
        "API: description": address("api:openapi"),
        "API: page for people": address("api:docs"),
        "API: dataset": address("api:dataset"),
    }
