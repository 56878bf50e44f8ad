"""A reader reports a problem without scripts; an editor finds it, and the way to the form of the page."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from feedback.models import Feedback

from . import axe
from .addresses import reachable, role, visit

NAME, PASSWORD = "editor", "a long pass phrase for one test"
WORDS = "The step about FHIR servers names a server that is gone."


@pytest.fixture
def site(live_server, real_content, django_user_model):
    """A site in this process with its real content, which these tests may change, and someone to edit it."""
    django_user_model.objects.create_superuser(NAME, password=PASSWORD)
    cache.clear()
    return reachable(live_server)


@pytest.fixture
def plain(new_page):
    """A phone with scripts switched off."""
    return new_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)


def open_form(reader, section):
    """From a role's page to the form, by the link at the heading of a section."""
    visit(reader, role("ehr-developer"))
    heading = reader.get_by_role("heading", level=2, name=section)
    heading.locator("xpath=following-sibling::a[1]").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Report a problem")


def test_a_reader_reports_a_problem_and_an_editor_finds_it_with_the_way_to_the_form(plain, new_page):
    open_form(plain, "What you can build first")
    expect(plain.get_by_text("EHR developer", exact=True)).to_be_visible()
    expect(plain.get_by_label("Which section?").locator("option:checked")).to_have_text("What you can build first")
    plain.get_by_label("What is wrong?").fill(WORDS)
    plain.wait_for_timeout(3_100)  # as long as a person needs at the least
    plain.get_by_role("button", name="Send the report").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Thank you")
    plain.get_by_role("link", name="Back to EHR developer").click()
    assert plain.url.endswith(role("ehr-developer"))
    assert plain.context.cookies() == []

    editor = new_page()
    editor.goto("/admin/")
    editor.get_by_label("Username").fill(NAME)
    editor.get_by_label("Password").fill(PASSWORD)
    editor.get_by_role("button", name="Log in").click()
    editor.get_by_role("link", name="1 new report from readers").click()
    row = editor.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("New")
    expect(row).to_contain_text("projects")
    row.get_by_role("link", name=re.compile("FHIR servers")).click()
    expect(editor.get_by_text(WORDS)).to_be_visible()
    editor.get_by_label("State").select_option("Done")
    editor.get_by_label("Editors' note").fill("Replaced the server.")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.get_by_text("was changed successfully")).to_be_visible()
    editor.get_by_role("link", name="Role: EHR developer").click()
    expect(editor.get_by_label("Tagline")).to_be_visible()
    kept = Feedback.objects.get()
    assert (kept.state, kept.note, kept.handled_by.username) == ("done", "Replaced the server.", NAME)


def test_a_form_sent_at_once_comes_back_with_its_words_and_is_taken_a_little_later(plain):
    open_form(plain, "What it pays")
    plain.get_by_label("What is wrong?").fill(WORDS)
    plain.get_by_role("button", name="Send the report").click()

    expect(plain.get_by_text("That was very fast.")).to_be_visible()
    expect(plain.get_by_label("What is wrong?")).to_have_value(WORDS)
    plain.wait_for_timeout(3_100)
    plain.get_by_role("button", name="Send the report").click()

    expect(plain.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_a_form_with_errors_breaks_no_rule_that_a_machine_can_check(new_page):
    windows = [new_page(viewport={"width": width, "height": 800}) for width in (360, 1280)]
    for window in windows:
        axe.prepare(window)
        visit(window, "/feedback/?page=/roles/ehr-developer/")
        window.locator("form[action='/feedback/']").evaluate("form => { form.noValidate = true; }")
        window.get_by_label("What is wrong?").fill("short")
        window.get_by_label("Your mail address").fill("nonsense")
        window.get_by_role("button", name="Send the report").click()
        expect(window.get_by_text("Write a little more")).to_be_visible()

    assert axe.faults(*windows) == []
