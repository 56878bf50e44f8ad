"""How the API answers, whatever it tells: pages of lists, validators, other sites' scripts, old slugs, mistakes."""

import pytest
from django.test import Client
from django.urls import reverse

from editorial import desk
from editorial.preview import link
from match.models import QuestionSet
from tests import factories
from tests.careers.test_strange_input import each_strange_value
from tests.outlook.factories import OccupationFactory, RoleOccupationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVERY_LIST = ["roles", "skills", "software", "standards", "trends", "reasons", "sources", "role-skills"]


def at(name, *args, **query):
    return reverse(f"api:{name}", args=args, query=query or None)


@pytest.fixture
def role():
    return factories.RoleFactory(slug="one", published=True, with_parts=True)


# What is told


@pytest.mark.twice
def test_role_says_what_its_page_says_with_its_identifiers(client, role):
    desk.current(role)

    told = client.get(at("role", "one")).json()

    assert told["title"] == role.title
    assert told["uri"] == "http://testserver/roles/one/"
    assert told["self"] == "http://testserver/api/v1/roles/one/"
    assert (told["version"], told["former"]) == (1, [])
    assert told["fits"][0]["text"] == role.fits.first().text
    assert told["role_skills"][0]["skill"] == role.role_skills.get().skill.slug
    assert "status" not in told


@pytest.mark.twice
@pytest.mark.parametrize("name", ["skill", "category", "standard", "trend", "reason", "source"])
def test_every_kind_of_thing_is_told_of(client, role, name):
    linked = {
        "skill": role.role_skills.get().skill,
        "category": role.role_categories.get().category,
        "standard": role.role_standards.get().standard,
        "trend": role.trend_impacts.get().trend,
        "reason": role.role_reasons.get().reason,
        "source": role.citations.get().source,
    }[name]
    key = linked.key if name == "source" else linked.slug

    told = client.get(at(name, key)).json()

    assert key in (told.get("slug"), told.get("key"))
    assert name == "source" or "one" in str(told)


def test_version_and_day_are_those_of_the_feed(client, role):
    desk.current(role)
    data = desk.live(role).data | {"tagline": "Corrected."}
    draft = desk.save_draft(role, data, opened=1, reason="A word was wrong.", is_news=True)

    assert client.get(at("role", "one")).json()["version"] == 1
    published = desk.publish(draft, reason="A word was wrong.", is_news=True)

    told = client.get(at("role", "one")).json()
    feed = client.get(reverse("careers:changes-feed")).content.decode()
    assert told["tagline"] == "Corrected."
    assert told["version"] == published.number == 2
    assert f"<id>roles/{role.pk}/{told['version']}</id>" in feed
    assert f"<updated>{told['changed'][:19]}" in feed


def test_json_beside_a_page_is_that_of_the_api(client, role):
    skill = role.role_skills.get().skill
    pairs = [
        ("/roles/one.json", at("role", "one")),
        (f"/skills/{skill.slug}.json", at("skill", skill.slug)),
        ("/pay/one.json", at("role-pay", "one")),
    ]
    for beside, in_api in pairs:
        assert client.get(beside).content == client.get(in_api).content, beside


def test_role_names_its_codes_in_official_lists(client):
    role = factories.RoleFactory(slug="one", published=True)
    links = [("15-1252", True), ("15-1211.01", False)]
    for code, is_primary in links:
        occupation = OccupationFactory(code=code)
        RoleOccupationFactory(role=role, occupation=occupation, is_primary=is_primary)

    nearest, other = client.get(at("role", "one")).json()["occupations"]

    assert (nearest["soc"], nearest["onet_soc"]) == ("15-1252", "15-1252.00")
    assert (other["soc"], other["onet_soc"], other["esco"]) == ("15-1211", "15-1211.01", [])
    assert nearest["esco"][-1]["uri"] == "http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1"


# Lists


@pytest.mark.twice
def test_list_comes_in_pages_that_lead_to_one_another(client):
    for number in range(5):
        factories.RoleFactory(published=True, position=number, slug=f"role-{number}")

    here, seen = at("roles", per_page=2, unread="x"), []
    while here:
        answer = client.get(here)
        seen += [each["slug"] for each in answer.json()["items"]]
        here = answer.json()["next"]
        assert here is None or (f'<{here}>; rel="next"' in answer["Link"] and "unread" not in here)

    assert seen == [f"role-{number}" for number in range(5)]
    assert answer.json()["previous"].endswith("?per_page=2&page=2")
    assert (answer.json()["count"], answer.json()["pages"]) == (5, 3)


@pytest.mark.twice
@pytest.mark.parametrize("name", EVERY_LIST)
def test_every_list_holds_what_is_published(client, role, name):
    items = client.get(at(name)).json()["items"]

    assert items
    assert name in ("role-skills", "sources") or {each["version"] for each in items} == {0}


