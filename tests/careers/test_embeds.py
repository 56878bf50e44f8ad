"""Pages for frames on other sites: what may be framed, what stands in the frame, and what it weighs."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.comparison import MOST_ROLES
from roles.models import Role
from tests.factories import FormerSlugFactory, RoleFactory, RoleSkillFactory, SkillFactory
from tests.outlook.factories import EstimateFactory

from .pages import DETAILS, address, tree, with_class
from .test_compare import rows
from .test_weight import needed_by, size_as_sent

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# All that a reader waits for: the page, its styles and its script.
MOST_BYTES = 8_000

FRAMABLE = {"careers:embed-role", "careers:embed-compare"}


@pytest.fixture
def pair(db):
    """Two published roles, a and b, that differ in one skill, with pay."""
    roles = [
        RoleFactory(slug=slug, title=f"Role {slug}", short_title=slug.upper(), published=True, with_parts=True)
        for slug in "ab"
    ]
    skill = SkillFactory(name="DICOM", published=True)
    RoleSkillFactory(role=roles[0], skill=skill, importance=4)
    EstimateFactory()
    return roles


# What may be framed


def every_pattern(patterns=None, before=""):
    """An address for every pattern of the whole site, with something that exists in place of a slug."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + filled_in(str(each.pattern))
        if isinstance(each, URLResolver):
            yield from every_pattern(each.url_patterns, route)
        else:
            yield f"/{route}"


def filled_in(route):
    """`roles/<slug:slug>/` as roles/one/; of a regular expression the first choice."""
    route = re.sub(r"<(\w+):\w+>", lambda found: {"int": "1", "slug": "one"}.get(found[1], "1"), route)
    route = re.sub(r"\(\?P<\w+>(\w*)[^)]*\)", r"\1", route)
    return route.strip("^$")


def policy_of(response):
    """(frame-ancestors, X-Frame-Options) of an answer."""
    ancestors = re.search(r"frame-ancestors ([^;]+)", response["Content-Security-Policy"])
    return ancestors[1], response.get("X-Frame-Options")


def test_of_all_addresses_of_the_site_exactly_two_may_be_framed(admin_client):
    for factory, _ in DETAILS.values():
        if not factory._meta.model.objects.filter(slug="one").exists():
            factory(slug="one", published=True)
    addresses = set(every_pattern())

    framable = {}
    for client in (Client(), admin_client):
        for each in addresses:
            response = client.get(each)
            if policy_of(response) != ("'none'", "DENY"):
                framable[each] = policy_of(response)

    assert len(addresses) > 150
    assert framable == {"/embed/roles/one/": ("*", None), "/embed/compare/": ("*", None)}
    assert {resolve(each).view_name for each in framable} == FRAMABLE


@pytest.mark.parametrize("path", ["/embed/", "/embed/roles/", "/embed/plan/one/", "/embed/roles/one/skills/", "/embed"])
def test_what_only_looks_like_an_embed_may_not_be_framed(client, path):
    RoleFactory(slug="one", published=True)

    response = client.get(path)

    assert response.status_code == 404
    assert policy_of(response) == ("'none'", "DENY")


# A role


@pytest.mark.usefixtures("pair")
def test_embed_of_a_role_shows_it_in_short(client):
    page = client.get(address("embed-role", "a"))

    for words in ("<h1>Role a</h1>", "Promise.", "Makes", "Good day.", "Week note.", "DICOM", "half earn between"):
        assertContains(page, words)
    assertContains(page, "Last checked on")


@pytest.mark.usefixtures("pair")
def test_pay_in_an_embed_names_its_source_and_year(client):
    page = tree(client.get(address("embed-role", "a")))

    sources = [link for link in page.iter("a") if link.get("href") == "https://example.org/figures"]

    assert ["May 2025" in source.text for source in sources] == [True]


def test_role_with_nothing_but_its_own_fields_makes_an_embed(client):
    RoleFactory(slug="bare", published=True)

    response = client.get(address("embed-role", "bare"))

    assertContains(response, "Good day.")
    assertNotContains(response, "Pay")


@pytest.mark.parametrize("visitor", ["client", "reader_client", "staff_client"])
def test_a_draft_is_not_found_by_anyone_and_the_frame_says_so(request, visitor):
    RoleFactory(slug="draft", title="Secret")

    response = request.getfixturevalue(visitor).get(address("embed-role", "draft"))

    assertContains(response, "That page is not here", status_code=404)
    assertNotContains(response, "Secret", status_code=404)
    assert policy_of(response) == ("*", None)


def rename(role, slug):
    role = Role.objects.get(pk=role.pk)
    role.slug = slug
    role.save()


def test_renamed_roles_lead_to_todays_embed_for_good(client, pair):
    rename(pair[0], "new")

    one, two = client.get(address("embed-role", "a")), client.get(address("embed-compare", role=["a", "b", "c"]))

    assertRedirects(one, address("embed-role", "new"), status_code=301)
    assertRedirects(two, address("embed-compare", role=["new", "b", "c"]), status_code=301)


@pytest.mark.usefixtures("pair")
def test_former_slug_of_a_draft_leads_nowhere(client):
    FormerSlugFactory(page=RoleFactory(slug="draft"), slug="before")

    one, two = client.get(address("embed-role", "before")), client.get(address("embed-compare", role=["before", "b"]))

    assert (one.status_code, two.status_code) == (404, 200)
    assertContains(two, "We have no role called “before”.")


def test_an_overdue_role_says_so_in_its_frame(client, pair):
    Role.objects.update(reviewed_on="2020-01-01", review_due="2020-07-01")

    for each in (address("embed-role", "a"), address("embed-compare", role=["a", "b"])):
        assertContains(client.get(each), "was due for review on July 1, 2020")


