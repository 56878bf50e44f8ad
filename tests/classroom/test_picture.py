"""What the class leans to: it adds up, and it tells nothing about one student."""

import re

import pytest

from tests.careers.pages import text, tree, with_class

pytestmark = pytest.mark.django_db


def test_the_picture_says_how_many_gave_which_answer(client, lesson):
    lesson.send("51--", "51-3", "15--", "1533", "----")

    page = tree(client.get(f"/class/{lesson.classroom.code}/picture/"))

    ranking = [text(each) for each in with_class(page, "ranking")[0]]
    assert ranking == [
        "Role one2 of 5",
        "Role two2 of 5",
        "The answers hardly tell the roles apart1 of 5",
    ]
    rows = [[text(cell) for cell in row] for table in page.iter("table") for row in table.find("tbody")]
    assert ["Sit by the sea", "2", "0", "0", "0", "2", "1"] in rows
    assert ["Weave a rug", "2", "0", "0", "3"] in rows
    assert all(sum(map(int, row[1:])) == 5 for row in rows)


def shown(client, lesson):
    """Everything a reader gets of the picture, with its headers, in one text."""
    code = lesson.classroom.code
    answers = [client.get(f"/class/{code}/picture/{more}") for more in ("", "live/")]
    answers.append(client.get(f"/class/manage/{lesson.token}/"))
    headers = [{name: value for name, value in each.items() if name != "Expires"} for each in answers]
    return [f"{sent} {each.content.decode()}" for sent, each in zip(headers, answers, strict=True)]


def test_below_five_nothing_tells_who_answered_what(client, lesson):
    """Two classes of four that answered the very opposite look the same, to the last byte."""
    lesson.send(*["51-3"] * 4)
    ones = shown(client, lesson)
    for tally in lesson.classroom.tallies.all():
        tally.count = 0 if tally.count else (4 if tally.answer in ("1", "two") else 0)
        tally.save()
    total = sum(count for (about, _), count in lesson.counts.items() if not about)
    assert total == 4

    assert shown(client, lesson) == ones
    assert all("Sit by the sea" not in each and "Role one" not in each for each in ones)
    assert all("4 of 5 results so far" in " ".join(each.split()) for each in ones)


def test_between_two_steps_only_the_number_of_results_grows(client, lesson):
    lesson.send(*["51--"] * 5)
    before = shown(client, lesson)
    lesson.send("15--")

    after = shown(client, lesson)

    drawn = [[re.findall(r"<li.*?</li>|<td>\d+</td>", each, re.S) for each in pages] for pages in (before, after)]
    assert drawn[0] == drawn[1]
    assert all("6 results so far" in each for each in after)


def test_a_picture_that_has_not_changed_is_not_sent_again(client, lesson):
    live = f"/class/{lesson.classroom.code}/picture/live/"
    first = client.get(live)

    assert client.get(live, headers={"if-none-match": first["ETag"]}).status_code == 304
    lesson.send("51--")
    assert client.get(live, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_is_on_the_wall_holds_no_secret(client, lesson):
    for each in shown(client, lesson)[:2]:
        assert lesson.token not in each
        assert lesson.classroom.token_hash not in each


def test_the_advisors_page_gives_its_address_to_nobody_else(client, lesson):
    """Neither on paper nor in a link that leads away from it."""
    page = tree(client.get(f"/class/manage/{lesson.token}/"))

    assert lesson.token not in text(with_class(page, "printed")[0])
    links = [each.get("href") for each in page.iter("a") if lesson.token in each.get("href", "")]
    assert links == [
        f"/class/manage/{lesson.token}/close/",
        next(each for each in links if each.startswith("mailto:")),
    ]
