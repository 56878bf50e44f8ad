"""Two advisors make, change, take back and print packs. Their students read them. None of them has an account."""

import re

from playwright.sync_api import expect

from packs.models import LONGEST_NOTE, LONGEST_SENDER, LONGEST_TITLE, MOST_LINES

from . import axe
from .addresses import ROLES
from .printed import PAPERS, Print

PHONE = {"width": 360, "height": 740}
SKILLS = ["cql-cds-hooks-logic", "iec-62304-life-cycle", "de-identification", "health-machine-learning"]
TRENDS = ["virtual-augmented-reality", "internet-of-things", "ai-machine-learning"]
MARGIN = 9.5  # millimeters: nothing may come nearer to an edge of the paper


def make(window, roles, **fields):
    """Fill in the form as an advisor does; returns the address to share and the one that edits."""
    window.goto("/packs/new/?" + "&".join(f"role={slug}" for slug in roles))
    window.get_by_label("Title").fill(fields.pop("title"))
    window.get_by_label("From").fill(fields.pop("sender", ""))
    window.get_by_label("Your note").fill(fields.pop("note", ""))
    if fields.pop("compare", False):
        window.get_by_label("Add a short comparison").check()
    for name, value in fields.items():
        window.locator(f"#id_{name}").select_option(value)
    window.wait_for_timeout(3_100)  # as long as a person needs at the least
    window.get_by_role("button", name="Make the pack").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Your pack is ready")
    return window.get_by_label("Address for your students").input_value(), window.get_by_label(
        "Address to change it"
    ).input_value()


def longest(roles=ROLES):
    """A pack with the longest words that the form takes, and everything that can be chosen."""
    line = ("A line of words, " * 10)[: LONGEST_NOTE // MOST_LINES - 1]
    return {
        "title": ("Titles with wide words MMM " * 5)[:LONGEST_TITLE].strip(),
        "sender": ("Somebody with a long name " * 3)[:LONGEST_SENDER].strip(),
        "note": "\n".join(f"- {line[2:]}" for _ in range(MOST_LINES)),
        "compare": len(roles) > 1,
        **{f"skill_{number}": slug for number, slug in enumerate(SKILLS, start=1)},
        **{f"trend_{number}": slug for number, slug in enumerate(TRENDS, start=1)},
        "pay_area": "0600000",
    }


def bare(text):
    """The letters and digits alone: where a line breaks, and what marks a list, differs on paper."""
    return re.sub(r"\W", "", text)


def test_two_advisors_make_change_and_take_back_their_packs(new_page):
    one, other = new_page(java_script_enabled=False), new_page(viewport=PHONE, java_script_enabled=False)
    student = new_page(viewport=PHONE)

    shared, edited = make(one, ROLES[:2], title="For my club", sender="Ms. Adeyemi", note="Read **one** tonight.")
    others, _ = make(other, ROLES[3:4], title="Another class")
    student.goto(shared)
    expect(student.get_by_role("heading", level=1)).to_have_text("For my club")
    expect(student.get_by_role("heading", level=2, name="EHR developer")).to_be_visible()
    expect(student.locator(".guest strong")).to_have_text("one")

    # The advisor opens the pack in two windows and saves both.
    second = one.context.new_page()
    for window in (one, second):
        window.goto(edited)
    one.get_by_label("Title").fill("For my club, again")
    second.get_by_label("Your note").fill("Written in the second window.")
    one.wait_for_timeout(3_100)
    one.get_by_role("button", name="Save the pack").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("Your pack is ready")
    second.get_by_role("button", name="Save the pack").click()
    expect(second.get_by_role("heading", name="This pack was saved in another window")).to_be_visible()
    expect(second.get_by_label("Your note")).to_have_value("Written in the second window.")
    student.reload()
    expect(student.get_by_role("heading", level=1)).to_have_text("For my club, again")

    one.goto(edited)
    one.get_by_role("link", name="Take it back").click()
    one.get_by_role("button", name="Take it back for good").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("The pack is closed")
    assert student.goto(shared).status == 410
    expect(student.get_by_role("heading", level=1)).to_have_text("This pack is closed")
    expect(student.get_by_role("link", name="Browse the roles")).to_be_visible()
    assert student.goto(others).status == 200
    for window in (one, other, student):
        assert window.context.cookies() == []
        window.troubles[:] = [trouble for trouble in window.troubles if not re.search("status of 4(09|10)", trouble)]


def test_printed_pack_is_a_cover_and_a_page_for_each_role_with_nothing_cut_off(new_page):
    window = new_page()
    packs = [
        (ROLES, longest()),
        (ROLES[3:4], {"title": "One role"}),
    ]
    for roles, fields in packs:
        shared, _ = make(window, roles, **fields)
        window.goto(shared)
        titles = window.locator(".role-sheet h2").all_inner_texts()
        for paper in PAPERS:
            printed = Print(window, paper)

            assert (paper, len(printed)) == (paper, 1 + len(roles))
            assert (paper, printed.tight()) == (paper, {})
            assert printed.codes(0) == [shared]
            assert fields["title"] in printed.words(0)
            for number, (slug, title) in enumerate(zip(roles, titles, strict=True), start=1):
                assert printed.codes(number) == [f"{shared}#{slug}"]
                assert title in printed.words(number)
                assert f"Role {number} of {len(roles)}" in printed.words(number)
            for number in range(len(printed)):
                assert bare(shared.partition("://")[2]) in bare(printed.words(number))
                assert min(printed.margins(number)) >= MARGIN, (paper, number)


def test_print_says_what_the_screen_says(new_page):
    window = new_page()
    shared, _ = make(window, ROLES[:2], **longest(ROLES[:2]))
    window.goto(shared)
    on_screen = window.locator(".sheet").all_inner_texts()

    printed = Print(window, "A4")

    for number, text in enumerate(on_screen):
        # Paper also says where a link leads; what is only of use on a screen is left out.
        said = bare(re.sub(r"\(https?:[^)]*\)", "", printed.words(number)))
        missing = [line for line in text.splitlines() if bare(line.replace("The whole comparison", "")) not in said]
        assert missing == []


def test_pages_of_packs_break_no_rule_that_a_machine_can_check(new_page):
    narrow, wide = new_page(viewport=PHONE, color_scheme="dark"), new_page()
    shared, edited = make(wide, ROLES, **longest())
    for window in (narrow, wide):
        axe.prepare(window)
    for address in (
        shared,
        edited,
        f"{edited}ready/",
        f"{edited}take-back/",
        "/p/no-pack/",
    ):
        for window in (narrow, wide):
            window.goto(address)
            sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert (address, window.evaluate(sideways)) == (address, 0)
        assert axe.faults(narrow, wide) == []
        for window in (narrow, wide):
            window.troubles[:] = [trouble for trouble in window.troubles if "status of 404" not in trouble]


def test_address_of_the_maker_reaches_no_server_but_by_opening_it(new_page):
    window = new_page()
    _, edited = make(window, ROLES[:1], title="Kept to myself")
    told = []
    window.on("request", lambda request: told.append((request.url, request.headers.get("referer", ""))))

    window.goto(edited)
    window.get_by_role("link", name="Roles", exact=True).click()

    token = edited.rstrip("/").rpartition("/")[2]
    assert [referer for _, referer in told if token in referer] == []
    assert [url for url, _ in told if token in url] == [edited]
