"""Whatever is sent, the form answers, and stores nothing that the database cannot hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.models import Feedback
from tests.careers.test_strange_input import ask, assert_harmless, each_strange_value
from tests.factories import PageFactory, PassageFactory, RoleFactory

from .sending import FORM, THANKS, report, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAMES = ["page", "section", "text", "mail", "website", "stamp"]
FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def no_limit(monkeypatch):
    monkeypatch.setattr("careers.open_forms.Limit.is_reached", lambda limit, request: False)


@pytest.fixture
def _role(db):
    PassageFactory(page=PageFactory(key="role"), key="skills", heading="Skills")
    RoleFactory(slug="one", published=True)


@pytest.mark.usefixtures("_role")
@each_strange_value
def test_strange_address_gets_a_harmless_page(client, value):
    for where, query in [
        (FORM, f"page={value}"),
        (FORM, f"page=/{value}"),
        (FORM, f"page=/roles/one/&section={value}"),
        (FORM, f"page=/roles/{value}/&section=skills"),
        (FORM, f"page=/x&page={value}&section=a&section={value}&unheard-of={value}"),
        (THANKS, f"page={value}"),
        (THANKS, f"page=/{value}"),
    ]:
        response = ask(client, where, query)

        assert (query[:80], response.status_code) == (query[:80], 200)
        assert_harmless(response)


@pytest.mark.twice
@pytest.mark.usefixtures("_role")
@each_strange_value
def test_strange_value_of_any_field_is_refused_in_words_or_kept_as_text(client, value):
    good = dict.fromkeys(NAMES, "") | {"page": "/roles/one/", "text": "Ten letters", "stamp": stamp()}
    for name in NAMES:
        fields = good | {name: value}

        response = client.post(FORM, "&".join(f"{key}={each}" for key, each in fields.items()), FORM_TYPE)

        assert (name, response.status_code) in ((name, 200), (name, 302))
        assert_harmless(response)
    for kept in Feedback.objects.all():
        kept.full_clean()
        assert "\x00" not in kept.text + kept.page + kept.mail


@pytest.mark.parametrize(
    "body",
    ["", "&&&=&=x", "text=%00", "text=a&text=b&page=/&page=//x", "text[]=a&page[x]=/", "text=" + "a" * 200_000],
    ids=["nothing", "signs", "NUL", "repeated", "brackets", "long"],
)
def test_strange_body_gets_the_form_again(client, body):
    response = client.post(FORM, body, FORM_TYPE)

    assert response.status_code == 200
    assert_harmless(response)
    assert not Feedback.objects.exists()


def test_repeated_fields_count_once(client):
    client.post(FORM, report(text=["The first of two.", "The second of two."], page=["/a/", "/b/"]))

    kept = Feedback.objects.get()
    assert (kept.text, kept.page) == ("The second of two.", "/b/")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 200),
        (b"x", "multipart/form-data", 400),
        (b'{"text": 1}', "application/json", 200),
        (b"text=%D8%00", f"{FORM_TYPE}; charset=utf-16", 200),
        (b"text=a", f"{FORM_TYPE}; charset=rot13", 200),
        (b"text=a", "nonsense", 200),
        (b"&".join(b"a=%d" % number for number in range(5_001)), FORM_TYPE, 400),
        (b"text=" + b"a" * 3_000_000, FORM_TYPE, 400),
    ],
    ids=["no end", "no boundary", "JSON", "UTF-16", "rot13", "no type", "thousands of fields", "megabytes"],
)
def test_strange_kind_of_body_is_no_failure_of_ours(client, body, kind, status):
    response = client.generic("POST", FORM, body, content_type=kind)

    assert response.status_code == status
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("charset", ["raw_unicode_escape", "utf-7", "rot13", "utf-16"])
def test_text_in_another_code_is_read_as_utf_8(client, charset):
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in report(text="Half a pair \\ud800 of two").items()
    ]

    response = client.generic(
        "POST", FORM, "".join([*parts, "--x--\r\n"]), content_type=f"multipart/form-data; boundary=x; charset={charset}"
    )

    assert response.status_code == 302
    assert Feedback.objects.get().text == "Half a pair \\ud800 of two"


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "no-such-code"])
def test_question_in_another_code_gets_the_form(client, charset):
    response = client.generic("GET", FORM, QUERY_STRING="page=/roles/", content_type=f"text/plain; charset={charset}")

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["Origin", "Referer", "X-Forwarded-For"])
@pytest.mark.parametrize("value", ["\x00", "ÿþ", "http://[", "http://" + "a" * 5_000, ",,,", "https://:99999999/"])
def test_strange_header_is_no_failure_of_ours(client, settings, name, value):
    settings.BEHIND_PROXY = True

    assert client.post(FORM, report(), headers={name: value}).status_code in (302, 403)


anything = st.text(max_size=300)


@pytest.mark.twice
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from(NAMES) | anything, anything | st.lists(anything, max_size=3), max_size=8))
def test_any_text_in_any_field_gets_a_harmless_page(client, fields):
    as_bytes = {
        name.encode("utf-8", "replace"): [each.encode("utf-8", "replace") for each in value]
        if isinstance(value, list)
        else value.encode("utf-8", "replace")
        for name, value in fields.items()
    }

    asked, thanked = client.get(FORM, as_bytes), client.get(THANKS, as_bytes)
    sent = client.post(FORM, report() | {name: value for name, value in fields.items() if name in NAMES and value})

    for response in (asked, thanked, sent):
        assert response.status_code in (200, 302)
        assert_harmless(response)
