"""Signing in as staff do it: an interrupted hour of typing, a second factor, and pages that everybody can use."""

import re

import pytest
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from roles.models import Role
from staff.sessions import BY_ITSELF
from tests.staff.people import PASSWORD, Phone, superuser

from . import axe
from .addresses import reachable
from .test_admin import change_form

# What Django's own pages still say wrong: the heading of a column without words in its tables of rows, and the
# box for the position in a list, which has its column's heading only.
OF_DJANGO = ("empty-table-header", "label", "label-title-only")


@pytest.fixture
def site(live_server, real_content):
    """A site in this process with its real content, which these tests may change, and someone to edit it."""
    superuser("ada")
    return reachable(live_server)


def sign_in(page, code=""):
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Log in").click()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True).first


def publish(page):
    page.get_by_label("Why you change it").fill("It was wrong.")
    button(page, "Publish now").click()


def test_typing_outlives_the_sign_in(page):
    role = Role.objects.get(slug="ehr-developer")
    page.goto(change_form(role))
    sign_in(page)
    long_text = "First line, “quoted” & <b>marked</b>.\n\nSecond paragraph after an hour."
    page.get_by_label("Overview").fill(long_text)
    page.get_by_label("Tagline").fill("You keep the record that a nurse trusts at night.")
    Session.objects.all().delete()

    publish(page)
    expect(page.get_by_text("Nothing that you typed is lost")).to_be_visible()
    sign_in(page)
    expect(page.get_by_text("You are signed in again. Your typing is here; save it.")).to_be_visible()
    expect(page.locator(".typed").first).to_contain_text("a nurse trusts at night")
    role.refresh_from_db()
    assert "nurse trusts" not in role.tagline, "nothing is saved by itself"
    button(page, "Save what I typed").click()

    expect(page.get_by_text("Readers see it now.")).to_be_visible()
    role.refresh_from_db()
    assert role.overview == long_text
    assert role.tagline == "You keep the record that a nurse trusts at night."
    page.troubles[:] = [trouble for trouble in page.troubles if "status of 403" not in trouble]


def test_a_mistake_in_carried_typing_leads_to_the_form_with_the_words_in_it(page):
    role = Role.objects.get(slug="ehr-developer")
    page.goto(change_form(role))
    sign_in(page)
    page.get_by_label("Overview").fill("It names a source that nobody knows. [@no-such-source]")
    Session.objects.all().delete()
    publish(page)
    sign_in(page)

    button(page, "Save what I typed").click()

    expect(page.locator(".errorlist", has_text="no-such-source")).to_be_visible()
    expect(page.get_by_label("Overview")).to_have_value("It names a source that nobody knows. [@no-such-source]")
    page.troubles[:] = [trouble for trouble in page.troubles if "status of 403" not in trouble]


def test_a_sign_in_in_another_window_costs_no_typing(page):
    role = Role.objects.get(slug="ehr-developer")
    page.goto(change_form(role))
    sign_in(page)
    page.get_by_label("Tagline").fill("Typed before the other window signed in.")
    other = page.context.new_page()
    other.goto("/admin/")
    button(other, "Log out").click()
    other.goto("/admin/")
    sign_in(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("What do you want to change?")

    publish(page)
    expect(page.get_by_role("heading", name="This form was open for too long")).to_be_visible()
    button(page, "Send it again").click()

    expect(page.get_by_text("Readers see it now.")).to_be_visible()
    role.refresh_from_db()
    assert role.tagline == "Typed before the other window signed in."
    page.troubles[:] = [trouble for trouble in page.troubles if "status of 403" not in trouble]


def test_typing_is_a_sign_of_life_and_a_form_that_is_left_open_is_none(page):
    page.clock.install()
    page.goto(change_form(Role.objects.get(slug="ehr-developer")))
    with page.expect_response("**/open/") as opened:
        sign_in(page)
    with page.expect_response("**/open/") as left_alone:
        page.clock.run_for(60_000)
    page.get_by_label("Tagline").fill("Typed for a minute.")
    with page.expect_response("**/open/") as typed:
        page.clock.run_for(60_000)

    asked = [each.value.request.headers for each in (opened, left_alone, typed)]
    assert [BY_ITSELF.lower() in headers for headers in asked] == [False, True, False]
    assert page.troubles == []


def test_someone_sets_up_a_second_factor_and_signs_in_with_it(page):
    page.goto("/admin/account/")
    sign_in(page)
    page.get_by_role("link", name="Set up a second factor").click()
    button(page, "Start").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    phone = Phone(TOTPDevice.objects.get())
    page.get_by_role("textbox", name="Code").fill(phone.code())
    button(page, "Confirm").click()
    expect(page.get_by_text("shown only once")).to_be_visible()
    assert len(re.findall(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", page.locator(".recovery-codes").inner_text())) == 10

    page.get_by_role("link", name="I have them").click()
    button(page, "Log out").click()
    page.goto("/admin/")
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("the code that your app shows")
    sign_in(page, phone.code())

    expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to change?")
    assert page.troubles == []


def test_everybody_can_use_the_pages_of_the_admin(page):
    axe.prepare(page)
    page.goto("/admin/")
    found = faults_in_both_widths(page)
    sign_in(page)
    role = Role.objects.first()
    for where in [
        "/admin/",
        "/admin/account/",
        "/admin/account/second-factor/",
        "/admin/audit-log/",
        "/admin/roles/role/",
        change_form(role),
    ]:
        page.goto(where)
        found += [f"{where} {fault}" for fault in faults_in_both_widths(page)]

    rule = re.compile(r"(?:light|dark), ([\w-]+):")
    assert [fault for fault in found if rule.search(fault)[1] not in OF_DJANGO] == []


def faults_in_both_widths(page):
    """What axe finds in a wide and in a narrow window, light and dark. In neither does anything stick out."""
    found = []
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        found += axe.faults(page, every_text=width == 1280)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"
    return found
