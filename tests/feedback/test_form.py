"""A reader reports a problem. Nothing typed is ever lost."""

import re

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from feedback.models import SHORTEST_TEXT, Feedback
from tests.careers.pages import by_id, text, tree
from tests.factories import PageFactory, PassageFactory, RoleFactory

from .sending import FORM, TEXT, THANKS, report, stamp, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    PassageFactory(page=PageFactory(key="role"), key="skills", heading="Skills, and why")
    return RoleFactory(slug="one", title="One developer", published=True)


def alerts(response):
    return [text(each) for each in tree(response).iter() if "alert-danger" in each.get("class", "").split()]


# The empty form


def test_form_names_the_page_and_the_section(client, role):
    response = client.get(FORM, {"page": "/roles/one/", "section": "skills"})

    assertContains(response, "<b>One developer</b>")
    assertContains(response, '<a href="/roles/one/">/roles/one/</a>')
    assert (values(response)["page"], values(response)["section"]) == ("/roles/one/", "skills")
    assertContains(response, "Skills, and why")


def test_page_is_asked_for_when_the_address_does_not_say_it(client):
    response = client.get(FORM)

    assertContains(response, "Address of the page")
    assert by_id(tree(response), "id_page").get("type") == "text"
    assert "section" not in values(response)


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_foreign_page_is_not_taken_into_the_form(client, page):
    response = client.get(FORM, {"page": page})

    assert values(response)["page"] == ""
    assertNotContains(response, "evil.example")


def test_draft_keeps_its_title_to_itself(client):
    RoleFactory(slug="secret", title="A secret title")

    assertNotContains(client.get(FORM, {"page": "/roles/secret/"}), "A secret title")


def test_section_without_words_can_be_named_too(client):
    response = client.get(FORM, {"page": "/roles/one/", "section": "next-steps"})

    assert values(response)["section"] == "next-steps"
    assertContains(response, "Next steps")


def test_field_for_robots_is_out_of_sight(client):
    page = tree(client.get(FORM))

    (hidden,) = [each for each in page.iter("div") if each.get("hidden") is not None]
    assert [each.get("name") for each in hidden.iter("input")] == ["website"]


@pytest.mark.parametrize("address", [FORM, THANKS])
def test_search_engines_leave_it_out(client, address):
    response = client.get(address)

    assert [each.get("content") for each in tree(response).iter("meta") if each.get("name") == "robots"] == ["noindex"]
    assert address not in client.get("/sitemap.xml").content.decode()


def test_form_is_kept_by_no_cache(client):
    assert "no-store" in client.get(FORM)["Cache-Control"]


@pytest.mark.parametrize("contact", ["editors@example.org", ""])
def test_mail_is_offered_when_somebody_reads_it(client, settings, contact):
    settings.CONTACT_EMAIL = contact

    page = tree(client.get(FORM))

    mails = [each.get("href") for each in page.find(".//main").iter("a") if each.get("href").startswith("mailto:")]
    assert mails == ([f"mailto:{contact}"] if contact else [])


# Sending it


def test_report_is_stored_and_the_reader_is_thanked(client, role):
    response = client.post(FORM, report(section="skills", mail="reader@example.org"))

    assertRedirects(response, f"{THANKS}?page=/roles/one/")
    kept = Feedback.objects.get()
    assert (kept.page, kept.section, kept.text, kept.mail) == ("/roles/one/", "skills", TEXT, "reader@example.org")
    assert (kept.state, kept.note, kept.changed_at, kept.handled_by) == ("new", "", None, None)


def test_thanks_lead_back_to_the_page(client, role):
    response = client.get(THANKS, {"page": "/roles/one/"})

    back = [text(each) for each in tree(response).find(".//main").iter("a") if each.get("href") == "/roles/one/"]
    assert back == ["Back to One developer"]


@pytest.mark.parametrize("page", ["", "https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_thanks_lead_nowhere_else(client, page):
    response = client.get(THANKS, {"page": page})

    assert response.status_code == 200
    assertNotContains(response, "Back to")
    assertNotContains(response, "evil.example")


def test_report_needs_no_cookie_and_no_token_and_sets_none():
    client = Client(enforce_csrf_checks=True)

    asked, sent = client.get(FORM), client.post(FORM, report())

    assert Feedback.objects.count() == 1
    for response in (asked, sent, client.get(THANKS)):
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


def test_report_may_be_about_a_page_that_is_not_there(client):
    client.post(FORM, report(page="/no-such-page/"))

    assert Feedback.objects.get().page == "/no-such-page/"


def test_full_address_of_this_site_is_cut_to_its_path(client):
    client.post(FORM, report(page="http://testserver/compare/?role=a#top"))

    assert Feedback.objects.get().page == "/compare/?role=a"


def test_line_breaks_are_kept_as_one_character(client):
    client.post(FORM, report(text="First line.\r\n\r\nSecond line.\rThird."))

    assert Feedback.objects.get().text == "First line.\n\nSecond line.\nThird."


@pytest.mark.parametrize(("length", "kept"), [(9, 0), (10, 1), (4_000, 1), (4_001, 0)])
def test_text_has_a_shortest_and_a_greatest_length(client, length, kept):
    client.post(FORM, report(text="a" * length))

    assert Feedback.objects.count() == kept


def test_text_of_many_short_lines_is_counted_as_the_browser_counts(client):
    client.post(FORM, report(text="a\r\n" * 1_999 + "aa"))

    assert len(Feedback.objects.get().text) == 4_000


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "short"},
        {"mail": "no mail address"},
        {"website": "https://casino.example/"},
        {"seconds_ago": 0},
        {"seconds_ago": 2 * 86_400},
        {"seconds_ago": -3_600},
        {"stamp": "1:forged"},
        {"stamp": ""},
        {"stamp": None},
    ],
    ids=str,
)
def test_form_that_cannot_be_taken_comes_back_with_everything_that_was_typed(client, role, changes):
    if "seconds_ago" in changes:
        changes = {"stamp": stamp(changes["seconds_ago"])}
    sent = report(section="skills", mail="reader@example.org") | changes

    response = client.post(FORM, report(**sent))

    assert response.status_code == 200
    assert not Feedback.objects.exists()
    typed = {name: sent[name] for name in ("page", "section", "text", "mail")}
    assert {name: values(response)[name] for name in typed} == typed
    assert alerts(response) or "is-invalid" in response.content.decode()
    assert text(tree(response).find(".//title")).startswith("Please check:")