@pytest.mark.twice
def test_roles_are_filtered_as_on_their_page(client, role):
    category = role.role_categories.get()
    category.involvement = 3
    category.save()
    other = factories.RoleFactory(published=True)

    told = client.get(at("roles", category=[category.category.slug, "unheard-of"])).json()

    assert [each["slug"] for each in told["items"]] == ["one"]
    assert told["unknown"] == ["unheard-of"]
    found = client.get(at("roles", q=other.title)).json()
    assert [each["slug"] for each in found["items"]] == [other.slug]


@pytest.mark.twice
def test_skills_and_links_are_filtered(client, role):
    link = role.role_skills.get()
    kind = link.skill.kind
    other = "general" if kind == "healthcare" else "healthcare"

    assert client.get(at("skills", kind=kind)).json()["count"] == 1
    assert client.get(at("skills", kind=other)).json()["count"] == 0
    assert client.get(at("role-skills", role="one", skill=link.skill.slug)).json()["items"][0]["why"] == link.why
    none = client.get(at("role-skills", role="unheard-of")).json()
    assert (none["count"], none["unknown"]) == (0, ["unheard-of"])


# Pay, comparison, match and search are compared with their pages in test_same_everywhere.


def test_result_of_an_answer_sheet_is_in_the_order_of_the_page(client):
    role = factories.RoleFactory(slug="one", published=True)
    other = factories.RoleFactory(slug="other", published=True)
    for one, two in ((role, other), (other, role)):
        statement = factories.WeightFactory(role=one, value=2).statement
        factories.WeightFactory(role=two, statement=statement, value=-2)
    kept = QuestionSet.objects.keep_current()

    asked = client.get(at("match")).json()
    told = client.get(at("match-result", v=asked["version"], a="51")).json()

    assert asked["version"] == kept.code
    assert asked["statements"][0]["answers"][-1] == {"sign": "5", "words": "Very much"}
    assert [place["role"] for place in told["places"]] == ["one", "other"]
    assert told["places"][0]["speaks_for"][0]["reason"] == "Reason."
    assert client.get(told["uri"]).status_code == 200


@pytest.mark.parametrize(("a", "status"), [("55", 400), ("9", 400), ("", 400), ("-", 200)])
def test_damaged_answers_are_refused(client, a, status):
    factories.WeightFactory(role__published=True)
    kept = QuestionSet.objects.keep_current()

    assert client.get(at("match-result", v=kept.code, a=a)).status_code == status
    assert client.get(at("match-result", v="00000000", a=a or "-")).status_code == 404


# Validators


def test_unchanged_answer_is_not_sent_again(client, role):
    first = client.get(at("role", "one"))
    tag = first["ETag"]

    for held in (tag, f'"other", W/{tag}', "*"):
        again = client.get(at("role", "one"), headers={"if-none-match": held})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"].removeprefix("W/") == tag
        assert "Content-Type" not in again
    role.tagline = "Another."
    role.save()
    assert client.get(at("role", "one"), headers={"if-none-match": tag}).status_code == 200


def test_archive_is_not_compressed_again(client, role):
    answer = client.get(at("dataset"), headers={"accept-encoding": "br, gzip"})

    assert "Content-Encoding" not in answer
    assert answer.content[:2] == b"PK"
    assert answer["Content-Disposition"] == 'attachment; filename="careers-in-healthcare-software.zip"'


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_compressed_answer_is_recognized_too(client, role, encoding):
    compressed = client.get(at("role", "one"), headers={"accept-encoding": encoding})

    again = client.get(at("role", "one"), headers={"accept-encoding": encoding, "if-none-match": compressed["ETag"]})
    assert compressed["Content-Encoding"] == encoding
    assert again.status_code == 304
    # What a cache needs to bring the copy up to date that it holds.
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again[name] == compressed[name]
    assert "Accept-Encoding" in again["Vary"]


# Other sites, other methods


