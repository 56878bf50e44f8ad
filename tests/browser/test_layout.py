"""Pages fit the window, however narrow it is and however large the letters; targets can be hit."""

import pytest

from . import layout
from .addresses import OF_EVERY_KIND, of_the_sitemap, role, visit


def enlarge_text(page):
    """What a reader does who sets the browser's own letters to twice their size."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


def faults_everywhere(page):
    found = []
    for address in OF_EVERY_KIND:
        visit(page, address)
        found += [f"{address} {fault}" for fault in layout.faults(page)]
    return found


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_every_page_fits_the_window_with_targets_to_hit_and_a_free_header(new_page, width):
    found = faults_everywhere(new_page(viewport={"width": width, "height": 800}))

    assert not found, "\n".join(found)


def test_no_page_of_the_sitemap_sticks_out_of_the_narrowest_window(new_page, site):
    page = new_page(viewport={"width": 320, "height": 800})

    found = []
    for address in of_the_sitemap(site):
        visit(page, address)
        found += [f"{address} {fault}" for fault in layout.sticks_out(page)]

    assert not found, "\n".join(found)


def test_every_page_fits_the_window_with_letters_of_twice_the_size(page):
    enlarge_text(page)

    found = faults_everywhere(page)

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert not found, "\n".join(found)


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


def test_faults_would_be_found(new_page):
    page = new_page(viewport={"width": 320, "height": 800})
    visit(page, "/roles/")
    page.evaluate(
        """() => {
            document.querySelector("h1").textContent = "Otorhinolaryngology".repeat(3);
            document.querySelector("h1").style.overflowWrap = "normal";
            document.querySelector("nav a").style = "font-size: 6px; padding: 0";
            document.querySelector("header").after(document.createElement("i"));
            document.querySelector("i").style = "position: absolute; inset: 0; block-size: 3rem";
        }"""
    )

    assert [sentence for sentence in layout.sticks_out(page) if "Otorhinolaryngology" in sentence]
    assert [sentence for sentence in layout.small_targets(page) if "/roles/" in sentence]
    assert layout.covered_in_header(page) == ["Careers in Healthcare Software"]
