"""A pack of which everything has changed since it was shared is still a cover and a page for each role."""

import pytest

from careers.models import Trend
from editorial import desk
from packs.models import LONGEST_NOTE, LONGEST_SENDER, LONGEST_TITLE, MOST_LINES, PackItem
from roles.models import Role
from skills.models import Skill
from tests.packs.sending import pack_of

from .addresses import ROLES, reachable
from .printed import PAPERS, Print
from .test_packs import SKILLS, TRENDS


@pytest.fixture
def site(live_server, real_content):
    """A site in this process with its real content, which this test may change."""
    return reachable(live_server)


def test_pack_of_which_all_has_changed_prints_no_page_more(new_page):
    things = [
        model.objects.get(slug=slug)
        for model, slugs in ((Role, ROLES), (Skill, SKILLS), (Trend, TRENDS))
        for slug in slugs
    ]
    paragraphs = (MOST_LINES + 1) // 2
    pack, _ = pack_of(
        *things,
        title=("Titles with wide words MMM " * 5)[:LONGEST_TITLE].strip(),
        sender=("Somebody with a long name " * 3)[:LONGEST_SENDER].strip(),
        note="\n\n".join([("A line of words, " * 20)[: LONGEST_NOTE // paragraphs - 2]] * paragraphs),
        with_comparison=True,
        pay_area="0600000",
        pay_release="May 2020",
    )
    PackItem.objects.update(name="A name that it had when the pack was shared")
    for thing in things:
        text = "tagline" if isinstance(thing, Role) else "summary"
        desk.change(thing, by=None, reason="Other words.", **{text: f"{getattr(thing, text)[:-1]}!"})
    window = new_page()
    window.goto(pack.get_absolute_url())
    assert window.locator(".changed").count() == 1 + len(things)

    for paper in PAPERS:
        printed = Print(window, paper)

        assert (paper, len(printed)) == (paper, 1 + len(ROLES))
        assert (paper, printed.tight()) == (paper, {})
