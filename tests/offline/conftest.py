import pytest
from django.db import transaction

from careers.search.index import rebuild
from editorial import desk
from editorial.content.kinds import kind_of
from offline.export import export
from tests import factories
from tests.careers.pages import one_of_each

from .files import files_in

HIDDEN = "zqsecret"
LIVE = "https://careers.example.org"


@pytest.fixture(scope="module")
def small_site(django_db_setup, django_db_blocker):
    """One published page of every kind and a draft of every kind, for the tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        one_of_each()
        put_drafts()
        rebuild()
        yield
        transaction.set_rollback(True)


def put_drafts():
    """Drafts that link to what is published, and the next version of a published role that nobody may see yet."""
    role = factories.RoleFactory(slug=f"{HIDDEN}-role", title=HIDDEN, with_parts=True)
    skill = factories.SkillFactory(slug=f"{HIDDEN}-skill", name=HIDDEN)
    factories.RoleSkillFactory(role=factories.RoleFactory(slug="third", published=True, with_parts=True), skill=skill)
    factories.StandardFactory(slug=f"{HIDDEN}-standard", name=HIDDEN)
    factories.SoftwareCategoryFactory(slug=f"{HIDDEN}-category", name=HIDDEN)
    factories.TrendFactory(slug=f"{HIDDEN}-trend", name=HIDDEN)
    factories.TrendImpactFactory(role=role)
    published = type(role).objects.get(slug="one")
    standing = desk.record(published, reason="Written.")
    data = kind_of(type(role)).as_data(published) | {"tagline": HIDDEN}
    desk.save_draft(published, data, opened=standing.number)


@pytest.fixture(scope="module")
def copy(small_site, tmp_path_factory):
    """{name: bytes} of a copy of the small site, made without knowing where the site itself is."""
    folder = tmp_path_factory.mktemp("copy") / "careers"
    export(folder)
    return files_in(folder)


@pytest.fixture(scope="module")
def copy_with_address(small_site, tmp_path_factory):
    """The same, made with the address of the site."""
    folder = tmp_path_factory.mktemp("copy") / "careers"
    export(folder, LIVE)
    return files_in(folder)
