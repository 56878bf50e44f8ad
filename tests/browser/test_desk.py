"""Authors and editors at work in a real browser: nothing is lost, and readers see what was published when."""

import datetime
import io
import re
import time

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from editorial import desk
from editorial.content.kinds import kind_of
from editorial.models import Version
from roles.models import Standard

from . import axe
from .addresses import reachable

PASSPHRASE = "a long pass phrase for one test"  # noqa: S105
# Faults of Django's own lists of rows, whose headings stand for the labels of the boxes below them.
STOCK = [
    r"empty-table-header: <th( class=\"original\")?></th>",
    r"label(-title-only)?: <(textarea|input)[^>]* name=\"editorial-citation-",
]
BEFORE = "It is how records travel."
AFTER = "It is how records travel between hospitals."


@pytest.fixture
def site(live_server, real_content, django_user_model):
    """A site with a part of its real content, an author who may draft and an editor who may publish."""
    may = {"anna": ["change_standard"], "ben": ["change_standard", "publish_version"]}
    for name, permissions in may.items():
        user = django_user_model.objects.create_user(name, password=PASSPHRASE, is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    Standard.objects.filter(slug="fhir").update(summary=BEFORE)
    return reachable(live_server)


@pytest.fixture
def fhir(site):
    return Standard.objects.get(slug="fhir")


@pytest.fixture
def sign_in(new_page):
    """Open a window of its own in which somebody is signed in."""

    def open_window(name, **options):
        page = new_page(**options)
        page.goto("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSPHRASE)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to change?")
        return page

    return open_window


def at(item, view="change"):
    return f"/admin/{item._meta.app_label}/{item._meta.model_name}/{item.pk}/{view}/"


def summary(page):
    return page.get_by_label("Summary", exact=False).first


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def said(page):
    return page.locator(".messagelist")


def test_an_author_drafts_an_editor_reviews_and_schedules_and_the_page_changes_at_the_time(fhir, sign_in, new_page):
    author, editor, reader = sign_in("anna"), sign_in("ben"), new_page()

    author.goto(at(fhir))
    summary(author).fill(AFTER)
    author.get_by_label("Why you change it").fill("Say where")
    press(author, "Save and ask for a review")
    expect(said(author)).to_contain_text("An editor will see that it is ready.")
    expect(author.get_by_role("button", name="Publish now")).to_have_count(0)

    editor.goto(at(fhir))
    expect(editor.get_by_text("Its writer asks for a review.")).to_be_visible()
    editor.get_by_role("link", name="Compare with the live page").click()
    expect(editor.locator("ins", has_text="between hospitals.")).to_be_visible()
    expect(editor.get_by_text("Why: Say where")).to_be_visible()

    editor.goto(at(fhir))
    soon = timezone.now() + datetime.timedelta(days=1)
    editor.get_by_label("Publish at").fill(f"{soon:%Y-%m-%dT%H:%M}")
    press(editor, "Schedule")
    expect(said(editor)).to_contain_text("will be published on")
    expect(editor.get_by_text("It will be published on")).to_be_visible()

    call_command("publish_due", stdout=io.StringIO())
    reader.goto("/standards/fhir/")
    expect(reader.get_by_text(AFTER)).to_have_count(0)

    Version.objects.waiting().update(publish_at=timezone.now() + datetime.timedelta(seconds=1))
    time.sleep(1.1)
    call_command("publish_due", stdout=io.StringIO())
    reader.reload()
    expect(reader.get_by_text(AFTER).first).to_be_visible()


def test_two_editors_collide_and_nothing_is_lost(fhir, sign_in):
    author, editor = sign_in("anna"), sign_in("ben")
    author.goto(at(fhir))
    editor.goto(at(fhir))
    expect(editor.get_by_text("Also open now: anna.")).to_be_visible()

    summary(editor).fill("The editor's words.")
    press(editor, "Save draft")
    expect(said(editor)).to_contain_text("is saved")
    summary(author).fill("The author's words.")
    author.get_by_label("Full name").fill("The author's full name")
    press(author, "Save draft")

    expect(author.get_by_text("Nothing is lost: choose below.")).to_be_visible()
    clash = author.get_by_role("group", name="Summary (changed in both)")
    expect(clash).to_contain_text("The editor's words.")
    expect(clash).to_contain_text("The author's words.")
    clash.get_by_label("ben").check()
    press(author, "Bring them together in a draft")

    expect(summary(author)).to_have_value("The editor's words.")
    expect(author.get_by_label("Full name")).to_have_value("The author's full name")
    assert {version.data["summary"] for version in Version.objects.of(kind_of(Standard), fhir.pk)} >= {
        "The editor's words.", "The author's words.",
    }  # fmt: skip


def test_a_wrong_publication_is_undone_in_one_click(fhir, sign_in, new_page):
    editor, reader = sign_in("ben"), new_page()
    editor.goto(at(fhir))
    summary(editor).fill("A wrong sentence.")
    editor.get_by_label("Why you change it").fill("A test")
    press(editor, "Publish now")
    expect(said(editor)).to_contain_text("Readers see it now.")
    reader.goto("/standards/fhir/")
    expect(reader.get_by_text("A wrong sentence.").first).to_be_visible()

    editor.get_by_role("link", name="History").click()
    editor.get_by_role("button", name="Undo the last publication").click()

    expect(said(editor)).to_contain_text("undone")
    reader.reload()
    expect(reader.get_by_text("A wrong sentence.")).to_have_count(0)
    expect(reader.get_by_text(BEFORE).first).to_be_visible()


def test_leaving_with_unsaved_words_asks(fhir, sign_in):
    author = sign_in("anna")
    asked = []
    author.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    author.goto(at(fhir))
    author.goto("/admin/")
    assert asked == []

    author.goto(at(fhir))
    summary(author).fill(AFTER)
    author.goto("/admin/")
    assert asked == ["beforeunload"]

    author.goto(at(fhir))
    summary(author).fill(AFTER)
    press(author, "Save draft")
    expect(said(author)).to_contain_text("is saved")
    author.goto("/admin/")
    assert asked == ["beforeunload"]


def test_setting_a_draft_aside_asks_before_it_drops_what_was_typed_since(fhir, sign_in):
    author = sign_in("anna")
    author.goto(at(fhir))
    summary(author).fill(AFTER)
    press(author, "Save draft")
    expect(summary(author)).to_have_value(AFTER)
    asked = []
    author.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    summary(author).fill("Typed since.")
    press(author, "Set the draft aside")

    assert asked == ["confirm"]
    expect(summary(author)).to_have_value("Typed since.")
    assert desk.waiting(fhir) is not None


def test_the_keyboard_saves_and_previews(fhir, sign_in):
    author = sign_in("anna")
    author.goto(at(fhir))
    summary(author).fill(AFTER)
    author.keyboard.press("Control+s")
    expect(said(author)).to_contain_text("is saved")
    assert desk.waiting(fhir).data["summary"] == AFTER

    summary(author).fill("With a preview.")
    author.keyboard.press("Control+Enter")
    expect(author.get_by_text("Preview.", exact=True)).to_be_visible()
    expect(author.get_by_text("With a preview.").first).to_be_visible()


def test_typed_markdown_is_shown_beside_its_box(fhir, sign_in):
    author = sign_in("anna")
    author.goto(at(fhir))
    box = author.get_by_label("Purpose")
    box.fill("It is **bold**. <b>No HTML.</b>")
    author.locator(".field-purpose").get_by_role("button", name="Show as readers see it").click()

    shown = author.locator(".field-purpose .desk-shown")
    expect(shown.locator("strong")).to_have_text("bold")
    expect(shown.locator("b")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 768])
def test_axe_finds_nothing_on_the_pages_of_the_desk(fhir, sign_in, width):
    editor = sign_in("ben", viewport={"width": width, "height": 900})
    live = desk.newest(fhir)
    changed = live.data | {"summary": AFTER, "purpose": "Another purpose."}
    theirs = desk.save_draft(fhir, changed, opened=live.number, reason="Say where")
    with pytest.raises(desk.Collision) as collision:
        desk.save_draft(fhir, live.data | {"summary": "Mine."}, opened=live.number)
    mine = collision.value.mine
    axe.prepare(editor)

    found = {}
    for name, where in {
        "form": at(fhir),
        "history": at(fhir, "history"),
        "difference": f"{at(fhir, 'difference')}?mine={theirs.number}&theirs={live.number}",
        "merge": f"{at(fhir, 'merge')}?mine={mine.number}&theirs={theirs.number}",
    }.items():
        editor.goto(where)
        found[name] = [fault for fault in axe.faults(editor) if not any(re.search(each, fault) for each in STOCK)]
        editor.emulate_media(color_scheme="light")

    assert found == {name: [] for name in found}
