"""A link to a section shows its heading; what test_every_page.py looks for in the layout would be found."""

from . import layout
from .addresses import comparison, role, visit


def test_a_link_to_a_section_shows_its_heading(new_page):
    for width in (320, 1280):
        page = new_page(viewport={"width": width, "height": 640})
        visit(page, role("ehr-developer") + "#projects")

        heading = page.locator("#projects")
        seen = heading.evaluate(
            """(heading) => {
                const box = heading.getBoundingClientRect();
                return heading.contains(document.elementFromPoint(box.x + 5, box.y + box.height / 2));
            }"""
        )

        assert seen, f"the heading is covered or out of sight at {width} px"


def test_short_cells_of_three_roles_stand_side_by_side_on_a_phone(new_page):
    page = new_page(viewport={"width": 360, "height": 740})
    visit(page, comparison(3))

    for row in (".week-rows tr:nth-child(2) td", ".levels:nth-child(4) td"):
        tops = page.locator(row).evaluate_all("(cells) => cells.map((cell) => cell.getBoundingClientRect().top)")
        assert len(tops) % 3 == 0 < len(tops)
        assert len(set(tops)) == len(tops) / 3, row


def test_faults_would_be_found(new_page):
    page = new_page(viewport={"width": 320, "height": 800})
    visit(page, "/roles/")
    page.evaluate(
        """() => {
            document.querySelector("h1").textContent = "Otorhinolaryngology".repeat(3);
            document.querySelector("h1").style.overflowWrap = "normal";
            document.querySelector("nav a").style = "font-size: 6px; padding: 0";
            document.querySelector("header").after(document.createElement("i"));
            document.querySelector("main p").style = "inline-size: 4ch";
            document.querySelector("i").style = "position: absolute; inset: 0; block-size: 3rem";
        }"""
    )

    assert [sentence for sentence in layout.sticks_out(page) if "Otorhinolaryngology" in sentence]
    assert [sentence for sentence in layout.small_targets(page) if "/roles/" in sentence]
    assert "interests" in layout.broken_words(page)
    assert layout.covered_in_header(page) == ["Careers in Healthcare Software"]
