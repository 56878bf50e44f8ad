"""Whatever stands in an address, a page answers, and shows it as words."""

import re

import pytest
from django.apps import apps
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from match.models import QuestionSet
from skills.models import RoleSkill
from tests.factories import ProjectFactory, RoleCategoryFactory, RoleFactory, RoleSkillFactory

from .pages import DETAILS, FIXED, address, answered_in_full, is_data, one_of_each, tree
from .strange import each_strange_value

pytestmark = pytest.mark.django_db

# Every parameter that a page reads, and one that none does: those of a line are asked together. What hides others
# when it is strange (a search without results, another format) has a line of its own.
TOGETHER = [
    ("roles", "q"),
    ("roles", "category", "skill", "page"),
    ("compare", "role", "only", "have", "format"),
    ("my-skills", "role", "only", "have"),
    ("skills", "kind"),
    ("sources", "page"),
    ("pay", "occupation", "area", "format"),
    ("pay", "area"),
    ("match:start", "v", "a"),
    ("match:start", "a"),
    ("search", "q", "kind", "page"),
    ("search-suggest", "q"),
    ("embed-compare", "role"),
    ("worksheet-compare", "role"),
    ("worksheet-questions", "role"),
    ("home", "unheard-of"),
]
PARAMETERS = [(name, parameter) for name, *parameters in TOGETHER for parameter in parameters]


def ask(client, path, raw_query=""):
    return client.generic("GET", path, QUERY_STRING=raw_query)


def assert_harmless(response):
    """The answer is no failure of ours, and holds no code but our own."""
    assert response.status_code < 500
    assert "Set-Cookie" not in response
    if not response["Content-Type"].startswith("text/html") or not response.content:
        return
    for each in tree(response).iter():
        assert not [name for name in each.attrib if name.lower().startswith("on")], each.attrib
        if each.tag in ("script", "img") and not is_data(each):
            assert each.get("src", "").startswith(("/static/", "/qr.svg?page="))


@pytest.fixture
def two_roles(db):
    for slug in ("one", "two"):
        role = RoleFactory(slug=slug, published=True)
        RoleSkillFactory(role=role, skill__published=True)
        RoleCategoryFactory(role=role, category__published=True)


@pytest.mark.usefixtures("two_roles")
@each_strange_value
def test_strange_value_of_any_parameter_gets_a_harmless_page(client, value):
    for name, *parameters in TOGETHER:
        response = ask(client, address(name), "&".join(f"{parameter}={value}" for parameter in parameters))

        assert (name, parameters, response.status_code) == (name, parameters, 200)
        assert_harmless(response)


@pytest.mark.usefixtures("two_roles")
@each_strange_value
def test_comparison_stays_whole_beside_a_strange_value(client, value):
    for query in (
        f"role=one&role={value}&role=two&have={value}",
        f"role=two&role=one&only={value}&format={value}",
    ):
        response = ask(client, address("compare"), query)

        assert (query, response.status_code) == (query, 200)
        assert b'<table class="compare' in response.content
        assert_harmless(response)


@pytest.mark.usefixtures("two_roles")
@each_strange_value
def test_plan_stays_whole_beside_a_strange_value(client, value):
    skill = RoleSkill.objects.get(role__slug="one").skill.slug
    for query in (f"have={value}&have={skill}", f"have={skill}&have={value}&have={value}&format={value}"):
        response = ask(client, address("plan", "one"), query)

        assert (query, response.status_code) == (query, 200)
        assert b"You already have 1 of the 1 skills" in response.content
        assert_harmless(response)


@pytest.mark.usefixtures("two_roles")
@each_strange_value
def test_role_counts_the_skills_beside_a_strange_one(client, value):
    skill = RoleSkill.objects.get(role__slug="one").skill.slug

    response = ask(client, address("role", "one"), f"have={value}&have={skill}&have={value}")

    assert response.status_code == 200
    assert b"You already have 1 of the 1 this role needs." in response.content
    assert_harmless(response)


@pytest.mark.usefixtures("two_roles")
@each_strange_value
def test_calendar_names_no_strange_skill(client, value):
    ProjectFactory(role__slug="three", role__published=True)

    response = ask(client, address("plan", "three"), f"format=ics&have={value}")

    assert response["Content-Type"].startswith("text/calendar")
    assert b"have=" not in response.content
    assert "Set-Cookie" not in response


def test_hundreds_of_skills_are_as_harmless_as_one(client):
    RoleFactory(slug="one", published=True)

    for path in (address("plan", "one"), address("role", "one"), address("compare"), address("my-skills")):
        response = ask(client, path, "&".join(f"have=skill-{number}" for number in range(900)))

        assert (path, response.status_code) == (path, 200)
        assert_harmless(response)


@pytest.mark.usefixtures("two_roles")
@pytest.mark.parametrize(
    "query",
    [
        "q=a&q=b&q=c",
        "q[]=a&category[]=b&role[]=one&role[x]=two&page[]=1",
        "page=1&page=2",
        "kind=general&kind=healthcare",
        "role=one&role=two&format=csv&format=html",
        "&&&=&=x&a&",
        "?role=one",
        "q=%00&category=%00&skill=%00&page=%00&role=%00&only=%00&format=%00&kind=%00",
        "&".join(f"category={number}&skill={number}&role={number}" for number in range(300)),
        "&".join(f"p{number}={number}" for number in range(900)),
    ],
    ids=[
        "repeated words",
        "names with brackets",
        "two pages",
        "two kinds",
        "two formats",
        "nothing but signs",
        "two question marks",
        "NUL everywhere",
        "hundreds of filters",
        "hundreds of parameters",
    ],
)
def test_strange_query_gets_a_harmless_page(client, query):
    for name in FIXED:
        response = ask(client, address(name), query)

        assert (name, response.status_code) == (name, 200)
        assert_harmless(response)