@pytest.mark.parametrize("changes", [{"stamp": "1:forged"}, {"website": "filled in"}], ids=str)
def test_form_that_comes_back_can_be_sent_as_it_is_a_little_later(client, changes, monkeypatch):
    returned = values(client.post(FORM, report(**changes)))
    monkeypatch.setattr("careers.open_forms.SHORTEST_TIME", 0)

    client.post(FORM, returned)

    assert Feedback.objects.count() == 1


def test_time_is_too_short_until_three_seconds_have_passed(client):
    early, late = client.post(FORM, report(stamp=stamp(1))), client.post(FORM, report(stamp=stamp(4)))

    assert alerts(early) == ["That was very fast. Read it over, then send it again."]
    assert late.status_code == 302


@pytest.mark.parametrize(("ahead", "status"), [(10, 302), (290, 302), (330, 200)])
def test_form_from_a_machine_whose_clock_is_a_little_ahead_is_taken(client, ahead, status):
    assert client.post(FORM, report(stamp=stamp(-ahead))).status_code == status


def test_form_that_was_open_for_a_day_says_so(client):
    response = client.post(FORM, report(stamp=stamp(86_401)))

    assert alerts(response) == [
        "This form was open for more than a day. Everything you wrote is still here: please send it again."
    ]


def test_page_that_is_not_ours_is_refused_in_words_and_can_be_corrected(client):
    response = client.post(FORM, report(page="https://evil.example/"))

    assertContains(response, "Write an address of this site")
    assert (values(response)["page"], values(response)["text"]) == ("https://evil.example/", TEXT)
    assert not Feedback.objects.exists()


def test_each_error_is_tied_to_its_field(client):
    page = tree(client.post(FORM, report(text="short", mail="nonsense")))

    for name in ("id_text", "id_mail"):
        field = by_id(page, name)
        assert field.get("aria-invalid") == "true"
        described = [by_id(page, each) for each in field.get("aria-describedby").split()]
        assert any("invalid-feedback" in each.get("class", "") or each.find(".//*") is not None for each in described)


# Other sites


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"referer": "https://evil.example/roles/"},
        {"origin": "http://[::1"},
        {"referer": "nonsense"},
    ],
    ids=str,
)
def test_form_from_another_site_is_refused_and_shown_with_its_text(client, headers):
    response = client.post(FORM, report(), headers=headers)

    assert response.status_code == 403
    assert values(response)["text"] == TEXT
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"referer": "http://testserver/feedback/?page=/"},
        {"origin": "https://careers.example.org"},
        {"origin": "https://de.partner.example"},
    ],
    ids=str,
)
def test_form_from_this_site_is_taken(client, settings, headers):
    settings.SITE_URL = "https://careers.example.org"
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.partner.example"]

    assert client.post(FORM, report(), headers=headers).status_code == 302


@pytest.mark.parametrize(("method", "address"), [("put", FORM), ("delete", FORM), ("post", THANKS)])
def test_other_methods_are_refused(client, method, address):
    assert getattr(client, method)(address).status_code == 405


# Words of the editors


def test_words_of_an_editor_reach_fields_hints_errors_and_the_button(client):
    labels = PageFactory(key="labels")
    for key, words in {
        "report-text": "Tell <us>",
        "report-page-hint": "<Copy> it",
        "report-mail-wrong": "100% no address",
        "report-text-short": "{least} signs, 100%",
        "report-send": "Off it goes",
        "form-fast": "Slow <down>",
    }.items():
        PassageFactory(page=labels, key=key, heading=words)

    empty = client.get(FORM)
    refused = client.post(FORM, report(text="short", mail="nobody"))

    for words in ("Tell &lt;us&gt;", "&lt;Copy&gt; it", ">Off it goes</button>"):
        assertContains(empty, words)
    for words in ("100% no address", f"{SHORTEST_TEXT} signs, 100%"):
        assertContains(refused, words)
    assertContains(client.post(FORM, report(stamp=stamp(0))), "Slow &lt;down&gt;")


# Cost and weight


def test_form_costs_as_many_queries_as_it_needs(client, role, django_assert_num_queries):
    PageFactory(key="feedback")

    with django_assert_num_queries(7):  # the words of the form 2; which words 1, those words 2, the role 1
        client.get(FORM, {"page": "/roles/one/", "section": "skills"})


def test_sending_costs_as_many_queries_as_it_needs(client, role, django_assert_num_queries):
    # Labels 1, which words 1, those words 2, sent before 1, how many today 1, the report 4.
    with django_assert_num_queries(10):
        client.post(FORM, report())


def test_thanks_cost_as_many_queries_as_they_need(client, role, django_assert_num_queries):
    PageFactory(key="feedback-thanks")

    with django_assert_num_queries(4):  # the words 2, the role 1
        client.get(THANKS, {"page": "/roles/one/"})


def test_page_obeys_the_policy_of_the_site(client):
    response = client.get(FORM, {"page": "/"})

    assert "form-action 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", response.content.decode())
