"""The pure parts of the search: plain words, typed errors, order and what is marked."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search.marking import EXCERPT, excerpt, marked
from careers.search.normalize import indexed, meaningful, words_of
from careers.search.ranking import Wanted, distance, nearest_word, pieces_of, rank

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Diagnoses, APIs & Studies", ["diagnose", "api", "study"]),
        ("Café über", ["cafe", "uber"]),
        ("cafe\u0301", ["cafe"]),
        ("C++, C# and .NET", ["c++", "c#", "and", "net"]),
        ("less analysis status bus", ["less", "analysis", "status", "bus"]),
        ("patients' boxes", ["patient", "box"]),
        ("רופא 医生", ["רופא", "医生"]),
        ("?! … 🩺 _ %", []),
        ("", []),
    ],
)
def test_text_becomes_plain_words(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("X-ray viewer", " x ray xray viewer "),
        ("IEC 62304 class C", " iec 62304 iec62304 class c "),
        ("HL7 v2", " hl7 v2 "),
        ("part 11 of 21", " part 11 of 21 "),
        ("", " "),
    ],
)
def test_index_also_holds_what_people_write_as_one_word(text, plain):
    assert indexed(text) == plain


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others():
    assert meaningful(["what", "is", "fhir"]) == ["fhir"]
    assert meaningful(["what", "is", "it"]) == ["what", "is", "it"]


@given(st.text(max_size=80))
def test_any_text_becomes_words_that_stay_as_they_are(text):
    plain = indexed(text)

    assert plain == " " or (plain[0], plain[-1]) == (" ", " ")
    assert "  " not in plain
    assert not set("|\n%_\"'") & set(plain)


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("dicom", "dicom", 0), ("dicm", "dicom", 1), ("diicom", "dicom", 1), ("dixom", "dicom", 1),
        ("dciom", "dicom", 1), ("machien", "machine", 1), ("abc", "xyz", 3), ("", "abc", 3), ("abc", "", 3),
    ],
)  # fmt: skip
def test_slips_between_two_words_are_counted(first, second, slips):
    assert distance(first, second) == distance(second, first) == slips


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_no_slip_means_the_same_word(first, second):
    assert (distance(first, second) == 0) == (first == second)
    assert distance(first, second) <= max(len(first), len(second))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("telemedecine", "telemedicine"),
        ("dicm", "dicom"),
        ("interoprability", "interoperability"),
        ("hl8", ""),  # three letters are too few to guess
        ("zebra", ""),
        ("telemedic", ""),  # finished, it is no slip
    ],
)
def test_typed_error_is_taken_for_the_nearest_word(typed, meant):
    known = {"telemedicine": 3, "dicom": 9, "interoperability": 2, "hl7": 8, "medicine": 40}

    assert nearest_word(typed, known) == meant


def test_unfinished_word_with_a_slip_is_taken_for_the_longer_word():
    assert nearest_word("telemedec", {"telemedicine": 3}, unfinished=True) == "telemedicine"


def test_between_equally_near_words_the_more_frequent_is_meant():
    assert nearest_word("coda", {"code": 2, "codi": 5}) == "codi"


def test_pieces_of_a_word_begin_and_end_with_its_ends():
    assert pieces_of("dicom") == [" di", "dic", "ico", "com", "om "]


def entry(title, others="", summary="", body="", kind="skill", position=0):
    lines = [indexed(title), "|".join(map(indexed, others.split("|"))) if others else "", indexed(summary)]
    text = "\n".join([*lines, indexed(body)])
    return SimpleNamespace(kind=kind, text=text, position=position, address=f"/{title}/", title=title)


def order(words, *entries):
    wanted = Wanted({f" {word}": 1 for word in words.split()}, words)
    return [each.title for each in rank(entries, [wanted])]


def test_place_of_a_word_decides_title_then_other_name_then_summary_then_body():
    found = order(
        "scan",
        entry("D", body="A scan, a scan, a scan."),
        entry("C", summary="One scan"),
        entry("B", others="reading scan files"),
        entry("Scan reading and more"),
        entry("E", body="Nothing of it."),
    )

    assert found == ["Scan reading and more", "B", "C", "D"]


def test_page_that_is_called_so_comes_before_one_whose_title_holds_the_words():
    assert order("data model", entry("Data model of hospitals"), entry("X", others="Y|Data model")) == [
        "X",
        "Data model of hospitals",
    ]


def test_whole_word_comes_before_the_beginning_of_one():
    assert order("scan", entry("Scanner room"), entry("Scan room")) == ["Scan room", "Scanner room"]


def test_page_that_answers_much_less_than_the_best_is_left_out():
    found = order("video call nurse", entry("A", summary="A video call with a nurse"), entry("B", summary="video"))

    assert found == ["A"]


def test_equals_stand_in_the_order_of_their_lists():
    assert order("scan", entry("Scan B", position=2), entry("Scan A", position=1)) == ["Scan A", "Scan B"]


def test_best_reading_of_a_search_counts():
    readings = [Wanted({" emr": 1}, "emr"), Wanted({" ehr": 1}, "ehr", 0.85)]

    assert [each.title for each in rank([entry("EHR"), entry("Other")], readings)] == ["EHR"]


def test_words_found_are_marked_as_they_stand():
    text = marked("X-rays, APPS & approvals", [" ray", " app "])

    assert text == "X-<mark>rays</mark>, <mark>APPS</mark> &amp; approvals"


def test_marking_lets_no_code_through():
    assert marked("<b>scan</b> onload='x'", [" scan", " b"]) == (
        "&lt;<mark>b</mark>&gt;<mark>scan</mark>&lt;/<mark>b</mark>&gt; onload=&#x27;x&#x27;"
    )


def test_excerpt_shows_the_line_with_most_of_the_words():
    text = "A scan.\nHere a nurse waits for a scan of a knee.\nNurse."

    assert excerpt(text, [" scan", " nurse"]) == "Here a nurse waits for a scan of a knee."


def test_excerpt_of_a_long_line_is_cut_between_words_around_what_was_found():
    line = f"{'before ' * 60}scan {'after ' * 60}"

    found = excerpt(line, [" scan"])

    assert found.startswith("… before")
    assert found.endswith("after …")
    assert " scan " in found
    assert len(found) <= EXCERPT + 4


def test_no_excerpt_without_the_words():
    assert excerpt("Nothing of it.\nNothing.", [" scan"]) == ""


@given(st.text(max_size=400), st.lists(st.text("abc", min_size=1, max_size=3), max_size=3))
def test_any_text_is_cut_and_marked_without_code(text, words):
    html = marked(excerpt(text, [f" {word}" for word in words]), [f" {word}" for word in words])

    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
