"""A site that has grown: twelve roles with the longest names that fit, twelve kinds of software."""

import itertools

import pytest

from roles.models import Role, SoftwareCategory
from tests.factories import many_roles

from . import axe, layout
from .addresses import reachable

LONG_WORD = "Electroencephalogram"  # as long as a short title may be
LONG_NAME = "Interoperability and terminology integration engineer for hospital networks"


@pytest.fixture
def roles(transactional_db):
    roles = many_roles(12, categories=12)
    colors = itertools.cycle(Role.Color.values)
    for number, (role, color) in enumerate(zip(roles, colors, strict=False), 1):
        role.title, role.color = f"{LONG_NAME} {number}", color
        role.short_title = LONG_WORD if number % 2 else "Regional integrations"[:20]
    Role.objects.bulk_update(roles, ["title", "short_title", "color"])
    SoftwareCategory.objects.update(short_name=LONG_WORD)
    return roles


@pytest.fixture
def site(live_server, roles):
    """A site in this process with those roles and nothing else."""
    return reachable(live_server)


@pytest.fixture
def crowded_pages(roles):
    """The pages where roles stand side by side, or in a row with much else."""
    five = "&".join(f"role={role.slug}" for role in roles[:5])
    return [
        "/",
        "/roles/",
        f"/roles/?skill={roles[0].role_skills.first().skill.slug}",
        roles[0].get_absolute_url(),
        f"/plan/{roles[0].slug}/",
        "/compare/",
        f"/compare/?{five}",
        f"/compare/?{five}&only=differences",
        "/software/",
        "/skills/",
        "/standards/",
        "/why-healthcare/",
    ]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_crowded_site_fits_the_window(new_page, crowded_pages, width):
    page = new_page(viewport={"width": width, "height": 800})

    found = []
    for address in crowded_pages:
        assert page.goto(address).status == 200
        found += [f"{address} {fault}" for fault in layout.faults(page)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/", "/software/"])
def test_every_stop_on_a_line_stands_under_its_software(new_page, address, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(address)

    edges = page.locator(".linemap tr").evaluate_all(
        """(rows) => rows.map(
            (row) => [...row.children].slice(1).map((cell) => Math.round(cell.getBoundingClientRect().x))
        )"""
    )

    assert len(edges) == 13
    assert len(edges[0]) == 12
    assert edges == [edges[0]] * 13


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_in_the_matrix_covers_its_neighbor(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/skills/")

    too_wide = page.locator(".matrix :is(.badge, thead a, .level)").evaluate_all(
        """(parts) => parts
            .filter((part) => part.offsetWidth > part.closest("th, td").offsetWidth + 1)
            .map((part) => part.outerHTML)"""
    )

    assert not too_wide


@pytest.mark.parametrize("width", [320, 1280])
def test_the_names_of_the_skills_stay_in_sight_while_the_matrix_scrolls_sideways(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/skills/")
    scroll, name = page.locator(".scroll:has(.matrix)"), page.locator(".matrix tbody th[scope=row]").first
    name.scroll_into_view_if_needed()
    before = name.bounding_box()["x"]

    moved = scroll.evaluate("(box) => { box.scrollLeft = 400; return box.scrollLeft; }")

    assert moved > 50
    assert name.bounding_box()["x"] == pytest.approx(before, abs=1)
    on_top = name.evaluate(
        """(name) => {
            const box = name.getBoundingClientRect();
            return name.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
        }"""
    )
    assert on_top


def test_axe_finds_nothing_in_crowded_pictures(new_page, roles):
    page = new_page(viewport={"width": 360, "height": 800})
    axe.prepare(page)

    found = []
    for address in ("/", "/skills/", "/compare/?" + "&".join(f"role={role.slug}" for role in roles[:5])):
        page.goto(address)
        found += [f"{address} {fault}" for fault in axe.faults(page)]

    assert not found, "\n".join(found)
