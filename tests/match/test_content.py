"""Statements travel as files, and loading them makes a version."""

import pytest
from django.conf import settings

from editorial.content.dump import dump
from editorial.content.files import ContentError
from editorial.content.kinds import all_kinds
from editorial.content.load import load
from match.models import QuestionSet, Statement, Weight
from skills.models import Skill
from tests.factories import WeightFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dumped(asked, tmp_path):
    dump(tmp_path)
    return tmp_path


def files(folder):
    return {path.name: path.read_text() for path in (folder / "statements").glob("*.yaml")}


def test_load_and_dump_change_nothing(dumped, tmp_path_factory, asked):
    again = tmp_path_factory.mktemp("again")

    load(dumped, overwrite=True)
    dump(again)

    assert files(again) == files(dumped)
    assert set(files(again)) == {"likes.yaml", "minds.yaml", "knits.yaml", "weaves.yaml"}
    assert QuestionSet.objects.current() == asked.kept


def test_an_empty_database_gets_the_same_version_from_the_same_files(dumped, asked):
    code = asked.kept.code
    for model in (QuestionSet, Statement, Skill):
        model.objects.all().delete()

    load(dumped)

    assert QuestionSet.objects.current().code == code
    assert Weight.objects.count() == 5


def test_loading_a_changed_file_makes_a_new_version_and_keeps_the_old(dumped, asked):
    load(dumped, overwrite=True)
    path = dumped / "statements" / "likes.yaml"
    path.write_text(path.read_text().replace("Sit by the sea", "Sit in a tree"))

    load(dumped)

    assert QuestionSet.objects.current().questions.statements[0].text == "Sit in a tree"
    assert QuestionSet.objects.with_code(asked.kept.code).questions.statements[0].text == "Sit by the sea"


def test_removing_several_files_makes_one_version(dumped, asked):
    load(dumped, overwrite=True)
    for name in ("likes", "minds"):
        (dumped / "statements" / f"{name}.yaml").unlink()

    load(dumped)

    assert [each.key for each in QuestionSet.objects.current().questions.statements] == ["knits", "weaves"]
    assert QuestionSet.objects.count() == 2


def test_dry_run_makes_no_version(dumped, asked):
    path = dumped / "statements" / "likes.yaml"
    path.write_text(path.read_text().replace("Sit by the sea", "Sit in a tree"))

    load(dumped, overwrite=True, dry_run=True)

    assert list(QuestionSet.objects.all()) == [asked.kept]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("skill: knitting", "skill: flying", "There is no skill “flying”"),
        ("skill: knitting", "skill: 7", "There is no skill “7”"),
        ("skill: knitting", "skill: null", "names its skill"),
        ("group: skills", "group: magic", "magic"),
        ("value: for", "value: maybe", "“maybe” is not one of: strongly-against, against, for, strongly-for"),
        ("role: one", "role: null", "There is no role"),
    ],
)
def test_mistake_in_a_file_is_named(dumped, old, new, problem):
    path = dumped / "statements" / "knits.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(ContentError, match=problem):
        load(dumped, overwrite=True)


def test_preference_may_leave_its_skill_out(dumped):
    path = dumped / "statements" / "likes.yaml"
    path.write_text(path.read_text().replace("skill: null\n", ""))

    load(dumped, overwrite=True)

    assert Statement.objects.get(key="likes").skill is None


def test_digest_does_not_depend_on_the_order_in_which_weights_were_written(asked):
    weights = list(asked.likes.weights.all())
    Weight.objects.filter(statement=asked.likes).delete()
    for each in reversed(weights):
        WeightFactory(statement=asked.likes, role=each.role, value=each.value, reason=each.reason)

    assert QuestionSet.objects.keep_current() == asked.kept


def test_the_site_ships_with_statements():
    kind = next(kind for kind in all_kinds() if kind.model is Statement)

    assert len(list((settings.CONTENT_DIR / kind.folder).glob("*.yaml"))) >= 15