def test_scripts_of_other_sites_may_read_and_nothing_else(client, role):
    for answer in (client.get(at("role", "one")), client.get(at("role", "missing")), client.get("/api/v1/no/such")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    asked = client.options(
        at("role", "one"), headers={"origin": "https://school.example", "access-control-request-method": "GET"}
    )
    assert (asked.status_code, asked.content, asked.get("Content-Type")) == (204, b"", None)
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_address_without_its_last_slash_leads_on_for_scripts_of_other_sites_too(client):
    moved, nothing = client.get("/api/v1/roles?q=a%26b"), client.get("/api/v1/nothing")
    asked = client.options("/api/v1/roles", headers={"origin": "https://school.example"})
    written = client.post("/api/v1/roles")

    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/roles/?q=a%26b")
    assert (nothing.status_code, nothing["Content-Type"]) == (404, "application/problem+json")
    assert (asked.status_code, written.status_code) == (204, 405)
    assert "Content-Type" not in moved
    for answer in (moved, nothing, asked, written):
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_failure_of_ours_is_a_problem_that_scripts_of_other_sites_may_read(monkeypatch):
    monkeypatch.setattr("api.pages.examples", lambda: 1 / 0)

    answer = Client(raise_request_exception=False).get(at("openapi"))

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ZeroDivision" not in answer.content.decode()


def test_head_tells_what_get_would(client, role):
    for name, args in [("roles", []), ("role", ["one"]), ("openapi", []), ("dataset", []), ("role", ["missing"])]:
        whole, head = client.get(at(name, *args)), client.head(at(name, *args))
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert {**head.headers} == {**whole.headers}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_nothing_can_be_written(role, method):
    for where in (at("role", "one"), at("docs")):
        answer = Client(enforce_csrf_checks=True).generic(method, where, "{}", "application/json")

        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/json", 200),
        ("text/html, */*;q=0.1", 200),
        ("text/html", 406),
        ("application/xml;q=0.9", 406),
        (";;,/,", 406),
    ],
)
def test_a_client_that_takes_no_json_is_told_so(client, role, accept, status):
    answer = client.get(at("role", "one"), headers={"accept": accept})

    assert answer.status_code == status


# Moved and gone


def test_former_slug_leads_on_for_good(client, role):
    role.slug = "renamed"
    role.save()

    for old, new in [
        (at("role", "one"), at("role", "renamed")),
        (at("role-pay", "one"), at("role-pay", "renamed")),
        ("/roles/one.json", "/roles/renamed.json"),
        ("/pay/one.json", "/pay/renamed.json"),
    ]:
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(at("role", "renamed")).json()["former"] == ["one"]


@pytest.mark.parametrize("where", ["/api/v1/roles/missing/", "/api/v1/nothing/", "/api/v2/", "/api/v1/roles/%00/"])
def test_what_is_not_there_is_a_problem_with_words(client, where):
    answer = client.get(where)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["title"] == "Not Found"
    assert answer.json()["detail"]


def test_host_that_is_not_ours_gets_a_problem(client):
    answer = client.get("/api/v1/roles/", headers={"host": "evil.example"})

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_preview_link_opens_nothing_here(client, role):
    desk.current(role)
    draft = desk.save_draft(role, desk.live(role).data | {"tagline": "Secret."}, opened=1)
    answer = client.get(link(draft, at("role", "one")))

    assert answer.status_code == 404
    assert b"Secret" not in answer.content


# Strange input

PARAMETERS = [
    *[("roles", name) for name in ("q", "category", "skill", "page", "per_page", "unheard-of")],
    ("skills", "kind"),
    ("role-skills", "role"),
    ("role-skills", "page"),
    ("compare", "role"),
    ("compare", "only"),
    ("pay", "occupation"),
    ("pay", "area"),
    ("pay", "page"),
    ("search", "q"),
    ("search", "kind"),
    ("search", "per_page"),
    ("match-result", "v"),
    ("match-result", "a"),
]


@pytest.mark.twice
@each_strange_value
def test_strange_value_of_any_parameter_is_answered_or_refused_with_words(client, role, value):
    for name, parameter in PARAMETERS:
        answer = client.generic("GET", at(name), QUERY_STRING=f"{parameter}={value}")

        assert answer.status_code in (200, 400, 404), (name, parameter)
        if answer.status_code != 200:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("roles", "page=0"),
        ("roles", "page=-1"),
        ("roles", "page=1.0"),
        ("roles", "page=%d9%a3"),
        ("roles", "page="),
        ("roles", "per_page=101"),
        ("roles", "q=%00"),
        ("roles", "skill=a%20b"),
        ("skills", "kind="),
        ("skills", "kind=odd"),
        ("compare", "role=one"),
        ("compare", "role=one&role=one"),
        ("compare", "&".join(f"role=r{number}" for number in range(6))),
        ("pay", "occupation=" + "1" * 11),
        ("match-result", "v=abc"),
    ],
)
def test_what_makes_no_sense_is_named(client, role, name, query):
    answer = client.generic("GET", at(name), QUERY_STRING=query)

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) <= {each.partition("=")[0] for each in query.split("&")} | {"a"}


def test_parameter_that_an_address_does_not_know_changes_nothing(client, role):
    assert client.get(at("roles", nope=1)).content == client.get(at("roles")).content


def test_a_page_that_a_list_does_not_have_is_not_there(client, role):
    assert client.get(at("roles", page=2)).status_code == 404
    assert client.get(at("roles", page=10_000)).status_code == 404
