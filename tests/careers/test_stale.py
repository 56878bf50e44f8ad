"""What readers are told when a page was not reviewed in time."""

import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ReasonFactory, TrendFactory

from .pages import DETAILS, address, tree, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.once]

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)
LONG_AGO = datetime.date(2020, 1, 1)
NOTICE = f"was due for review on {YESTERDAY:%B} {YESTERDAY.day}, {YESTERDAY.year}. Some statements may be out of date."


@pytest.mark.parametrize("name", DETAILS)
def test_a_page_past_its_review_says_so(client, name):
    factory, _ = DETAILS[name]
    factory(slug="one", published=True, reviewed_on=LONG_AGO, review_due=YESTERDAY)

    response = client.get(address(name, "one"))

    assertContains(response, f"This page {NOTICE}", count=1)
    assert len(with_class(tree(response), "alert")) == 1


@pytest.mark.parametrize("name", DETAILS)
def test_a_page_is_calm_until_the_day_of_its_review_has_passed(client, name):
    factory, _ = DETAILS[name]
    factory(slug="one", published=True, reviewed_on=LONG_AGO, review_due=datetime.date.today())

    response = client.get(address(name, "one"))

    assertNotContains(response, "was due")
    assert with_class(tree(response), "alert") == []


@pytest.mark.parametrize(
    ("name", "factory"), [("why-healthcare", ReasonFactory), ("trends", TrendFactory)], ids=["reasons", "trends"]
)
def test_in_a_list_only_the_part_that_is_overdue_says_so(client, name, factory):
    late = factory(published=True, position=2, reviewed_on=LONG_AGO, review_due=YESTERDAY)
    factory(published=True, position=1)

    response = client.get(address(name))

    assertContains(response, f"This part {NOTICE}", count=1)
    part = next(each for each in tree(response).iter() if each.get("id") == late.slug)
    assert len(with_class(part, "alert")) == 1


def test_the_line_on_reviews_does_not_promise_a_day_that_has_passed(client):
    factory, _ = DETAILS["standard"]
    factory(slug="late", published=True, reviewed_on=LONG_AGO, review_due=YESTERDAY)
    factory(slug="fine", published=True)

    assertContains(client.get(address("standard", "late")), f"the next check was due in {YESTERDAY:%B %Y}.")
    assertContains(client.get(address("standard", "fine")), "; next check due ")
