"""Editing reasons, trends and the words around the data, and the trends in a role's form."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from careers.models import Page, Passage, Reason, Synonym, Trend
from tests.editorial.editing import PUBLISH, address, cost, filled_in, listed, messages_of, save, staff
from tests.factories import (
    CitationFactory,
    PageFactory,
    PassageFactory,
    ReasonFactory,
    ReasonFigureFactory,
    RoleReasonFactory,
    SourceFactory,
    SynonymFactory,
    TrendFactory,
    TrendImpactFactory,
)

pytestmark = pytest.mark.django_db

ROWS = {
    ReasonFactory: [(ReasonFigureFactory, "reason"), (RoleReasonFactory, "reason"), (CitationFactory, "page")],
    TrendFactory: [(TrendImpactFactory, "trend"), (CitationFactory, "page")],
    PageFactory: [(PassageFactory, "page")],
}


def kind(factory_class):
    return factory_class._meta.model.__name__


def add_rows(item, rows, how_many):
    for row_factory, name in rows:
        row_factory.create_batch(how_many, **{name: item})


@pytest.mark.parametrize("factory_class", [ReasonFactory, TrendFactory], ids=kind)
def test_list_and_forms_open(admin_client, factory_class):
    item = factory_class(published=True, with_parts=True)

    assertContains(admin_client.get(address(item)), str(item))
    assertContains(admin_client.get(address(item, "change")), str(item))
    assert admin_client.get(address(type(item), "add")).status_code == 200


@pytest.mark.parametrize("factory_class", ROWS, ids=kind)
@pytest.mark.once
def test_list_costs_the_same_however_many_rows(admin_client, factory_class):
    items = factory_class.create_batch(3)
    with_few = cost(admin_client, address(items[0]))
    factory_class.create_batch(27)

    assert cost(admin_client, address(items[0])) == with_few


@pytest.mark.parametrize(("factory_class", "rows"), ROWS.items(), ids=[kind(each) for each in ROWS])
@pytest.mark.once
def test_form_costs_the_same_however_many_rows(admin_client, factory_class, rows):
    item = factory_class()
    add_rows(item, rows, 3)
    with_few = cost(admin_client, address(item, "change"))
    add_rows(item, rows, 27)

    assert cost(admin_client, address(item, "change")) == with_few


@pytest.mark.parametrize(
    ("factory_class", "missing"),
    [
        (ReasonFactory, "no source and no role for which it holds."),
        (TrendFactory, "no source and no role it touches."),
    ],
    ids=["reason", "trend"],
)
def test_published_pages_say_what_they_miss(admin_client, factory_class, missing):
    item = factory_class(published=True)

    assert f"“{item}” is published, but it has {missing}" in messages_of(save(admin_client, item))


def test_lists_count_what_belongs_to_each(admin_client):
    RoleReasonFactory(reason=ReasonFactory(with_parts=True))
    TrendFactory(with_parts=True)

    (reason,), (trend,) = listed(admin_client, Reason), listed(admin_client, Trend)

    assert (reason.citations_count, reason.role_reasons_count, reason.figures_count) == (1, 2, 1)
    assert (trend.citations_count, trend.impacts_count) == (1, 1)


def test_a_role_shows_its_trends_and_leads_to_their_forms(admin_client):
    impact = TrendImpactFactory(change="Less typing [@on-the-trend].", trend__name="AI notes")
    SourceFactory(key="on-the-trend")

    response = admin_client.get(address(impact.role, "change"))
    save(admin_client, impact.role)

    assertContains(response, f'<a href="{address(impact.trend, "change")}">AI notes</a>')
    assert not impact.role.citations.exists(), "the source belongs to the trend's page"


def test_what_an_impact_cites_is_added_to_the_sources_of_the_trend(admin_client):
    impact = TrendImpactFactory()
    SourceFactory(key="on-the-trend")

    save(admin_client, impact.trend, **{"impacts-0-change": "Less typing [@on-the-trend]."})

    assert impact.trend.citations.get().source.key == "on-the-trend"


# The words around the data


@pytest.mark.parametrize(
    ("key", "link"),
    [
        ("home", '<a href="/">/</a>'),
        ("about-data", '<a href="/about/data/">/about/data/</a>'),
        ("role", '<a href="/roles/">each page from /roles/</a>'),
        ("category", '<a href="/software/">each page from /software/</a>'),
        ("unknown", "unknown"),
    ],
)
def test_the_list_of_pages_leads_to_each_page(admin_client, key, link):
    PageFactory(key=key, heading="The large heading")

    response = admin_client.get(address(Page))

    assertContains(response, "The large heading")
    assertContains(response, f'<td class="field-where">{link}</td>')


def test_an_editor_changes_the_words_of_a_page_and_not_its_keys(admin_client):
    passage = PassageFactory(page__key="home", key="ways-in", text="Before.")
    data = filled_in(
        admin_client.get(address(passage.page, "change")),
        heading="New heading",
        **{"passages-0-heading": "New", "passages-0-text": "One.\r\n\r\nTwo."},
    )

    admin_client.post(address(passage.page, "change"), data | {"key": "other", "passages-0-key": "other"} | PUBLISH)

    assert Page.objects.values_list("key", "heading").get() == ("home", "New heading")
    assert Passage.objects.values_list("key", "heading", "text").get() == ("ways-in", "New", "One.\n\nTwo.")


def test_pages_and_passages_are_neither_added_nor_deleted(admin_client):
    passage = PassageFactory()
    page = passage.page

    form = admin_client.get(address(page, "change"))

    assert admin_client.get(address(Page, "add")).status_code == 403
    assert admin_client.post(address(page, "delete"), {"post": "yes"}).status_code == 403
    assertContains(form, 'name="passages-MAX_NUM_FORMS" value="0"')
    assertNotContains(form, 'name="passages-0-DELETE"')


def test_passages_stand_in_the_order_of_the_page(admin_client):
    page = PageFactory()
    PassageFactory(page=page, key="second", position=2), PassageFactory(page=page, key="first", position=1)

    content = admin_client.get(address(page, "change")).content.decode()

    assert content.index(">first<") < content.index(">second<")


@pytest.mark.parametrize("box", ["lead", "passages-0-text"])
def test_words_without_a_list_of_sources_cannot_cite(admin_client, box):
    SourceFactory(key="key")
    passage = PassageFactory()

    response = save(admin_client, passage.page, **{box: "A claim [@key]."})

    assertContains(response, "cannot cite, because no list of sources comes with it")


def test_view_on_site_leads_to_the_page(admin_client):
    response = admin_client.get(address(PageFactory(key="about-data"), "change"))

    assertContains(response, '<a href="/about/data/" class="viewsitelink">')


def test_who_may_change_pages_may_change_their_passages(client, django_user_model):
    client.force_login(staff(django_user_model, "change_page", "publish_version"))
    passage = PassageFactory()

    save(client, passage.page, **{"passages-0-heading": "New"})

    assert passage.page.passages.get().heading == "New"


# Labels


@pytest.fixture
def label():
    return PassageFactory(page__key="labels", key="pager-here", heading="Page {number} of {count}")


def test_labels_are_one_short_table_that_says_where_each_stands(admin_client, label):
    form = admin_client.get(address(label.page, "change"))

    assertContains(form, "Pages of a long list")
    assertContains(form, "pager-here")
    assertNotContains(form, 'name="passages-0-text"')
    assertNotContains(form, 'name="lead"')
    assertContains(admin_client.get(address(Page)), '<td class="field-where">every page</td>')


def test_an_editor_changes_a_label_and_empties_it(admin_client, label):
    for words in ("Sheet {number} / {count}", ""):
        save(admin_client, label.page, **{"passages-0-heading": words})

        assert label.page.passages.get().heading == words


@pytest.mark.parametrize("words", ["Page {number}", "Page {nummer} of {count}", "Page {number} of {count} {more}"])
def test_a_label_keeps_what_the_site_fills_in(admin_client, label, words):
    response = save(admin_client, label.page, **{"passages-0-heading": words})

    assertContains(response, "The site fills in what stands in braces")
    assert label.page.passages.get().heading == "Page {number} of {count}"


# Other names for the search


def test_editor_adds_another_name(admin_client):
    form = filled_in(admin_client.get(address(Synonym, "add")), typed="EMR\npatient file", means="EHR", key="emr")

    admin_client.post(address(Synonym, "add"), form)

    assert Synonym.objects.get(key="emr").means == "EHR"
    assertContains(admin_client.get(address(Synonym)), "EMR, patient file")


@pytest.mark.parametrize("box", ["typed", "means"])
def test_other_name_without_a_word_is_refused(admin_client, box):
    response = save(admin_client, SynonymFactory(), **{box: "?!"})

    assertContains(response, "Write at least one word.")


def test_other_name_leads_to_its_search(admin_client):
    synonym = SynonymFactory(typed="patient file\nEMR")

    response = admin_client.get(address(synonym, "change"))

    assertContains(response, '<a href="/search/?q=patient+file" class="viewsitelink">')
