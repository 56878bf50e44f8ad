"""The editors' inbox."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from feedback.models import Feedback
from tests.careers.pages import text, tree
from tests.editorial.editing import address, cost, filled_in, messages_of, save
from tests.factories import FeedbackFactory, PageFactory, PassageFactory, RoleFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/feedback/feedback/"


def rows(response):
    """The words of each row of the list."""
    table = next(each for each in tree(response).iter("table") if each.get("id") == "result_list")
    return [" ".join(text(cell) for cell in row) for row in table.find("tbody").iter("tr")]


def act(client, action, *reports):
    data = {"action": action, "_selected_action": [each.pk for each in reports]}
    return client.post(LIST, data, follow=True)


def test_list_says_what_needs_an_editor(admin_client):
    hours_ago = timezone.now() - datetime.timedelta(hours=3)
    FeedbackFactory(
        page="/roles/one/", section="skills", text="Old  number.\nAnd more", mail="a@example.org", received_at=hours_ago
    )
    FeedbackFactory(text="An answered report.", finished=True)

    response = admin_client.get(LIST)

    first, second = rows(response)
    assert "Old number. And more New /roles/one/ skills 3 hours ago Yes" in first.replace("\xa0", " ")
    assert "An answered report. Done" in second
    assertContains(response, '<a href="/roles/one/#skills">/roles/one/</a>')


def test_list_shows_the_beginning_of_a_long_text(admin_client):
    FeedbackFactory(text="word " * 800)

    (row,) = rows(admin_client.get(LIST))

    assert len(row) < 200
    assert "…" in row


@pytest.mark.parametrize(("asked", "shown"), [("yes", {"new", "in-progress"}), ("no", {"done", "no-action"})])
def test_filter_answers_what_waits(admin_client, asked, shown):
    for state in Feedback.State:
        FeedbackFactory(text=f"This one is {state}.", state=state)

    found = rows(admin_client.get(LIST, {"waiting": asked}))

    assert len(found) == 2
    assert {state for state in Feedback.State if any(f"This one is {state}." in row for row in found)} == shown


def test_filter_answers_who_wants_an_answer(admin_client):
    FeedbackFactory(text="Please answer me.", mail="reader@example.org")
    FeedbackFactory()

    (row,) = rows(admin_client.get(LIST, {"answer": "yes"}))

    assert "Please answer me." in row


@pytest.mark.once
def test_list_costs_the_same_however_many_rows(admin_client):
    FeedbackFactory.create_batch(3)
    with_few = cost(admin_client, LIST)
    FeedbackFactory.create_batch(27)

    assert cost(admin_client, LIST) == with_few


@pytest.mark.parametrize(
    ("action", "state", "said"),
    [
        ("take_on", "in-progress", "2 reports now: in progress."),
        ("close_as_done", "done", "2 reports now: done."),
        ("close_without_action", "no-action", "2 reports now: no action needed."),
    ],
)
def test_action_changes_the_state_and_says_so(admin_client, admin_user, action, state, said):
    reports = FeedbackFactory.create_batch(2)
    same = FeedbackFactory(state=state, text="It already is there.")

    response = act(admin_client, action, *reports, same)

    assert messages_of(response) == [said, "Left as it was: “It already is there.” (it already is)."]
    for report in reports:
        report.refresh_from_db()
        assert (report.state, report.handled_by) == (state, admin_user)
        assert report.changed_at
    same.refresh_from_db()
    assert same.handled_by is None


def test_form_shows_the_words_and_changes_only_state_and_note(admin_client, admin_user):
    report = FeedbackFactory(text="First line.\nSecond <b>line</b>.", mail="reader@example.org")

    response = admin_client.get(address(report, "change"))
    changeable = set(filled_in(response)) - {"csrfmiddlewaretoken"}

    assert changeable == {"state", "note"}
    assertContains(response, "First line.<br>Second &lt;b&gt;line&lt;/b&gt;.")
    assertContains(response, "reader@example.org")


def test_saving_says_who_did_it_and_when(admin_client, admin_user):
    report = FeedbackFactory()

    save(admin_client, report, state="done", note="Corrected the number.")

    report.refresh_from_db()
    assert (report.state, report.note, report.handled_by) == ("done", "Corrected the number.", admin_user)
    assert report.changed_at >= report.received_at


def test_saving_without_a_change_leaves_the_editor_out(admin_client):
    report = FeedbackFactory()

    save(admin_client, report)

    report.refresh_from_db()
    assert (report.changed_at, report.handled_by) == (None, None)


@pytest.mark.parametrize("published", [True, False])
def test_form_leads_to_the_form_of_the_page_and_to_the_page(admin_client, published):
    role = RoleFactory(slug="one", published=published)
    PassageFactory(page=PageFactory(key="role"), key="skills", heading="Skills, and why")
    report = FeedbackFactory(page="/roles/one/", section="skills")

    response = admin_client.get(address(report, "change"))

    assertContains(response, f'<a href="{address(role, "change")}">Role: {role}</a>')
    assertContains(response, '<a href="/roles/one/#skills">/roles/one/</a>')
    assertContains(response, "Skills, and why")


def test_report_on_a_page_of_words_leads_to_their_form(admin_client):
    words = PageFactory(key="about")
    report = FeedbackFactory(page="/about/")

    response = admin_client.get(address(report, "change"))

    assertContains(response, f'<a href="{address(words, "change")}">Page: about</a>')


def test_report_on_nothing_says_so(admin_client):
    response = admin_client.get(address(FeedbackFactory(page="/nowhere/"), "change"))

    assertContains(response, "Nothing on this site has that address")


def test_nobody_writes_reports_here(admin_client):
    assert admin_client.get(address(Feedback, "add")).status_code == 403


def test_reader_may_not_look_and_one_who_may_look_may_not_change(client, django_user_model):
    report = FeedbackFactory()
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)
    assert client.get(LIST).status_code == 403

    viewer.user_permissions.add(Permission.objects.get(codename="view_feedback"))
    assert client.get(LIST).status_code == 200
    act(client, "close_as_done", report)
    client.post(address(report, "change"), {"state": "done"})

    report.refresh_from_db()
    assert report.state == "new"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 new report from readers waits"), (2, "2 new reports from readers wait")]
)
def test_start_page_counts_new_reports(admin_client, count, words):
    FeedbackFactory.create_batch(count)
    FeedbackFactory(state="in-progress")

    page = tree(admin_client.get("/admin/"))

    found = next(each for each in page.iter("li") if "from readers" in text(each))
    assert text(found).startswith(words)
    assert found.find("a").get("href") == f"{LIST}?waiting=yes"


def test_start_page_is_silent_without_new_reports(admin_client):
    FeedbackFactory(state="done")
    assertNotContains(admin_client.get("/admin/"), "new report")


def test_start_page_tells_nothing_to_those_who_may_not_see_reports(client, django_user_model):
    FeedbackFactory()
    client.force_login(django_user_model.objects.create_user("editor", is_staff=True))

    assertNotContains(client.get("/admin/"), "new report")


@pytest.mark.parametrize(("key", "name"), [("feedback", "form"), ("feedback-thanks", "thanks")])
def test_words_of_our_pages_name_their_address(admin_client, key, name):
    PageFactory(key=key)

    response = admin_client.get("/admin/careers/page/")

    where = reverse(f"feedback:{name}")
    assertContains(response, f'<a href="{where}">{where}</a>')
