"""What holds for the content that ships with the site, file by file. The rules are in docs/content.md."""

import re
from collections import Counter
from itertools import combinations
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve

from careers.models import Reason, Trend
from editorial.content.kinds import all_kinds
from editorial.markdown import cited_keys, plain
from editorial.models import Source
from roles.models import EntryRoute, Fit, Project, Role, RoleCategory, RoleStandard, SoftwareCategory, Standard
from skills.models import Skill

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROLES = sorted(path.stem for path in (settings.CONTENT_DIR / "roles").glob("*.yaml"))
each_role = pytest.mark.parametrize("slug", ROLES)


def texts_in(data):
    """Every text in plain data, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from texts_in(value)


def items(*folders):
    """("roles/ehr-developer", row, its texts) for everything in these folders, or in all."""
    for kind in all_kinds():
        if not folders or kind.folder in folders:
            for item in kind.model.objects.all():
                yield f"{kind.folder}/{kind.key_of(item)}", item, list(texts_in(kind.as_data(item)))


PUBLISHABLE = ("standards", "categories", "roles", "skills", "reasons", "trends")


# What there is


def test_every_file_loads_without_a_problem(report):
    files = list(settings.CONTENT_DIR.glob("*/*.yaml"))

    assert report.counts == {"added": len(files)}


def test_every_folder_and_file_of_content_is_one_that_is_loaded():
    known = {settings.CONTENT_DIR / kind.folder for kind in all_kinds()}
    files = [path for path in settings.CONTENT_DIR.glob("*/**/*") if path.is_file()]

    assert {path.parent for path in files} == known
    assert {path.suffix for path in files} == {".yaml"}


@pytest.mark.parametrize(
    ("model", "least"),
    [(Role, 5), (SoftwareCategory, 5), (Skill, 20), (Standard, 20), (Reason, 5), (Trend, 4)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_enough_is_published(model, least):
    assert model.objects.published().count() >= least


def test_nine_skills_are_broad_ones():
    assert Skill.objects.published().filter(is_base=True).count() == 9


# Roles


@each_role
def test_role_has_rows_in_every_section(slug):
    role = Role.objects.get(slug=slug)
    sections = [each.get_accessor_name() for each in Role._meta.related_objects] + ["citations"]

    assert [name for name in sections if not getattr(role, name).exists()] == []


@each_role
@pytest.mark.parametrize(
    ("section", "field", "values"),
    [
        pytest.param("fits", "side", Fit.Side.values, id="both columns of likes"),
        pytest.param("entry_routes", "kind", EntryRoute.Kind.values, id="all ways in"),
        pytest.param("projects", "size", Project.Size.values, id="projects of all sizes"),
        pytest.param("role_standards", "when", RoleStandard.When.values, id="standards at each time"),
        pytest.param("week_activities", "day", [1, 2, 3, 4, 5], id="all working days"),
    ],
)
def test_role_has_every_sort_of_row(slug, section, field, values):
    found = getattr(Role.objects.get(slug=slug), section).values_list(field, flat=True)

    assert set(found) == set(values)


@each_role
def test_each_day_of_the_week_adds_up_to_seven_hours(slug):
    hours = Counter()
    for activity in Role.objects.get(slug=slug).week_activities.all():
        hours[activity.get_day_display()] += activity.hours

    assert hours == dict.fromkeys(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], 7)


@each_role
def test_role_has_main_work_in_some_software(slug):
    role = Role.objects.get(slug=slug)

    assert role.role_categories.filter(involvement=RoleCategory.Involvement.MAIN).exists()


@pytest.mark.parametrize("kind", [SoftwareCategory, Standard, Skill, Reason, Trend])
def test_everything_published_says_which_roles_it_is_about(kind):
    links = {"SoftwareCategory": "role_categories", "Standard": "role_standards", "Skill": "role_skills"}
    links |= {"Reason": "role_reasons", "Trend": "impacts"}

    lonely = kind.objects.published().filter(**{f"{links[kind.__name__]}__isnull": True})

    assert [item.slug for item in lonely] == []


# Sources


def test_every_listed_source_is_cited_or_says_what_it_supports():
    silent = [
        f"{name}: {citation.source.key}"
        for name, item, texts in items(*PUBLISHABLE)
        for citation in item.citations.select_related("source")
        if not citation.supports and citation.source.key not in cited_keys("\n".join(texts))
    ]

    assert silent == []


def test_every_published_page_has_a_source():
    unsourced = [name for name, item, _ in items(*PUBLISHABLE) if item.is_published and not item.citations.exists()]

    assert unsourced == []


def test_every_source_is_on_the_web():
    odd = [source.key for source in Source.objects.all() if urlsplit(source.url).scheme not in ("https", "http")]

    assert odd == []


def test_pages_that_list_no_sources_cite_none():
    assert [name for name, _, texts in items("pages") if cited_keys("\n".join(texts))] == []


# Words


@pytest.mark.parametrize("word", [r"lorem", r"(?-i:TODO|FIXME|XXX)", r"exciting", r"cutting[- ]edge", r"revolution"])
def test_no_text_holds_a_placeholder_or_hype(word):
    found = [name for name, _, texts in items() if re.search(rf"\b{word}", "\n".join(texts), re.IGNORECASE)]

    assert found == []


def sentences(texts):
    """The sentences of eight words or more, without marks and citations."""
    for text in texts:
        for block in re.split(r"\n\s*\n|\n\s*(?:[-*]|\d+\.)\s", text):
            for sentence in re.split(r"(?<=[.!?])\s+", plain(block)):
                words = re.findall(r"[\w’'-]+", sentence.lower())
                if len(words) >= 8:
                    yield " ".join(words)


def words_about(role):
    """All texts that speak of the role: its own, and those of skills and trends."""
    (texts,) = [texts for name, item, texts in items("roles") if item == role]
    supports = role.citations.values_list("supports", flat=True)
    whys = role.role_skills.values_list("why", flat=True)
    changes = role.trend_impacts.values_list("change", flat=True)
    return [text for text in texts if text not in supports] + [*whys, *changes]


def test_no_two_roles_share_a_sentence():
    said = {role.slug: set(sentences(words_about(role))) for role in Role.objects.all()}

    shared = {f"{one} and {other}": said[one] & said[other] for one, other in combinations(said, 2)}

    assert all(len(found) > 20 for found in said.values())
    assert {pair: found for pair, found in shared.items() if found} == {}


# Links


def internal_links():
    return sorted(
        {(name, link) for name, _, texts in items() for text in texts for link in re.findall(r"\]\((/[^)\s]*)", text)}
    )


def test_every_link_to_our_own_pages_leads_to_a_page_and_a_place_on_it(client):
    links, broken = internal_links(), []

    for name, link in links:
        parts = urlsplit(link)
        resolve(parts.path)
        response = client.get(link.partition("#")[0])
        if response.status_code != 200 or (parts.fragment and f'id="{parts.fragment}"' not in response.text):
            broken.append(f"{name}: {link}")

    assert len(links) > 10
    assert broken == []


def test_every_link_to_others_is_encrypted():
    plain_http = [
        f"{name}: {link}"
        for name, _, texts in items(*PUBLISHABLE, "pages")
        for text in texts
        for link in re.findall(r"\]\((http://[^)\s]*)", text)
    ]

    assert plain_http == []
