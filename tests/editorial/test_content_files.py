"""The reader names file and line of what it cannot read; the writer writes what the reader reads."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.content.files import ContentError, read, write

pytestmark = pytest.mark.once


@pytest.fixture
def write_bytes(tmp_path):
    def to_file(raw):
        path = tmp_path / "item.yaml"
        path.write_bytes(raw)
        return path

    return to_file


def test_values_come_as_text_numbers_dates_and_lists(write_bytes):
    path = write_bytes(b"slug: ehr\nposition: 10\nreviewed_on: 2026-11-22\nfits:\n  - text: a\n")

    content = read(path)

    assert content.data == {
        "slug": "ehr",
        "position": 10,
        "reviewed_on": datetime.date(2026, 11, 22),
        "fits": [{"text": "a"}],
    }


TEXT = b"""\
slug: ehr
overview: >-
  Two
  lines.
fits:
  - side: like
    text: a
  - side: like
    text: b
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        pytest.param([], 1, id="file"),
        pytest.param(["slug"], 1, id="field"),
        pytest.param(["overview"], 2, id="long text"),
        pytest.param(["fits"], 5, id="list"),
        pytest.param(["fits", 1], 8, id="row"),
        pytest.param(["fits", 1, "text"], 9, id="field of a row"),
        pytest.param(["fits", 1, "missing"], 8, id="missing field of a row: the row"),
        pytest.param(["missing", 3], 1, id="missing field: the file"),
    ],
)
def test_problem_names_file_and_line(write_bytes, where, line):
    path = write_bytes(TEXT)

    problem = read(path).problem(where, "Wrong.")

    assert str(problem) == f"{path}:{line}: Wrong."


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        pytest.param(b"a: 1\nb: 2\na: 3\n", 3, "“a” stands here twice.", id="duplicate key"),
        pytest.param(b"fits:\n  - a: 1\n    a: 2\n", 3, "“a” stands here twice.", id="duplicate key in a row"),
        pytest.param(b"- a\n- b\n", 1, "Write `name: value` lines", id="a list"),
        pytest.param(b"just words\n", 1, "Write `name: value` lines", id="a text"),
        pytest.param(b"", 1, "Write `name: value` lines", id="empty file"),
        pytest.param(b"a: caf\xe9\n", 1, "Not UTF-8 text", id="bad UTF-8"),
        pytest.param(b"a: 1\nb: 'open\n", 3, "Not readable as YAML", id="open quote"),
        pytest.param(b"a: 1\nb: c: d\n", 2, "Not readable as YAML", id="two colons"),
        pytest.param(b"a: 1\n\tb: 2\n", 2, "Not readable as YAML", id="tab"),
        pytest.param(b"a: \x01\n", 1, "Not readable as YAML", id="control character"),
        pytest.param(b"a: 1\nb: !!python/name:os.system ''\n", 2, "Not readable as YAML", id="Python object"),
        pytest.param(b"a: 1\n---\nb: 2\n", 2, "Not readable as YAML", id="two documents"),
        pytest.param(b"a: 1\nb: 2026-02-30\n", 2, "“2026-02-30” cannot be read", id="no such day"),
        pytest.param(b"a: 1\nb: {{ name }}\n", 2, "Put texts with { or [ in quotes", id="braces without quotes"),
    ],
)
def test_unreadable_file_is_named_with_its_line(write_bytes, raw, line, words):
    path = write_bytes(raw)

    with pytest.raises(ContentError) as error:
        read(path)

    (problem,) = error.value.problems
    assert str(problem).startswith(f"{path}:{line}: ")
    assert words in problem.message


def test_error_tells_every_problem_on_a_line_of_its_own(write_bytes):
    content = read(write_bytes(TEXT))

    error = ContentError([content.problem(["slug"], "One."), content.problem(["fits"], "Two.")])

    assert str(error).splitlines() == [f"{content.path}:1: One.", f"{content.path}:5: Two."]


def test_writer_keeps_the_order_of_names_and_makes_the_folder(tmp_path):
    path = tmp_path / "roles" / "ehr.yaml"

    write(path, {"slug": "ehr", "b": "café", "a": [{"text": "x"}]})

    assert path.read_text(encoding="utf-8") == "slug: ehr\nb: café\na:\n  - text: x\n"


def test_paragraphs_are_written_as_a_block(tmp_path):
    path = tmp_path / "item.yaml"

    write(path, {"overview": "One.\n\nTwo."})

    assert path.read_text(encoding="utf-8") == "overview: |-\n  One.\n\n  Two.\n"


def test_long_sentence_is_written_without_quotes_whatever_stands_in_it(tmp_path):
    path = tmp_path / "item.yaml"

    write(path, {"summary": 'Ask: it\'s "said" here. ' * 5 + "End."})

    assert path.read_text(encoding="utf-8").startswith('summary: >-\n  Ask: it\'s "said" here. Ask:')


def test_no_line_of_a_long_sentence_is_wider_than_the_page(tmp_path):
    path = tmp_path / "item.yaml"

    write(path, {"summary": "many words " * 40 + "end"})

    assert max(len(line) for line in path.read_text(encoding="utf-8").splitlines()) <= 120


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n :-#'\"|>&*!%@[]{}ab"), max_size=200
)
values = texts | st.integers() | st.booleans() | st.none() | st.dates() | st.floats(allow_nan=False)
rows = st.lists(st.dictionaries(st.sampled_from(["side", "text", "hours"]), values, min_size=1), max_size=3)


@given(st.dictionaries(st.sampled_from(["slug", "title", "overview", "position"]), values | rows, min_size=1))
def test_reader_gives_back_whatever_the_writer_wrote(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "round-trip.yaml"

    write(path, data)

    assert read(path).data == data
