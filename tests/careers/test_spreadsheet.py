"""CSV that no spreadsheet program runs."""

import pytest

from careers.comparison import Comparison, Row, SkillRow
from careers.spreadsheet import comparison_csv, harmless
from roles.models import Role
from skills.models import Skill

pytestmark = pytest.mark.once


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"], ids=repr)
def test_text_that_starts_like_a_formula_gets_a_quote(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "words", "1+1", "a=b", "'=1", "–"], ids=repr)
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.fixture
def comparison():
    roles = [Role(title="First role"), Role(title="Second role")]
    return Comparison(
        roles=roles,
        facts=[Row("You make", ["One", "One"]), Row("=Label", ["-1", "two, or more"])],
        weeks=[Row("Build", ["5 h", "5 h"]), Row("Learn", ["1 h", "2 h"])],
        skills=[
            SkillRow(Skill(name="DICOM"), [4, 0], roles, "Not needed"),
            SkillRow(Skill(name="Python"), [3, 3], roles, "Not needed"),
        ],
    )


def test_spreadsheet_has_every_row_in_the_order_of_the_page(comparison):
    assert comparison_csv(comparison).splitlines() == [
        ",First role,Second role",
        "You make,One,One",
        "'=Label,'-1,\"two, or more\"",
        "Hours a week: build,5 h,5 h",
        "Hours a week: learn,1 h,2 h",
        "Skill: DICOM,Core,Not needed",
        "Skill: Python,Needed,Needed",
    ]


def test_spreadsheet_of_differences_leaves_out_what_is_the_same(comparison):
    assert comparison_csv(comparison, only_differences=True).splitlines() == [
        ",First role,Second role",
        "'=Label,'-1,\"two, or more\"",
        "Hours a week: learn,1 h,2 h",
        "Skill: DICOM,Core,Not needed",
    ]
