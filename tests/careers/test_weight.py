"""How many bytes a reader on a weak signal waits for, with the real content."""

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from delivery.compression import encode
from delivery.parameters import canonical_query
from match.models import QuestionSet
from roles.models import Role
from skills.models import Skill

from .pages import address, answered_in_full, is_data, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# The first round trip of a connection carries ten packets, about 14,600 bytes: the whole text comes at once.
MOST_FOR_A_PAGE = 14_600
# A page for one reader, with marked skills or a result, is compressed while that reader waits.
MOST_FOR_ONE_READER = 17_200
MOST_WITH_STYLE_AND_SCRIPTS = 30_000


@pytest.fixture(scope="module")
def sent(real_content):
    """{address: bytes as sent} of every page of the sitemap of comparisons of two and of five roles, and of
    those with skills that a reader marked."""
    client = Client()
    listed = client.get(address("sitemap")).content.decode().split("<loc>http://testserver")[1:]
    slugs = list(Role.objects.published().values_list("slug", flat=True)[:5])
    addresses = [each.split("</loc>")[0] for each in listed]
    addresses += [address("compare", role=slugs), address("compare", role=slugs[:2])]
    marked = list(Skill.objects.published().values_list("slug", flat=True))
    addresses += [address(name, slug, have=marked) for slug in slugs for name in ("role", "plan")]
    addresses += [address("compare", role=slugs, have=marked[:9]), address("my-skills", role=slugs, have=marked)]
    addresses += [answered_in_full(QuestionSet.objects.current())]
    addresses += [f"/feedback/?page={address('role', slugs[0])}&section=skills", "/feedback/thanks/"]
    return {each: as_sent(client, each) for each in addresses}


def is_kept(where):
    return canonical_query(*where.partition("?")[::2]) is not None


def as_sent(client, where):
    """The bytes of a page: those of a kept one for all readers after the first (delivery/compression.py)."""
    if is_kept(where):
        answer = client.get(where)
        return encode(answer.content, "br", answer["Content-Type"], thorough=True).content
    answer = client.get(where, headers={"accept-encoding": "br"})
    assert answer["Content-Encoding"] == "br"
    return answer.content


def test_every_page_fits_into_the_first_packets(sent):
    sizes = {where: len(body) for where, body in sent.items() if is_kept(where)}

    assert {where: size for where, size in sizes.items() if size > MOST_FOR_A_PAGE} == {}


def test_pages_for_one_reader_are_little_heavier(sent):
    sizes = {where: len(body) for where, body in sent.items() if not is_kept(where)}

    assert len(sizes) > 10
    assert {where: size for where, size in sizes.items() if size > MOST_FOR_ONE_READER} == {}


def test_every_page_with_its_style_and_scripts_is_light(sent):
    with_all = {
        where: len(body) + sum(map(size_as_sent, needed_by(body))) for where, body in sent.items() if is_kept(where)
    }

    assert {where: size for where, size in with_all.items() if size > MOST_WITH_STYLE_AND_SCRIPTS} == {}


def test_the_drawings_of_the_icons_are_counted(sent):
    assert "/static/img/icons.svg" in needed_by(sent["/"])


def needed_by(body):
    """The style sheets, scripts and drawn icons of a page, by their path."""
    page = tree(type("Answer", (), {"content": brotli.decompress(body)}))
    found = {each.get("href") for each in page.iter("link") if each.get("rel") == "stylesheet"}
    found |= {each.get("href").partition("#")[0] for each in page.iter() if str(each.tag).endswith("use")}
    return found | {each.get("src") for each in page.iter("script") if not is_data(each)}


SIZES = {}


def size_as_sent(path):
    """Bytes of a static file, compressed as WhiteNoise compresses it once when files are collected."""
    if path not in SIZES:
        with open(finders.find(path.removeprefix(settings.STATIC_URL)), "rb") as file:
            SIZES[path] = len(brotli.compress(file.read()))
    return SIZES[path]
