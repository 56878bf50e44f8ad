"""Every public address: what it answers, to whom, and what it never shows."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.sitemaps import FixedSitemap
from careers.views import SOURCES_A_PAGE
from editorial.models import FormerSlug
from tests.factories import (
    CitationFactory,
    FormerSlugFactory,
    PageFactory,
    PassageFactory,
    ReasonFactory,
    ReasonFigureFactory,
    RoleCategoryFactory,
    RoleFactory,
    RoleReasonFactory,
    RoleSkillFactory,
    RoleStandardFactory,
    SkillFactory,
    SoftwareCategoryFactory,
    SourceFactory,
    StandardFactory,
    TrendFactory,
    TrendImpactFactory,
    many_roles,
)

from .pages import ABOVE, DETAILS, FIXED, FRAMES, MACHINES, address, by_id, one_of_each, public_names, text, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

details = pytest.mark.parametrize("name", DETAILS)


def heading(response):
    headings = [text(each) for each in tree(response).iter("h1")]
    assert len(headings) == 1
    return headings[0]


# Every page answers


def test_these_tests_know_every_public_address():
    assert sorted([*FIXED, *MACHINES, *FRAMES, *DETAILS]) == sorted(public_names())


@pytest.mark.parametrize("name", FIXED)
def test_page_shows_the_heading_and_introduction_that_editors_wrote(client, name):
    PageFactory(key=name, heading="The heading", lead="The *introduction*.")

    response = client.get(address(name))

    assert response.status_code == 200
    assert heading(response) == "The heading"
    assertContains(response, "The <em>introduction</em>.")


@pytest.mark.parametrize(("name", "key"), ABOVE.items())
def test_page_of_an_app_above_shows_the_heading_and_introduction_that_editors_wrote(client, name, key):
    PageFactory(key=key, heading="The heading", lead="The *introduction*.")

    response = client.get(address(name))

    assert response.status_code == 200
    assert heading(response) == "The heading"
    assertContains(response, "The <em>introduction</em>.")


@details
def test_page_of_one_thing_names_it_in_the_heading(client, name):
    factory, field = DETAILS[name]
    thing = factory(published=True, **{field: "The <b>thing</b>"})

    response = client.get(address(name, thing.slug))

    assert response.status_code == 200
    assert "The <b>thing</b>" in heading(response)


def test_comparison_names_its_roles_in_the_heading(client):
    RoleFactory(slug="a", short_title="Anna", published=True)
    RoleFactory(slug="b", short_title="Bert", published=True)

    response = client.get(address("compare", role=["a", "b"]))

    assert heading(response) == "Anna and Bert, side by side"


@pytest.mark.parametrize("name", ["about", "about-data", "accessibility", "privacy"])
def test_page_of_text_shows_its_passages_in_order(client, name):
    page = PageFactory(key=name)
    PassageFactory(page=page, position=2, heading="Second")
    PassageFactory(page=page, position=1, heading="First", text="With **words**.")

    response = client.get(address(name))

    assert [text(each) for each in tree(response).find(".//main").iter("h2")] == ["First", "Second"]
    assertContains(response, "With <strong>words</strong>.")


def test_robots_may_read_everything_but_the_admin_and_the_component_page(client):
    response = client.get(address("robots"))

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /style/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_sitemap_names_every_page_once(client):
    addresses = one_of_each()

    response = client.get(address("sitemap"))

    found = re.findall("<loc>http://testserver(.*?)</loc>", response.content.decode())
    wanted = {each for each in addresses if "?" not in each and not each.startswith("/embed/")}
    wanted -= {address(name) for name in MACHINES}
    assert len(found) == len(set(found))
    assert wanted <= set(found)


def test_sitemap_names_the_fixed_pages_that_these_tests_know():
    assert sorted(FixedSitemap().items()) == sorted(FIXED)


def test_role_page_has_a_stable_id_on_every_section(client):
    RoleFactory(slug="one", published=True, with_parts=True)

    page = tree(client.get(address("role", "one")))

    sections = [
        "glance", "fit", "week", "software", "skills", "standards", "difference", "ways-in", "projects",
        "next-roles", "outlook", "questions", "next-steps", "sources",
    ]  # fmt: skip
    in_order = [each.get("id") for each in page.iter() if each.get("id") in sections]
    assert in_order == sections


def test_component_page_shows_every_component_to_staff(staff_client):
    response = staff_client.get(address("style"))

    assert heading(response) == "Components"


@pytest.mark.parametrize("visitor", ["client", "reader_client"])
def test_component_page_is_not_there_for_readers(request, visitor):
    response = request.getfixturevalue(visitor).get(address("style"))

    assert response.status_code == 404


def test_component_page_is_open_to_those_who_build_the_site(client, settings):
    settings.DEBUG = True

    assert client.get(address("style")).status_code == 200


# Nothing published yet


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("home", "No role is published yet."),
        ("roles", "See all roles"),
        ("compare", "No role is published yet."),
        ("software", "No category is published yet."),
        ("skills", "No skill is linked to a role yet."),
        ("standards", "No standard is published yet."),
        ("why-healthcare", "No reason is published yet."),
        ("trends", "No trend is published yet."),
        ("sources", "No source is listed yet."),
    ],
)
def test_list_without_anything_says_so(client, name, sentence):
    response = client.get(address(name))

    assertContains(response, sentence)


@pytest.mark.parametrize("name", [*FIXED, *ABOVE, *MACHINES])
def test_every_fixed_page_answers_on_an_empty_database(client, name):
    assert client.get(address(name)).status_code == 200


@details
def test_page_of_a_thing_without_any_part_answers(client, name):
    factory, _ = DETAILS[name]
    thing = factory(published=True)

    assert client.get(address(name, thing.slug)).status_code == 200


# Unknown and moved


@details
def test_unknown_slug_is_not_found(client, name):
    response = client.get(address(name, "never-heard-of"))

    assert response.status_code == 404
    assert heading(response) == "That page is not here"


@details
def test_old_slug_leads_to_the_new_one_for_good(client, name):
    factory, _ = DETAILS[name]
    thing = factory(slug="before", published=True)
    thing = type(thing).objects.get(pk=thing.pk)
    thing.slug = "after"
    thing.save()

    response = client.get(address(name, "before"))

    assertRedirects(response, address(name, "after"), status_code=301)


@details
def test_old_slug_of_a_draft_is_not_found(client, name):
    factory, _ = DETAILS[name]
    FormerSlugFactory(page=factory(), slug="before")

    assert client.get(address(name, "before")).status_code == 404


def test_old_slug_of_another_kind_of_page_is_not_found(client):
    skill = SkillFactory(published=True)
    own_type = ContentType.objects.get_for_model(skill)
    FormerSlug.objects.create(content_type=own_type, object_id=RoleFactory(published=True).pk, slug="before")

    assert client.get(address("role", "before")).status_code == 404


# Methods


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_for_reading(client, method):
    for each in one_of_each():
        response = getattr(client, method)(each)

        assert (each, response.status_code) == (each, 405)


def test_head_gives_the_headers_of_the_page_and_no_body(client):
    for each in one_of_each():
        whole, head = client.get(each), client.head(each)

        assert (each, head.status_code, head.content) == (each, 200, b"")
        assert head["Content-Type"] == whole["Content-Type"]


# Drafts


@details
@pytest.mark.parametrize("visitor", ["client", "reader_client"])
def test_draft_is_not_found_for_readers(request, name, visitor):
    factory, field = DETAILS[name]
    draft = factory(**{field: "The secret"})

    response = request.getfixturevalue(visitor).get(address(name, draft.slug))

    assertNotContains(response, "The secret", status_code=404)


@details
def test_staff_see_a_draft_with_a_banner_and_no_cache_keeps_it(staff_client, name):
    factory, field = DETAILS[name]
    draft = factory(**{field: "The secret"})

    response = staff_client.get(address(name, draft.slug))

    assert "The secret" in heading(response)
    assertContains(response, "<b>Draft.</b>")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@details
def test_published_page_says_nothing_of_drafts_to_staff(staff_client, name):
    factory, _ = DETAILS[name]
    thing = factory(published=True)

    response = staff_client.get(address(name, thing.slug))

    assertNotContains(response, "Draft.")
    assert "X-Robots-Tag" not in response


def test_staff_whose_account_was_closed_sees_no_draft(staff_client, django_user_model):
    draft = RoleFactory()
    django_user_model.objects.update(is_active=False)

    assert staff_client.get(address("role", draft.slug)).status_code == 404


def test_forged_session_cookie_opens_no_draft(client):
    draft = RoleFactory()
    client.cookies["sessionid"] = "forged"

    assert client.get(address("role", draft.slug)).status_code == 404


KINDS = ["role", "skill", "standard", "category", "trend", "reason"]
states = st.fixed_dictionaries({kind: st.lists(st.booleans(), min_size=2, max_size=2) for kind in KINDS})


def made_of(published_flags, factory, name_field, kind):
    """Rows with names and slugs that occur nowhere else, published or not as told."""
    rows = []
    for number, published in enumerate(published_flags):
        mark = f"{kind}{number}{'open' if published else 'secret'}"
        rows.append(factory(slug=f"{mark}-slug", published=published, **{name_field: f"{mark} name"}))
    return rows


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=states)
def test_no_page_tells_anything_about_a_draft(client, states):
    with transaction.atomic():
        addresses, rows = everything_linked(states)

        shown = {each: client.get(each) for each in addresses}

        drafts = [row for row in rows if not row.is_published]
        for where, response in shown.items():
            words = response.content.decode().lower()
            leaked = [row.slug for row in drafts if row.slug.removesuffix("-slug") in words]
            expected = 200 if not any(row.slug in where for row in drafts) else 404
            assert (where, response.status_code) == (where, expected)
            if expected == 200:
                assert (where, leaked) == (where, [])
        for row in rows:
            if row.is_published:
                assert any(row.slug in each.content.decode() for each in shown.values())
        transaction.set_rollback(True)


def everything_linked(states):
    roles = made_of(states["role"], RoleFactory, "title", "role")
    skills = made_of(states["skill"], SkillFactory, "name", "skill")
    standards = made_of(states["standard"], StandardFactory, "name", "standard")
    categories = made_of(states["category"], SoftwareCategoryFactory, "name", "category")
    trends = made_of(states["trend"], TrendFactory, "name", "trend")
    reasons = made_of(states["reason"], ReasonFactory, "title", "reason")
    for reason in reasons:
        ReasonFigureFactory(reason=reason, label=f"{reason.title} figure")
    for role in roles:
        for skill in skills:
            RoleSkillFactory(role=role, skill=skill)
        for standard in standards:
            RoleStandardFactory(role=role, standard=standard)
        for category in categories:
            RoleCategoryFactory(role=role, category=category)
        for trend in trends:
            TrendImpactFactory(role=role, trend=trend)
        for reason in reasons:
            RoleReasonFactory(role=role, reason=reason)
    for category in categories:
        for standard in standards:
            category.category_standards.create(standard=standard, use=2)
    published = [role.slug for role in roles if role.is_published]
    addresses = [
        *map(address, [*FIXED, *MACHINES]),
        *[address(name, role.slug) for role in roles for name in ("role", "plan")],
        *[skill.get_absolute_url() for skill in skills],
        *[standard.get_absolute_url() for standard in standards],
        *[category.get_absolute_url() for category in categories],
        *[trend.get_absolute_url() for trend in trends],
        address("roles", q="secret"),
        address("skills", kind="general"),
    ]
    if len(published) > 1:
        addresses += [address("compare", role=published), address("compare", role=published, format="csv")]
    return addresses, [*roles, *skills, *standards, *categories, *trends, *reasons]


@pytest.mark.parametrize("state", ["draft", "published"])
def test_source_is_listed_when_a_published_page_rests_on_it(client, state):
    source = SourceFactory(title="The document")
    CitationFactory(page=RoleFactory(published=state == "published"), source=source)

    response = client.get(address("sources"))

    assert ("The document" in response.content.decode()) == (state == "published")


# Long lists


def test_home_shows_some_roles_and_leads_to_the_rest(client):
    many_roles(13)

    response = client.get(address("home"))

    assertContains(response, "See all roles")
    assert len([each for each in tree(response).iter("h3") if text(each).startswith("Title of")]) == 12


def test_list_of_sources_has_pages(client):
    role = RoleFactory(published=True)
    for source in SourceFactory.create_batch(SOURCES_A_PAGE + 1, publisher="Publisher"):
        CitationFactory(page=role, source=source)

    first, second = client.get(address("sources")), client.get(address("sources", page=2))

    assertContains(first, "Page 1 of 2")
    assertContains(second, "Page 2 of 2")
    keys = [{each.get("id") for each in tree(page).iter("li") if each.get("id")} for page in (first, second)]
    assert [len(each) for each in keys] == [SOURCES_A_PAGE, 1]
    assert not keys[0] & keys[1]


@pytest.mark.parametrize("kind", ["general", "healthcare"])
def test_matrix_can_be_limited_to_one_kind_of_skill(client, kind):
    role = RoleFactory(published=True)
    for each in ("general", "healthcare"):
        RoleSkillFactory(role=role, skill=SkillFactory(name=f"Some {each} skill", kind=each, published=True))

    response = client.get(address("skills", kind=kind))

    other = {"general": "healthcare", "healthcare": "general"}[kind]
    assertContains(response, f"Some {kind} skill")
    assertNotContains(response, f"Some {other} skill")


def test_matrix_shows_how_important_each_skill_is_to_each_role(client):
    roles = RoleFactory.create_batch(2, published=True)
    skill = SkillFactory(published=True)
    RoleSkillFactory(role=roles[0], skill=skill, importance=4)

    page = tree(client.get(address("skills")))

    row = next(each for each in page.iter("tr") if text(each).startswith(skill.name))
    assert [text(cell) for cell in row.iter("td")] == ["Core", "Not needed"]


@pytest.mark.parametrize("name", ["role", "plan", "role-pay"])
def test_foot_of_a_role_leads_to_a_report_about_that_page(client, name):
    RoleFactory(slug="one", published=True)

    response = client.get(address(name, "one"))

    reviewed = by_id(tree(response), "reviewed")
    assert [each.get("href") for each in reviewed.iter("a")] == [f"/feedback/?page={address(name, 'one')}"]


@pytest.mark.parametrize("asked", ["/skills/?kind=general", "/about/", "/"])
def test_foot_of_a_page_leads_to_a_report_about_what_it_shows(client, asked):
    page = tree(client.get(asked))

    (link,) = [each for each in page.iter("a") if text(each) == "Report a problem on this page"]
    assert parse_qs(urlsplit(link.get("href")).query) == {"page": [asked]}


def test_each_section_of_a_role_leads_to_a_report_about_it(client):
    RoleFactory(slug="one", published=True, with_parts=True)

    page = tree(client.get(address("role", "one")))

    sections = [each.get("id") for each in page.find(".//main").iter("h2")]
    links = [each.get("href") for each in page.iter("a") if text(each) == "Report a problem"]
    assert len(sections) > 10
    assert links == [f"/feedback/?page=/roles/one/&section={each}" for each in sections]


def test_no_contact_is_offered_when_nobody_answers(client, settings):
    settings.CONTACT_EMAIL = ""
    RoleFactory(slug="one", published=True, with_parts=True)

    for name, args in (("role", ["one"]), ("about", []), ("home", [])):
        assertNotContains(client.get(address(name, *args)), "mailto:@")
