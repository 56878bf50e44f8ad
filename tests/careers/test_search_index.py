"""The index says what readers see: every change at once, drafts never, on both databases."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from careers.models import Reason, Trend
from careers.search import trigrams
from careers.search.find import find
from careers.search.index import rebuild, words_in
from careers.search.models import SearchEntry, SearchWord
from careers.search.subjects import BY_MODEL, SUBJECTS
from editorial.content.kinds import all_kinds
from editorial.content.load import load
from roles.models import AlternativeTitle, Role, SoftwareCategory, Standard
from skills.models import Skill
from tests.editorial.editing import save
from tests.factories import (
    AlternativeTitleFactory,
    CategoryExampleFactory,
    PageFactory,
    PassageFactory,
    ProjectFactory,
    ReasonFactory,
    ReasonFigureFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SoftwareCategoryFactory,
    StandardFactory,
    SynonymFactory,
    TrendFactory,
)

pytestmark = pytest.mark.django_db

PUBLISHABLE = {
    RoleFactory: "title",
    SoftwareCategoryFactory: "name",
    SkillFactory: "name",
    StandardFactory: "name",
    TrendFactory: "name",
    ReasonFactory: "title",
}
each_kind = pytest.mark.parametrize(("factory_class", "name"), PUBLISHABLE.items(), ids=lambda each: str(each))


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` runs what waits for the end of the transaction, as a real one would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def titles(q):
    return [entry.title for entry in find(q).entries]


def agrees_with_itself():
    """The words on record are those of the entries, counted."""
    counted = {}
    for text in SearchEntry.objects.values_list("text", flat=True):
        for word in words_in(text):
            counted[word] = counted.get(word, 0) + 1
    return counted == dict(SearchWord.objects.values_list("word", "pages"))


@each_kind
def test_published_thing_is_found_and_a_draft_is_not(committed, factory_class, name):
    with committed():
        factory_class(**{name: "Zyxomatic thing"}, published=True)
        factory_class(**{name: "Zyxomatic draft"})

    assert titles("zyxomatic") == ["Zyxomatic thing"]
    assert agrees_with_itself()


@each_kind
def test_change_is_found_at_once_and_the_old_words_no_longer(committed, factory_class, name):
    with committed():
        item = factory_class(**{name: "Zyxomatic thing"}, published=True)

    with committed():
        setattr(item, name, "Quorkic thing")
        item.save()

    assert (titles("zyxomatic"), titles("quorkic")) == ([], ["Quorkic thing"])
    assert agrees_with_itself()


@each_kind
@pytest.mark.parametrize("how", ["back to draft", "deleted", "deleted in bulk"])
def test_what_is_taken_back_is_gone_at_once(committed, factory_class, name, how):
    with committed():
        item = factory_class(**{name: "Zyxomatic thing"}, published=True)

    with committed():
        if how == "back to draft":
            item.status = "draft"
            item.save()
        elif how == "deleted":
            item.delete()
        else:
            type(item).objects.all().delete()

    assert titles("zyxomatic") == []
    assert not SearchEntry.objects.exists()
    assert not SearchWord.objects.exists()


@each_kind
def test_draft_made_past_the_index_is_not_shown(committed, factory_class, name):
    with committed():
        item = factory_class(**{name: "Zyxomatic thing"}, published=True)

    type(item).objects.update(status="draft")  # sends no signal

    assert SearchEntry.objects.count() == 1
    assert titles("zyxomatic") == []


@pytest.mark.parametrize(
    ("part_factory", "parent", "owner_factory", "field"),
    [
        (AlternativeTitleFactory, "role", RoleFactory, "name"),
        (ProjectFactory, "role", RoleFactory, "steps"),
        (CategoryExampleFactory, "category", SoftwareCategoryFactory, "name"),
        (ReasonFigureFactory, "reason", ReasonFactory, "label"),
        (PassageFactory, "page", None, "text"),
    ],
)
def test_row_of_a_list_is_found_changed_and_gone_with_its_page(committed, part_factory, parent, owner_factory, field):
    with committed():
        owner = owner_factory(published=True) if owner_factory else PageFactory(key="about")
        part = part_factory(**{parent: owner, field: "zyxomatic"})
    assert len(titles("zyxomatic")) == 1

    with committed():
        setattr(part, field, "quorkic")
        part.save()
    assert (len(titles("zyxomatic")), len(titles("quorkic"))) == (0, 1)

    with committed():
        type(part).objects.all().delete()
    assert titles("quorkic") == []
    assert agrees_with_itself()


def test_every_list_of_words_of_its_own_is_in_the_index():
    for kind in all_kinds():
        if kind.model in BY_MODEL:
            own = {part.name for part in kind.parts if not part.references and part.name != "citations"}
            assert (kind.folder, set(BY_MODEL[kind.model].parts)) == (kind.folder, own)
    assert {Role, SoftwareCategory, Skill, Standard, Trend, Reason} <= set(BY_MODEL)
    assert list(SUBJECTS) == SearchEntry.Kind.values


def test_what_is_rolled_back_never_reaches_the_index(committed):
    with committed():
        role = RoleFactory(title="Zyxomatic developer", published=True)

    with committed(), transaction.atomic():
        role.title = "Quorkic developer"
        role.save()
        AlternativeTitleFactory(role=role, name="Previewed")
        transaction.set_rollback(True)

    assert titles("zyxomatic developer") == ["Zyxomatic developer"]
    assert titles("quorkic") == titles("previewed") == []


def test_change_that_follows_a_rolled_back_one_reaches_the_index(committed):
    with committed():
        role = RoleFactory(published=True)

    with committed():
        with transaction.atomic():
            AlternativeTitleFactory(role=role, name="Previewed")
            transaction.set_rollback(True)
        AlternativeTitleFactory(role=role, name="Zyxomatic")

    assert (titles("zyxomatic"), titles("previewed")) == ([role.title], [])


def test_page_with_many_parts_is_written_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        RoleFactory(published=True, with_parts=True)

    roles = [each for each in waiting if getattr(each, "kind", "") == "role"]
    assert len(roles) == 1


def test_fault_in_the_index_is_logged_and_does_not_undo_the_edit():
    RoleFactory(published=True)

    (promise,) = [each for each in connection.run_on_commit if getattr(each[1], "kind", "") == "role"]
    _, _, is_robust = promise
    assert is_robust


def test_words_of_a_link_to_a_draft_are_not_in_the_index(committed):
    with committed():
        role = RoleFactory(published=True)
        RoleSkillFactory(role=role, skill__name="Zyxomatic", why="Quorkic.")

    assert titles("zyxomatic") == titles("quorkic") == []


def test_words_that_stand_on_many_pages_and_the_start_page_are_no_results(committed):
    with committed():
        for key in ("role", "category", "home", "search", "no-such-page", "about"):
            PageFactory(key=key, heading="Zyxomatic")

    assert [entry.key for entry in find("zyxomatic").entries] == ["about"]


def test_editor_saves_the_form_and_finds_the_words(admin_client, committed):
    with committed():
        skill = SkillFactory(published=True)

    with committed():
        save(admin_client, skill, name="Zyxomatic thinking")

    assert titles("zyxomatic") == ["Zyxomatic thinking"]


@pytest.mark.once  # loading saves row by row, as the tests above do on both
def test_loading_content_is_found_at_once(committed, settings):
    with committed():
        load(settings.CONTENT_DIR)

    assert titles("telemedicine developer")[0] == "Telemedicine developer"
    assert agrees_with_itself()
    before = entries()
    rebuild()
    assert entries() == before


def entries():
    return list(SearchEntry.objects.order_by("kind", "key").values("kind", "key", "address", "title", "body", "text"))


def test_rebuild_finds_what_was_changed_past_django(capsys):
    RoleFactory(title="Zyxomatic developer", published=True)
    RoleFactory(title="Zyxomatic draft")
    SearchEntry.objects.all().delete()
    assert titles("zyxomatic") == []

    call_command("rebuild_search")

    assert titles("zyxomatic") == ["Zyxomatic developer"]
    assert capsys.readouterr().out == "1 pages can be found.\n"
    assert agrees_with_itself()


def test_synonym_counts_at_once():
    RoleFactory(title="EHR developer", published=True)
    rebuild()
    assert titles("emr") == []

    SynonymFactory(typed="patient file\nEMR", means="EHR")

    assert titles("EMRs") == titles("Patient files") == ["EHR developer"]


# The indexes of both databases


def plan_of(queryset):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        prefix = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        sql, parameters = queryset.query.sql_with_params()
        cursor.execute(f"{prefix} {sql}", parameters)
        return " ".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(("model", "column"), [(SearchEntry, "names"), (SearchEntry, "text"), (SearchWord, "padded")])
def test_pieces_of_words_are_looked_up_in_an_index(model, column):
    plans = []

    trigrams.rows(lambda holding: plans.append(plan_of(holding(model.objects.order_by(), column, [" telem"]))) or [])

    table = model._meta.db_table
    wanted = f"{table}_trigrams" if connection.vendor == "sqlite" else f"{table}_{column}_trigrams"
    assert wanted in plans[0]


@pytest.mark.parametrize("q", ["zyxomatic", "zyxomatc", "developer", "title of", "x ray", "emr"])
def test_without_the_index_the_same_is_found_in_the_same_order(q):
    for title in ("Zyxomatic developer", "Second developer", "X-ray developer"):
        RoleFactory(title=title, published=True)
    RoleFactory.create_batch(3, published=True)
    SynonymFactory(typed="EMR", means="zyxomatic")
    rebuild()
    with_index = find(q)

    trigrams.remove(connection)

    assert with_index.count
    assert find(q) == with_index


def test_index_follows_the_table_by_itself(committed):
    with committed():
        RoleFactory(title="Zyxomatic developer", published=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO careers_searchentry_trigrams(careers_searchentry_trigrams, rank) "
                "VALUES ('integrity-check', 1)"
            )

    AlternativeTitle.objects.all().delete()

    assert titles("zyxomatic") == ["Zyxomatic developer"]


def test_missing_index_is_made_again(capsys):
    RoleFactory(title="Zyxomatic developer", published=True)
    trigrams.remove(connection)

    call_command("rebuild_search")

    test_pieces_of_words_are_looked_up_in_an_index(SearchEntry, "names")
    assert titles("zyxomatic") == ["Zyxomatic developer"]
    assert capsys.readouterr().err == ""
