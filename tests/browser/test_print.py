"""What an advisor prints: a comparison on one sheet, a plan on one, a role's page with nothing left out."""

import pypdfium2
import pytest

from .addresses import ROLES, comparison, plan, role, visit
from .printed import PAPERS, SPARE, Print, qr_codes


def shown_on_paper(page, selector):
    """The words of each element that is printed, white space folded."""
    page.emulate_media(media="print")
    texts = page.locator(selector).filter(visible=True).all_inner_texts()
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("more", ["", "&only=differences"], ids=["everything", "differences"])
def test_a_comparison_is_one_landscape_sheet(page, more):
    for count in (2, 3, 5):
        visit(page, comparison(count, more))
        for paper in PAPERS:
            printed = Print(page, paper)

            assert len(printed) == 1, (count, paper)
            assert not printed.is_upright(0), (count, paper)
            assert printed.tight() == {}, (count, paper)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_comparison_with_every_skill_marked_is_still_one_sheet_and_ticks_them(page, paper):
    visit(page, "/my-skills/")
    skills = page.locator("input[name=have]").evaluate_all("(boxes) => boxes.map((box) => `&have=${box.value}`)")
    visit(page, comparison(5, "".join(skills)))

    printed = Print(page, paper)

    assert len(printed) == 1
    assert printed.tight() == {}
    assert shown_on_paper(page, ".yours th[scope=row]") == ["Skills you already have"]
    ticks = page.locator(".skill-rows .mark.have").evaluate_all(
        "(marks) => marks.map((mark) => getComputedStyle(mark, '::before').content)"
    )
    assert len(ticks) == page.locator(".skill-rows .levels").count()
    assert set(ticks) == {'" ✓"'}


@pytest.mark.parametrize("count", [2, 5])
def test_a_printed_comparison_says_whose_column_is_whose_and_where_it_comes_from(page, count):
    visit(page, comparison(count))

    heads = shown_on_paper(page, ".compare thead th")

    assert len(heads) == count
    assert heads[0] == "EHR developer"
    assert shown_on_paper(page, ".printed p") == [f"Printed from {page.url}"]
    assert shown_on_paper(page, "nav, .btn, form, footer") == []


@pytest.mark.parametrize("have", ["", "?have=security&have=interoperability&have=usability"], ids=["all", "some"])
def test_every_plan_fits_on_one_upright_sheet(page, have):
    for slug in ROLES:
        visit(page, plan(slug) + have)
        for paper in PAPERS:
            printed = Print(page, paper)

            assert len(printed) == 1, (slug, paper)
            assert printed.is_upright(0), (slug, paper)
            assert printed.tight() == {}, (slug, paper)


def test_a_printed_plan_has_boxes_to_tick_and_its_three_parts(page):
    visit(page, plan("telemedicine-developer"))

    assert shown_on_paper(page, "main h2") == ["This week", "This term", "This year"]
    assert len(shown_on_paper(page, ".ticks > li")) == page.locator(".ticks > li").count() > 5


def test_every_print_ends_with_a_code_that_phones_can_read(new_page):
    page = new_page(color_scheme="dark")
    for where in (role("ehr-developer"), comparison(5, "&only=differences"), plan("ehr-developer")):
        visit(page, where)

        printed = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
        with pypdfium2.PdfDocument(printed) as sheets_of_paper:
            last = sheets_of_paper[len(sheets_of_paper) - 1].render(scale=300 / 72).to_pil()
        codes = qr_codes(last)

        assert [code.text for code in codes] == [page.url]
        left, right = codes[0].position.top_left.x, codes[0].position.top_right.x
        assert right - left > 20 / 25.4 * 300  # 2 cm, without its quiet zone


def test_a_printed_role_has_every_section_and_none_of_the_furniture(page):
    visit(page, role("ehr-developer"))
    # What a reader can do next on a screen is no use on paper.
    on_screen = page.locator("main section:not([aria-labelledby=next-steps]) > :is(h2, h3)").all_inner_texts()

    printed = shown_on_paper(page, "main section > h2, main section > h3")

    assert printed == on_screen
    assert len(printed) > 20
    assert shown_on_paper(page, "nav, .btn, button, .share, .skip") == []
    assert page.locator(".site-foot").is_hidden()


def test_no_printed_heading_stays_behind_and_no_search_box_is_printed(page):
    for address in ("/", "/search/?q=video", "/advisors/", "/pay/ehr-developer/"):
        visit(page, address)
        page.emulate_media(media="print")

        # A browser keeps a heading with what follows only when it is a block.
        headings = page.locator("main h2").filter(visible=True)
        displays = headings.evaluate_all("(all) => all.map((heading) => getComputedStyle(heading).display)")
        assert "inline-block" not in displays, address
        assert shown_on_paper(page, "[type=search]") == [], address


def test_the_picture_of_a_roles_pay_begins_on_the_first_sheet(page):
    visit(page, "/pay/ehr-developer/")

    assert "All industries: half earn" in Print(page, "A4").words(0)


def test_a_role_printed_in_the_dark_is_ink_on_white(new_page):
    page = new_page(color_scheme="dark")
    visit(page, role("ehr-developer"))
    page.emulate_media(media="print")

    paper, ink = page.locator("body").evaluate(
        "(body) => [getComputedStyle(body).backgroundColor, getComputedStyle(body).color]"
    )

    assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(18, 38, 43)")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_worksheet_is_one_upright_sheet_with_nothing_cut_off(page, paper):
    for key, roles in [("compare", 2), ("project", 1), ("questions", 1)]:
        for turn in range(len(ROLES)):
            asked = "&".join(f"role={ROLES[(turn + step) % len(ROLES)]}" for step in range(roles))
            assert_one_sheet(page, f"/advisors/worksheets/{key}/?{asked}", paper)
    for key in ("compare", "project", "questions", "match"):
        assert_one_sheet(page, f"/advisors/worksheets/{key}/", paper)


def assert_one_sheet(page, address, paper):
    visit(page, address)
    printed = Print(page, paper)
    assert len(printed) == 1, address
    assert printed.is_upright(0)
    assert printed.tight() == {}, address
    page.set_viewport_size({"width": 688, "height": 900})  # A4 between its margins, the narrower of the two
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    # Its lines take what room there is. They are to be as high as they must be even when there is less.
    sheet.evaluate("(sheet, share) => { sheet.style.blockSize = `${sheet.clientHeight * share}px`; }", 1 - SPARE)
    assert sheet.evaluate("(sheet) => sheet.scrollHeight <= sheet.clientHeight"), address
    assert shown_on_paper(page, "nav, form, .btn, footer, .share") == []
