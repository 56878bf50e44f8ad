"""The words around the data, written or not."""

import pytest

from careers.words import words_for
from tests.factories import PageFactory, PassageFactory

pytestmark = pytest.mark.django_db


def test_written_words_are_used(django_assert_num_queries):
    page = PageFactory(key="why-healthcare", heading="Heading")
    PassageFactory(page=page, key="by-role", heading="Which role", text="Text.")

    with django_assert_num_queries(2):
        words = words_for("why-healthcare")
        passage = words.passage("by-role")

    assert (words.page, passage.heading, passage.text) == (page, "Which role", "Text.")


def test_page_that_nobody_wrote_has_a_plain_heading(django_assert_num_queries):
    with django_assert_num_queries(1):
        words = words_for("why-healthcare")

    assert words.page.title == words.page.heading == words.page.description == "Why healthcare"
    assert words.in_order == []


@pytest.mark.parametrize("written", [True, False], ids=["page written", "nothing written"])
def test_passage_that_nobody_wrote_has_a_plain_heading_and_no_text(written):
    if written:
        PageFactory(key="role")

    passage = words_for("role").passage("next-steps")

    assert (passage.heading, passage.text) == ("Next steps", "")


def test_passages_of_another_page_are_not_used():
    PassageFactory(key="fit", heading="Other", page__key="other")
    PageFactory(key="role")

    assert words_for("role").passage("fit").heading == "Fit"


def test_passages_stand_in_their_order():
    page = PageFactory(key="about")
    second, first = PassageFactory(page=page, position=2), PassageFactory(page=page, position=1)

    assert words_for("about").in_order == [first, second]