# A comparison


@pytest.mark.usefixtures("pair")
def test_embed_of_a_comparison_has_the_rows_of_the_page_and_the_biggest_difference(client):
    whole, framed = (tree(client.get(address(name, role=["b", "a"]))) for name in ("compare", "embed-compare"))

    shown = rows(framed)
    assert shown
    assert shown == {label: cells for label, cells in rows(whole).items() if label in shown}
    assert {"You make", "A good day", "Pay in the nearest official occupation"} <= shown.keys()
    lead = with_class(whole, "lead")[0].text
    assert lead.startswith("The biggest difference:")
    assert lead in [each.text for each in framed.iter("p")]


@pytest.mark.usefixtures("pair")
def test_unknown_roles_are_named_and_the_others_compared(client):
    response = client.get(address("embed-compare", role=["a", "astronaut", "b"]))

    assertContains(response, "We have no role called “astronaut”.")
    assertContains(response, "<table")


def test_a_comparison_in_a_frame_holds_five_roles(client):
    for number in range(MOST_ROLES + 2):
        RoleFactory(slug=f"r{number}", title=f"Role {number}", published=True)

    response = client.get(address("embed-compare", role=[f"r{number}" for number in range(MOST_ROLES + 2)]))

    assertContains(response, 'scope="col"', count=MOST_ROLES)
    assertContains(response, "left out: Role 5, Role 6.")


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize("asked", [[], ["a"], ["astronaut", "b"]], ids=["none", "one", "one that is known"])
def test_fewer_than_two_roles_lead_to_the_page_where_to_choose(client, asked):
    response = client.get(address("embed-compare", role=asked))

    assert response.status_code == 200
    assertContains(response, "A comparison needs at least two roles.")
    assertContains(response, 'href="http://testserver/compare/"')


# Every embed


@pytest.fixture
def embeds(client, pair):
    """{address: tree} of one embed of each kind."""
    found = [address("embed-role", "a"), address("embed-role", "missing"), address("embed-compare")]
    found.append(address("embed-compare", role=["a", "b", "nobody"]))
    return {each: tree(client.get(each)) for each in found}


def test_every_link_opens_a_window_of_its_own_at_a_full_address(embeds):
    for where, page in embeds.items():
        links = list(page.iter("a"))
        loose = [
            link.get("href")
            for link in links
            if link.get("target") != "_blank"
            or "noopener" not in link.get("rel", "").split()
            or not link.get("href").startswith(("http://testserver/", "https://"))
        ]

        assert (where, bool(links), loose) == (where, True, [])


def test_search_engines_keep_the_whole_page_instead(embeds):
    whole = {}

    for where, page in embeds.items():
        robots = [each.get("content") for each in page.iter("meta") if each.get("name") == "robots"]
        assert (where, robots) == (where, ["noindex"])
        whole[where] = [each.get("href") for each in page.iter("link") if each.get("rel") == "canonical"]

    assert whole[address("embed-role", "a")] == ["http://testserver/roles/a/"]
    assert whole[address("embed-compare", role=["a", "b", "nobody"])] == ["http://testserver/compare/?role=a&role=b"]


def test_nothing_in_a_frame_can_be_pressed_but_links(embeds):
    for page in embeds.values():
        assert [each.tag for each in page.iter() if each.tag in ("form", "button", "input", "select", "iframe")] == []


def test_icon_of_an_embed_is_drawn_into_it_since_a_sandboxed_frame_fetches_none(embeds):
    page = embeds[address("embed-role", "a")]

    (badge,) = with_class(page, "badge")

    assert [len(each) > 0 for each in badge if str(each.tag).endswith("svg")] == [True]
    assert not [each for each in page.iter() if str(each.tag).endswith("use")]


# The code to copy


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(
    ("page", "framed"),
    [
        (address("role", "a"), "/embed/roles/a/"),
        (address("compare", role=["a", "b"]), "/embed/compare/?role=a&amp;role=b"),
    ],
    ids=["role", "comparison"],
)
def test_page_offers_a_line_of_html_for_its_frame_and_an_address_for_programs(client, page, framed):
    root = tree(client.get(page))

    (box,) = [each for each in root.iter("textarea") if each.get("id") == "embed-code"]
    assert box.text.startswith(f'<iframe src="http://testserver{framed}" title="')
    assert box.text.endswith("></iframe>")
    (link,) = [each for each in root.iter("link") if each.get("type") == "application/json+oembed"]
    assert client.get(link.get("href")).json()["html"].startswith(f'<iframe src="http://testserver{framed}"')


def test_title_of_a_role_stays_inside_its_attribute(client):
    RoleFactory(slug="odd", title='"><script>alert(1)</script>', published=True)

    root = tree(client.get(address("role", "odd")))

    (box,) = [each for each in root.iter("textarea") if each.get("id") == "embed-code"]
    assert 'title="&quot;&gt;&lt;script&gt;' in box.text


# Weight


@pytest.mark.usefixtures("real_content")
def test_every_embed_is_light(client):
    slugs = list(Role.objects.published().values_list("slug", flat=True)[:MOST_ROLES])
    addresses = [*[address("embed-role", slug) for slug in slugs], address("embed-compare", role=slugs)]

    sizes = {}
    for each in addresses:
        body = client.get(each, headers={"accept-encoding": "br"}).content
        sizes[each] = len(body) + sum(map(size_as_sent, needed_by(body)))

    assert {where: size for where, size in sizes.items() if size > MOST_BYTES} == {}


def test_script_of_an_embed_tells_one_number_and_asks_nothing():
    script = Path(finders.find("js/tell-height.js")).read_text()

    assert script.count("postMessage") == 1
    assert not re.search(r"cookie|Storage|fetch|import|location|addEventListener", script)
