"""An editor signs in, changes a page and sees the change; the admin obeys the same policy as the site."""

import pytest
from playwright.sync_api import expect

from editorial.models import Source
from roles.models import Role, Standard
from skills.models import Skill

from .addresses import reachable, role

NAME, PASSWORD = "editor", "a long pass phrase for one test"


@pytest.fixture
def site(live_server, real_content, django_user_model):
    """A site in this process with its real content, which these tests may change, and someone to edit it."""
    django_user_model.objects.create_superuser(NAME, password=PASSWORD)
    return reachable(live_server)


@pytest.fixture
def editor(page):
    """The first page of the admin, after signing in with the real form."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to change?")
    return page


def change_form(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def publish(editor):
    editor.get_by_label("Why you change it").fill("A test")
    editor.get_by_role("button", name="Publish now").click()


def test_a_word_is_changed_and_readers_see_it(editor, new_page):
    editor.locator("#roles-role").get_by_role("link", name="Roles").click()
    editor.get_by_role("link", name="EHR developer").click()
    editor.get_by_label("Tagline").fill("You keep the record that a nurse trusts at night.")
    publish(editor)
    expect(editor.get_by_text("Readers see it now.")).to_be_visible()

    reader = new_page()
    reader.goto("/roles/")
    expect(reader.get_by_text("You keep the record that a nurse trusts at night.")).to_be_visible()
    editor.goto(role("ehr-developer"))
    expect(editor.get_by_text("Draft.")).to_have_count(0)


def test_saving_a_role_unchanged_changes_nothing_that_readers_see(editor, new_page):
    reader = new_page()
    reader.goto(role("ehr-developer"))
    before = reader.locator("main").inner_text()

    editor.goto(change_form(Role.objects.get(slug="ehr-developer")))
    publish(editor)
    expect(editor.get_by_text("Nothing has changed since it was published.")).to_be_visible()

    reader.reload()
    assert reader.locator("main").inner_text() == before


def test_a_draft_is_shown_to_its_editor_with_a_banner_and_to_nobody_else(editor, new_page):
    editor.goto(change_form(Standard.objects.get(slug="fhir")))
    editor.get_by_role("button", name="Take down").click()
    expect(editor.get_by_text("Readers no longer see")).to_be_visible()

    editor.goto("/standards/fhir/")
    expect(editor.get_by_role("status").filter(has_text="Only staff see this page")).to_be_visible()

    reader = new_page()
    assert reader.goto("/standards/fhir/").status == 404
    expect(reader.get_by_text("Only staff see this page")).to_have_count(0)
    reader.troubles.clear()  # the 404


def test_a_mistake_in_a_text_is_refused_with_the_words_kept(editor):
    editor.goto(change_form(Standard.objects.get(slug="fhir")))
    editor.get_by_label("Purpose").fill("It names a source that nobody knows. [@no-such-source]")
    publish(editor)

    expect(editor.get_by_text("Please correct the error below.")).to_be_visible()
    expect(editor.locator(".errorlist", has_text="no-such-source")).to_be_visible()
    expect(editor.get_by_label("Purpose")).to_have_value("It names a source that nobody knows. [@no-such-source]")


def test_a_table_goes_out_is_changed_and_comes_in_again(editor):
    editor.goto("/admin/editorial/source/")
    editor.get_by_role("link", name="Tables in and out").click()
    with editor.expect_download() as download:
        editor.get_by_role("link", name="CSV of sources").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    publisher = Source.objects.order_by("key").first().publisher
    changed = table.replace(publisher, "A new name of the publisher", 1).encode()

    box = editor.get_by_label("File to bring in as sources")
    box.set_input_files({"name": "sources.csv", "mimeType": "text/csv", "buffer": changed})
    editor.get_by_role("button", name="Show the difference").click()
    expect(editor.locator("ins", has_text="new name")).to_be_visible()
    assert not Source.objects.filter(publisher="A new name of the publisher").exists()
    editor.get_by_role("button", name="Write these changes").click()

    expect(editor.get_by_text("Sources from sources.csv: 0 new, 1 changed")).to_be_visible()
    assert Source.objects.order_by("key").first().publisher == "A new name of the publisher"
    assert editor.troubles == []


def test_three_bad_rows_of_two_hundred_are_named_and_nothing_is_written(editor):
    before = Source.objects.count()
    rows = [
        f"new-{number},Title {number},Publisher,https://example.org/{number},2026-11-22,read" for number in range(200)
    ]
    for number, cell in ((10, "https://example.org/10"), (77, "2026-11-22"), (150, "read")):
        rows[number] = rows[number].replace(cell, "nonsense")
    table = "\n".join(["key,title,publisher,url,accessed,reading", *rows]).encode()

    editor.goto("/admin/editorial/source/tables/")
    box = editor.get_by_label("File to bring in as sources")
    box.set_input_files({"name": "sources.csv", "mimeType": "text/csv", "buffer": table})
    editor.get_by_role("button", name="Show the difference").click()

    for number in (12, 79, 152):
        expect(editor.get_by_text(f"Row {number}:")).to_be_visible()
    expect(editor.get_by_role("button", name="Write these changes")).to_have_count(0)
    assert Source.objects.count() == before


def test_the_admin_breaks_no_policy_and_its_scripts_run(editor):
    for kind in (Role, Skill):
        row = kind.objects.first()
        editor.goto(change_form(row).removesuffix(f"{row.pk}/change/"))
        expect(editor.locator("#result_list")).to_be_visible()
        editor.goto(change_form(row))
        expect(editor.locator(".select2-container").first).to_be_visible()
        expect(editor.get_by_role("link", name="Add another").first).to_be_visible()

    assert editor.troubles == []
