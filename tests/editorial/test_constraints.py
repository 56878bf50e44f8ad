"""The database refuses what a source, a citation or a former slug can never be."""

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from tests import factories
from tests.constraints import assert_once, assert_refused, constraint_names, unique_fields

pytestmark = pytest.mark.django_db

# The name of the constraint, whose rows, and the fields that no second row may share.
GROUPS = [
    (
        "citation_names_a_source_once_per_page",
        factories.CitationFactory,
        ["content_type", "object_id", "source"],
    ),
    ("formerslug_leads_to_one_page", factories.FormerSlugFactory, ["content_type", "slug"]),
    ("loadedcontent_remembers_an_item_once", factories.LoadedContentFactory, ["kind", "key"]),
    ("openform_once_per_person", factories.OpenFormFactory, ["kind", "item_id", "user"]),
    ("version_number_once_per_item", factories.VersionFactory, ["kind", "item_id", "number"]),
]

# The name of the constraint, and what a version can never be.
VERSIONS = [
    ("version_state_is_known", {"state": "lost", "published_at": None}),
    ("version_live_has_its_day", {"published_at": None}),
    ("version_only_a_draft_is_scheduled", {"publish_at": timezone.now()}),
    ("version_comes_after_its_base", {"based_on": 10**6}),
]


@pytest.mark.parametrize(("name", "values"), VERSIONS, ids=[name for name, _ in VERSIONS])
def test_a_version_is_never(name, values):
    assert_refused(name, factories.VersionFactory(), **values)


def test_an_item_has_one_draft_at_most():
    first = factories.VersionFactory(waiting=True)
    second = factories.VersionFactory(waiting=True)

    assert_refused("version_one_draft_per_item", second, item_id=first.item_id)


# What a check of an address cannot say: (constraint, change to a check that found the page).
CHECKS = [
    ("sourcecheck_outcome_is_known", {"outcome": "perhaps"}),
    ("sourcecheck_dates_its_failures", {"failures": 1}),
    ("sourcecheck_dates_its_failures", {"failed_since": timezone.now()}),
]


@pytest.mark.parametrize(("name", "changes"), CHECKS, ids=["outcome", "failures without a date", "date alone"])
def test_a_check_is_whole(name, changes):
    assert_refused(name, factories.SourceCheckFactory(), **changes)


def test_how_we_know_a_source_is_one_of_the_words_that_readers_see_explained():
    assert_refused("source_reading_is_known", factories.SourceFactory(), reading="heard")


@pytest.mark.parametrize(("name", "factory_class", "fields"), GROUPS, ids=[name for name, *_ in GROUPS])
def test_two_rows_do_not_say_the_same(name, factory_class, fields):
    first, second = factory_class(), factory_class()

    assert_refused(name, second, **{field: getattr(first, field) for field in fields})


def test_key_belongs_to_one_source_only():
    assert_once(factories.SourceFactory, "key")


def test_each_constraint_of_this_app_has_its_case():
    singles = {"source_reading_is_known", "version_one_draft_per_item"}
    cases = {*singles, *(name for name, *_ in [*GROUPS, *VERSIONS, *CHECKS])}
    assert cases == constraint_names("editorial")
    assert unique_fields("editorial") == {("Source", "key")}


def test_cited_source_is_not_deleted():
    source = factories.CitationFactory().source

    with pytest.raises(ProtectedError):
        source.delete()


def test_deleting_a_page_deletes_its_citations():
    citation = factories.CitationFactory()

    citation.page.delete()

    assert not type(citation).objects.exists()