def test_more_parameters_than_anyone_needs_are_refused(client):
    response = ask(client, address("roles"), "&".join(f"q={number}" for number in range(5_001)))

    assert response.status_code == 400
    assert_harmless(response)


def test_what_was_searched_is_shown_as_words(client):
    response = ask(client, address("roles"), "q=%3Cscript%3Ealert(%27x%27)%3C/script%3E")

    assert b"&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in response.content
    assert b"<script>alert" not in response.content


texts = st.text(max_size=200)
queries = st.dictionaries(
    st.sampled_from([parameter for _, parameter in PARAMETERS]) | texts, texts | st.lists(texts, max_size=8), max_size=6
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([name for name, _ in PARAMETERS]), query=queries)
def test_any_text_in_any_parameter_gets_a_harmless_page(client, name, query):
    plain = {key.encode("utf-8", "replace"): encoded(value) for key, value in query.items()}

    response = client.get(address(name), plain)

    assert response.status_code == 200
    assert_harmless(response)


def encoded(value):
    return (
        [each.encode("utf-8", "replace") for each in value]
        if isinstance(value, list)
        else value.encode("utf-8", "replace")
    )


@pytest.mark.once
def test_what_editors_write_is_shown_as_words_on_every_page(client):
    addresses = one_of_each()
    for model in apps.get_models():
        if model._meta.app_label in ("editorial", "roles", "skills", "careers", "match"):
            for row in model._base_manager.all():
                write_code_into(row)
    addresses.append(answered_in_full(QuestionSet.objects.keep_current()))

    for each in addresses:
        response = client.get(each)

        assert (each, response.status_code) == (each, 200)
        assert_harmless(response)


def write_code_into(row):
    """Put an element with a handler, and an end of an attribute, into every free text of a row."""
    for field in row._meta.concrete_fields:
        free = type(field) in (models.CharField, models.TextField) and not field.choices
        if free and field.name not in ("published", "digest", "code"):
            setattr(row, field.name, f"<img onerror=x>\"'{row.pk}"[: field.max_length])
    row.save()


# Paths


@pytest.mark.parametrize(
    "rest",
    [
        "%00", "%ff%fe", "%c3", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%F0%9F%A9%BA", "%E2%80%AE", "a'--", "a;b",
        "a" * 10_000, "9" * 5_000, "-1", "_", "-", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "a%0d%0aX-Evil:%20yes",
        "one%20two", "{{7*7}}",
    ],
    ids=lambda rest: rest[:30],
)  # fmt: skip
def test_strange_path_is_not_found(client, rest):
    for prefix in ("/roles/", "/embed/roles/", "/plan/", "/skills/", "/standards/", "/software/", "/trends/", "/"):
        response = ask(client, f"{prefix}{rest}/")

        assert (prefix, response.status_code) == (prefix, 404)
        assert_harmless(response)
        assert "X-Evil" not in response


@pytest.mark.once
@pytest.mark.parametrize("path", ["//evil.example/roles", "//evil.example", "/\\evil.example", "///roles", "/roles//"])
def test_strange_slashes_lead_to_no_other_host(client, path):
    response = client.get("/", PATH_INFO=path)

    assert response.status_code in (301, 404)
    assert not re.match(r"(\w+:)?[/\\]{2}", response.get("Location", ""))


def test_address_without_its_last_slash_leads_to_the_page(client):
    for name in FIXED:
        if name != "home":
            response = ask(client, address(name).rstrip("/"), "q=a&q=b")

            assert (response.status_code, response["Location"]) == (301, f"{address(name)}?q=a&q=b")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(list(DETAILS)), slug=st.from_regex(r"[-a-zA-Z0-9_]{1,300}", fullmatch=True))
def test_any_slug_that_nothing_has_is_not_found(client, name, slug):
    response = client.get(address(name, slug))

    assert response.status_code == 404


# Headers


@pytest.mark.once
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=\x00\x00\x00\x00\x00\x00\x00\x00\x00"},
        {"HTTP_COOKIE": 'sessionid="\\000aaaaaaaaaaaaaaaa"'},
        {"HTTP_COOKIE": "sessionid=" + "a" * 4_000},
        {"HTTP_COOKIE": "sessionid=ÿþ; =; ;;;"},
        {"HTTP_ACCEPT_ENCODING": "br;q=nonsense, gzip;q=-1, *"},
        {"HTTP_ACCEPT_LANGUAGE": "x" * 1_000},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_RANGE": "bytes=5-1"},
        {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "gopher"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
        {"CONTENT_LENGTH": "-5"},
    ],
    ids=[
        "NUL in the session",
        "an escaped NUL in the session",
        "a long session",
        "a session of other signs",
        "encodings",
        "language",
        "date",
        "range",
        "forwarded host",
        "method",
        "length",
    ],
)
def test_strange_headers_change_nothing(client, headers):
    RoleFactory(slug="one", published=True)

    page, missing = (client.get(address("role", slug), **headers) for slug in ("one", "missing"))

    assert (page.status_code, missing.status_code) == (200, 404)
    assert b"evil.example" not in page.content
