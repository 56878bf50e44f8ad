"""What every editing form and list does, and the sources. Standards stand for anything that can be published."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from editorial.admin.pages import next_review_after
from editorial.models import Citation, FormerSlug, LoadedContent, Source
from roles.models import Standard
from tests.factories import (
    CitationFactory,
    FormerSlugFactory,
    RoleFactory,
    RoleStandardFactory,
    SourceFactory,
    StandardFactory,
)

from .editing import CITATIONS, address, cost, filled_in, listed, messages_of, run_action, save, staff, with_row

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)
LONG_AGO = datetime.date(2020, 1, 1)


# The site


def test_the_site_says_what_it_is_for(admin_client):
    response = admin_client.get(reverse("admin:index"))

    assertContains(response, "Careers in Healthcare Software: editing")


@pytest.mark.parametrize("model", [LoadedContent, Citation, FormerSlug], ids=lambda model: model.__name__)
def test_what_the_site_keeps_for_itself_has_no_list(model):
    assert not admin.site.is_registered(model)


OUR_ADMINS = [
    pytest.param(model_admin, id=model.__name__)
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label in ("editorial", "roles", "skills", "careers")
]


@pytest.mark.parametrize("model_admin", OUR_ADMINS)
def test_each_list_in_a_form_stands_in_a_section_of_it(model_admin):
    sections = [name for name, _ in model_admin.fieldsets]

    assert [inline for inline in model_admin.inlines if inline.section not in sections] == []


@pytest.mark.parametrize("model_admin", OUR_ADMINS)
def test_each_section_of_a_form_says_in_a_sentence_what_it_is(model_admin):
    assert all(options["description"].endswith(".") for _, options in model_admin.fieldsets)


def test_no_page_of_the_admin_needs_inline_script_or_style(admin_client):
    standard = StandardFactory(published=True, with_source=True)

    for where in [address(Standard), address(standard, "change"), address(standard, "delete")]:
        response = admin_client.get(where)

        assertNotContains(response, "style=")
        assertNotContains(response, "<style")
        assertNotContains(response, "<script>")


# The form


def test_saving_a_form_unchanged_changes_nothing(admin_client):
    standard = StandardFactory(published=True, purpose="One.\n\nTwo.", summary="A line.")
    CitationFactory(page=standard, position=3)
    before = Standard.objects.values().get(), list(Citation.objects.values())

    save(admin_client, standard)

    after = Standard.objects.values().get(), list(Citation.objects.values())
    assert not LogEntry.objects.exists()
    for row in (before[0], after[0]):
        row.pop("updated_at")
    assert after == before


def test_a_sentence_is_saved_as_one_line(admin_client):
    standard = StandardFactory()

    save(admin_client, standard, summary="What it is,\r\nin one   sentence.")

    standard.refresh_from_db()
    assert standard.summary == "What it is, in one sentence."


def test_long_boxes_say_how_much_they_hold(admin_client):
    form = admin_client.get(address(Standard, "add")).context["adminform"].form

    assert form.fields["summary"].widget.attrs.items() >= {"rows": 2, "maxlength": "220"}.items()


def test_texts_say_how_to_write_them(admin_client):
    response = admin_client.get(address(Standard, "add"))

    assertContains(response, "Why it exists: the harm or mess it prevents. Markdown. [@key] cites a source.")


def test_a_new_page_gets_its_slug_from_its_name(admin_client):
    response = admin_client.get(address(Standard, "add"))

    assert response.context["adminform"].prepopulated_fields[0]["field"].name == "slug"


def test_view_on_site_leads_to_the_page_even_of_a_draft(admin_client):
    standard = StandardFactory()

    link = admin_client.get(address(standard, "change")).context["absolute_url"]

    assert admin_client.get(link, follow=True).redirect_chain[-1][0].endswith(standard.get_absolute_url())


def test_old_addresses_are_shown_and_cannot_be_changed(admin_client):
    standard = StandardFactory()
    FormerSlugFactory(page=standard, slug="once-here")

    response = admin_client.get(address(standard, "change"))

    assertContains(response, "once-here")
    assertNotContains(response, 'value="once-here"')


def test_a_page_that_is_not_saved_yet_has_no_old_address(admin_client):
    prefixes = [
        each.formset.prefix for each in admin_client.get(address(Standard, "add")).context["inline_admin_formsets"]
    ]

    assert prefixes == ["role_standards", "category_standards", CITATIONS]


# Citations


def test_a_text_that_cites_an_unknown_key_is_refused_in_words(admin_client):
    standard = StandardFactory(purpose="Before.")

    response = save(admin_client, standard, purpose="A claim [@nobody-wrote].")

    assertContains(response, "“Purpose” cites [@nobody-wrote], but there is no source with the key “nobody-wrote”.")
    standard.refresh_from_db()
    assert standard.purpose == "Before."


@pytest.mark.parametrize("text", ["[@key.a]", "[@ key-a]", "[@key a]", "[@key-a"])
def test_a_citation_that_cannot_be_read_is_refused_in_words(admin_client, text):
    SourceFactory(key="key-a")

    response = save(admin_client, StandardFactory(), purpose=f"A claim {text}.")

    assertContains(response, "“Purpose” has a citation that cannot be read.")


def test_what_a_text_cites_is_added_to_the_sources_of_the_page(admin_client):
    standard = StandardFactory()
    CitationFactory(page=standard, source__key="listed", position=4)
    SourceFactory(key="second"), SourceFactory(key="first")

    response = save(admin_client, standard, purpose="A [@first], b [@listed].", state="C [@second], d [@first].")

    keys = list(standard.citations.values_list("source__key", "position"))
    assert keys == [("listed", 0), ("first", 1), ("second", 2)]
    expected = f"Added to the sources of “{standard}”, because its text cites it: [@first] and [@second]."
    assert expected in messages_of(response)


def test_nothing_is_added_when_every_cited_source_is_listed(admin_client):
    standard = StandardFactory(purpose="A [@listed].")
    CitationFactory(page=standard, source__key="listed")

    response = save(admin_client, standard)

    assert not [message for message in messages_of(response) if "Added" in message]
    assert standard.citations.count() == 1


def test_an_editor_lists_a_source_and_it_comes_last(admin_client):
    standard = StandardFactory()
    CitationFactory(page=standard, position=7)
    source = SourceFactory()
    data = filled_in(admin_client.get(address(standard, "change")))

    admin_client.post(address(standard, "change"), with_row(data, CITATIONS, source=source.pk, supports="All."))

    assert list(standard.citations.values_list("position", "supports")) == [(0, ""), (1, "All.")]


def test_a_source_that_is_there_and_is_sent_as_a_new_one_is_refused_in_words(admin_client):
    standard = StandardFactory()
    CitationFactory(page=standard)
    data = filled_in(admin_client.get(address(standard, "change")))

    response = admin_client.post(address(standard, "change"), data | {f"{CITATIONS}-INITIAL_FORMS": "0"}, follow=True)

    assertContains(response, "This page already lists that source.")
    assert standard.citations.count() == 1


def test_listing_a_source_twice_is_refused_in_words(admin_client):
    standard = StandardFactory()
    citation = CitationFactory(page=standard)
    data = filled_in(admin_client.get(address(standard, "change")))

    response = admin_client.post(
        address(standard, "change"), with_row(data, CITATIONS, source=citation.source.pk), follow=True
    )

    assertContains(response, "This page already lists that source.")
    assert standard.citations.count() == 1


def test_a_source_can_be_replaced_by_itself_in_one_go(admin_client):
    """The row that goes does not count against the row that comes."""
    standard = StandardFactory()
    citation = CitationFactory(page=standard, supports="Before")
    data = filled_in(admin_client.get(address(standard, "change")), **{f"{CITATIONS}-0-DELETE": "on"})

    admin_client.post(
        address(standard, "change"), with_row(data, CITATIONS, source=citation.source.pk, supports="After")
    )

    assert standard.citations.get().supports == "After"


# Warnings


def test_a_published_page_without_a_source_is_saved_with_a_warning(admin_client):
    standard = StandardFactory(published=True)
    RoleStandardFactory(standard=standard)

    response = save(admin_client, standard)

    assert f"“{standard}” is published, but it has no source." in messages_of(response)


def test_a_draft_may_have_gaps(admin_client):
    response = save(admin_client, StandardFactory())

    assert not [message for message in messages_of(response) if "it has no" in message]


def test_changing_positions_in_the_list_warns_of_nothing(admin_client):
    standard = StandardFactory(published=True)
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": standard.pk,
        "form-0-position": "7",
        "_save": "Save",
    }

    response = admin_client.post(address(Standard), data, follow=True)

    standard.refresh_from_db()
    assert standard.position == 7
    assert messages_of(response) == ["1 standard was changed successfully."]


# The list


def test_the_list_says_what_is_overdue(admin_client):
    StandardFactory(published=True, reviewed_on=LONG_AGO, review_due=YESTERDAY)
    StandardFactory(published=True)

    response = admin_client.get(address(Standard))

    assertContains(response, "<strong>overdue</strong>", count=1)


def test_counts_in_the_list_do_not_multiply_one_another(admin_client):
    standard = StandardFactory(published=True)
    CitationFactory.create_batch(3, page=standard)
    RoleStandardFactory.create_batch(2, standard=standard)

    (row,) = admin_client.get(address(Standard)).context["cl"].result_list

    assert (row.citations_count, row.role_standards_count, row.category_standards_count) == (3, 2, 0)


def test_questions_filter_the_list(admin_client):
    overdue = StandardFactory(published=True, reviewed_on=LONG_AGO, review_due=YESTERDAY)
    cited = StandardFactory(published=True)
    CitationFactory.create_batch(2, page=cited)
    draft = StandardFactory()

    assert listed(admin_client, Standard, overdue="yes") == {overdue}
    assert listed(admin_client, Standard, overdue="no") == {cited, draft}
    assert listed(admin_client, Standard, needs_source="yes") == {overdue, draft}
    assert listed(admin_client, Standard, needs_source="no") == {cited}
    assert listed(admin_client, Standard, published="yes") == {overdue, cited}
    assert listed(admin_client, Standard, published="no") == {draft}


@pytest.mark.parametrize("question", ["Review overdue?", "Needs a source?", "Published?"])
def test_filters_are_worded_as_questions(admin_client, question):
    StandardFactory()

    assertContains(admin_client.get(address(Standard)), f"<summary>{question}</summary>")


# The actions


def test_publish_says_what_it_did_and_what_it_skipped(admin_client):
    ready = StandardFactory(name="Ready", reviewed_on=LONG_AGO, review_due=YESTERDAY)
    unreviewed = StandardFactory(name="Unreviewed")
    already = StandardFactory(name="Already", published=True)

    said = run_action(admin_client, "publish", ready, unreviewed, already)

    assert said == [
        "Published: “Ready”.",
        "Left as it was: “Unreviewed” (To publish, fill in when it was reviewed and when the next review is due) "
        "and “Already” (it already is).",
    ]
    assert set(Standard.objects.published()) == {ready, already}


def test_a_page_with_a_gap_that_its_form_refuses_is_not_published(admin_client):
    standard = StandardFactory(name="Gap", purpose="", reviewed_on=LONG_AGO, review_due=YESTERDAY)

    said = run_action(admin_client, "publish", standard)

    assert said == ["Left as it was: “Gap” (purpose: This field cannot be blank)."]
    assert not Standard.objects.published()


def test_back_to_draft(admin_client):
    standard = StandardFactory(name="Shown", published=True)

    said = run_action(admin_client, "back_to_draft", standard)

    standard.refresh_from_db()
    assert said == ["Taken down: “Shown”."]
    assert standard.status == "draft"


def test_mark_as_reviewed_sets_both_dates(admin_client):
    standard = StandardFactory(published=True, reviewed_on=LONG_AGO, review_due=YESTERDAY)

    (said,) = run_action(admin_client, "mark_as_reviewed", standard)

    standard.refresh_from_db()
    today = datetime.date.today()
    assert said.startswith("Reviewed today, next review on ")
    assert (standard.reviewed_on, standard.review_due) == (today, next_review_after(today))


def test_an_action_stands_in_the_history(admin_client):
    standard = StandardFactory(published=True)

    run_action(admin_client, "back_to_draft", standard)

    assertContains(admin_client.get(address(standard, "history")), "Taken down.")


@pytest.mark.parametrize("action", ["publish", "back_to_draft", "mark_as_reviewed"])
def test_who_may_not_publish_cannot_run_an_action(client, django_user_model, action):
    client.force_login(staff(django_user_model, "change_standard"))
    standard = StandardFactory(reviewed_on=LONG_AGO, review_due=YESTERDAY)

    assertNotContains(client.get(address(standard)), f'value="{action}"')
    run_action(client, action, standard)

    before = standard.updated_at
    standard.refresh_from_db()
    assert standard.updated_at == before


def test_who_may_only_look_sees_the_form_without_boxes(client, django_user_model):
    client.force_login(staff(django_user_model, "view_standard"))
    standard = StandardFactory(with_source=True)

    response = client.get(address(standard, "change"))

    assertContains(response, standard.purpose)
    assertNotContains(response, "<textarea")


def test_who_may_change_a_page_may_change_its_sources(client, django_user_model):
    client.force_login(staff(django_user_model, "change_standard"))
    standard = StandardFactory()
    CitationFactory(page=standard)

    save(client, standard, **{f"{CITATIONS}-0-supports": "The first claim"})

    assert standard.citations.get().supports == "The first claim"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (datetime.date(2026, 11, 22), datetime.date(2027, 5, 22)),
        (datetime.date(2026, 6, 30), datetime.date(2026, 12, 30)),
        (datetime.date(2026, 7, 1), datetime.date(2027, 1, 1)),
        (datetime.date(2026, 8, 31), datetime.date(2027, 2, 28)),
    ],
    ids=str,
)
def test_the_next_review_comes_six_months_later(day, due):
    assert next_review_after(day) == due


# Sources


def test_list_and_forms_of_sources_open(admin_client):
    source = SourceFactory(title="A document")

    for where in [address(Source), address(Source, "add"), address(source, "change")]:
        assert admin_client.get(where).status_code == 200


@pytest.mark.once
def test_list_of_sources_costs_the_same_however_many(admin_client):
    CitationFactory.create_batch(3)
    with_few = cost(admin_client, address(Source))
    CitationFactory.create_batch(27)

    assert cost(admin_client, address(Source)) == with_few


@pytest.mark.once
def test_form_of_a_source_costs_the_same_however_many_pages_list_it(admin_client):
    source = SourceFactory()
    CitationFactory.create_batch(3, source=source)
    with_few = cost(admin_client, address(source, "change"))
    CitationFactory.create_batch(27, source=source)

    assert cost(admin_client, address(source, "change")) == with_few


def test_questions_filter_the_sources(admin_client):
    unused = SourceFactory()
    unread = SourceFactory(reading="unread")
    CitationFactory.create_batch(2, source=unread)

    assert listed(admin_client, Source, cited_nowhere="yes") == {unused}
    assert listed(admin_client, Source, cited_nowhere="no") == {unread}
    assert listed(admin_client, Source, unread="yes") == {unread}
    assert listed(admin_client, Source, unread="no") == {unused}


def test_a_source_says_which_pages_list_it(admin_client):
    source = SourceFactory()
    role, standard = RoleFactory(title="Chart developer"), StandardFactory(name="HL7")
    CitationFactory(source=source, page=role), CitationFactory(source=source, page=standard)

    response = admin_client.get(address(source, "change"))

    assertContains(response, f'Role: <a href="{address(role, "change")}">Chart developer</a>')
    assertContains(response, f'Standard: <a href="{address(standard, "change")}">HL7</a>')


def test_the_key_of_a_source_in_use_stays(admin_client):
    unused, used = SourceFactory(), CitationFactory().source

    assertContains(admin_client.get(address(unused, "change")), 'name="key"')
    assertNotContains(admin_client.get(address(used, "change")), 'name="key"')


def test_a_source_in_use_cannot_be_deleted_and_the_admin_says_why(admin_client):
    source = SourceFactory()
    role = CitationFactory(source=source, page__title="Chart developer").page

    asked = admin_client.get(address(source, "delete"))
    admin_client.post(address(source, "delete"), {"post": "yes"})

    assertContains(asked, "cannot be deleted while a page rests on it")
    assertContains(asked, f'Role: <a href="{address(role, "change")}">Chart developer</a>')
    assert Source.objects.filter(pk=source.pk).exists()


def test_deleting_several_sources_says_which_pages_rest_on_them(admin_client):
    used, unused = CitationFactory(page__title="Chart developer").source, SourceFactory()
    data = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk]}

    asked = admin_client.post(address(Source), data)
    admin_client.post(address(Source), data | {"post": "yes"})

    assertContains(asked, "Nothing was deleted")
    assertContains(asked, "Chart developer")
    assert Source.objects.count() == 2


def test_a_source_that_no_page_lists_can_be_deleted(admin_client):
    source = SourceFactory()

    admin_client.post(address(source, "delete"), {"post": "yes"})

    assert not Source.objects.exists()
