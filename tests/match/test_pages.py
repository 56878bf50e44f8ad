"""The questionnaire and its result, as readers and their friends see them."""

import re
from urllib.parse import parse_qs, urlsplit

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.words import own_words
from match.models import QuestionSet, Weight
from match.result import EXPLAINED, NAMED, ordinal, strengths
from match.scoring import AWAY, NO_WEIGHTS, STRENGTHS
from tests.careers.pages import address, answered_in_full, by_id, text, tree, with_class
from tests.careers.test_strange_input import ask, assert_harmless, each_strange_value
from tests.factories import PageFactory, PassageFactory, RoleFactory, StatementFactory, many_roles

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def result(client, kept, signs):
    return client.get(address("match:result", v=kept.code, a=signs))


def heading(response):
    (found,) = [text(each) for each in tree(response).iter("h1")]
    return found


def order(response):
    """(title, place) of each role in the list of all."""
    rows = next(each for each in with_class(tree(response), "ranking")).iter("li")
    return [(text(next(row.iter("a"))), text(next(row.iter("b"), row.find("p")))) for row in rows]


# The questionnaire


def test_every_statement_stands_under_its_group_with_its_answers(client, asked):
    page = PageFactory(key="match")
    PassageFactory(page=page, key="minding", heading="What bothers you")

    root = tree(client.get(address("match:start")))

    asked_for = [text(each) for each in root.iter("legend")]
    assert asked_for == ["Sit by the sea", "I would mind rain", "Knit a sock", "Weave a rug"]
    assert [text(each) for each in root.find(".//main").iter("h2")][:3] == ["Doing", "What bothers you", "Skills"]
    answers = [text(each) for each in next(each for each in root.iter("fieldset")).iter("label")]
    assert answers == ["Not at all", "Not much", "In between", "Quite", "Very much"]
    assert by_id(root, "id_s4_2").get("value") == "3"


def test_words_of_an_editor_reach_the_questionnaire_and_its_result(client, asked):
    labels = PageFactory(key="labels")
    for key, words in {
        "match-statements": "All {count}",
        "match-answered": "{answered} out of {count}",
        "match-show": "Go <now>",
        "match-change": "Other answers",
        **dict.fromkeys(["match-strongly", "match-clearly", "match-a-little"], "It points <here>"),
    }.items():
        PassageFactory(page=labels, key=key, heading=words)

    questions = client.get(address("match:start"))
    answered = result(client, asked.kept, "5---")

    assertContains(questions, '<span data-answered="{answered} out of 4">All 4</span>')
    assertContains(questions, "Go &lt;now&gt;")
    for words in ("Other answers", "It points &lt;here&gt;"):
        assertContains(answered, words)


def test_every_strength_of_a_score_has_words():
    assert strengths(own_words).keys() == {*(key for _, key in STRENGTHS), AWAY, NO_WEIGHTS}


def test_nothing_is_required_and_nothing_is_answered_beforehand(client, asked):
    inputs = [each for each in tree(client.get(address("match:start"))).iter("input") if each.get("type") == "radio"]

    assert len(inputs) == 2 * 5 + 2 * 3
    assert [each for each in inputs if "checked" in each.attrib or "required" in each.attrib] == []


def test_page_without_statements_says_so(client):
    assertContains(client.get(address("match:start")), "No question is published yet.")


def test_the_form_leads_to_the_address_that_holds_the_whole_sheet(client, asked):
    response = client.get(address("match:result"), {"v": asked.kept.code, "s1": "5", "s3": "2"})

    assertRedirects(response, address("match:result", v=asked.kept.code, a="5-2-"))


def test_a_form_sent_without_any_answer_leads_to_an_empty_sheet(client, asked):
    response = client.get(address("match:result"), {"v": asked.kept.code, "s2": ""})

    assertRedirects(response, address("match:result", v=asked.kept.code, a="----"))


def test_answers_without_a_version_are_taken_for_the_statements_of_today(client, asked):
    response = client.get(address("match:result"), {"s2": "1"})

    assertRedirects(response, address("match:result", v=asked.kept.code, a="-1--"))


def test_result_without_any_answer_in_its_address_leads_to_the_statements(client, asked):
    assertRedirects(client.get(address("match:result")), address("match:start"))


def test_answers_are_kept_when_they_are_changed(client, asked):
    shown = result(client, asked.kept, "5-2-")
    change = next(each.get("href") for each in tree(shown).iter("a") if text(each) == "Change my answers")

    root = tree(client.get(change))

    checked = [(each.get("name"), each.get("value")) for each in root.iter("input") if "checked" in each.attrib]
    assert checked == [("s1", "5"), ("s3", "2")]


# The result


def test_roles_stand_in_order_with_their_reasons(client, asked):
    response = result(client, asked.kept, "51--")

    assert heading(response) == "Role one comes first"
    assert order(response) == [("Role one", "1st"), ("Role two", "2nd")]
    section = text(next(each for each in tree(response).iter("section") if each.get("aria-labelledby") == "role-one"))
    assert "You said “Very much” to “Sit by the sea”. One is at sea." in section
    assert "You said “Not at all” to “I would mind rain”. One gets wet." in section
    assertContains(response, "Two is on a hill.")


def metas(response):
    return {each.get("property") or each.get("name"): each.get("content") for each in tree(response).iter("meta")}


def test_link_to_a_result_shows_the_roles_that_come_first_and_none_of_the_answers(client, asked):
    shown = metas(result(client, asked.kept, "51--"))

    assert shown["og:title"] == "Role one comes first"
    assert shown["og:url"] == f"http://testserver{address('match:result', v=asked.kept.code, a='51--')}"
    assert shown["og:image"].startswith("http://testserver/match/picture/one~two.png?v=")
    assert shown["og:image:alt"] == "Which roles come first for me. Role one, Role two"
    assert shown["robots"] == "noindex"
    picture = client.get(shown["og:image"].removeprefix("http://testserver"))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert metas(result(client, asked.kept, "5---"))["og:image"] == shown["og:image"]


def test_link_to_a_result_that_tells_no_roles_apart_shows_the_site(client, asked):
    shown = metas(result(client, asked.kept, "----"))

    assert shown["og:image"] == "http://testserver/static/img/preview.png"


def test_the_opposite_answers_turn_the_order_and_the_reasons_around(client, asked):
    response = result(client, asked.kept, "15--")

    assert order(response) == [("Role two", "1st"), ("Role one", "2nd")]
    section = next(each for each in tree(response).iter("section") if each.get("aria-labelledby") == "role-two")
    speaks_for = text(with_class(section, "checks", "ul")[0])
    assert "You said “Not at all” to “Sit by the sea”. Two is on a hill." in speaks_for


@pytest.mark.parametrize("signs", ["----", "3322", "5533", "1111", "55--"])
def test_sheet_that_tells_nothing_says_so_and_leads_on(client, asked, signs):
    page = PageFactory(key="match-result")
    PassageFactory(page=page, key="cannot-tell", heading="Nothing stands out", text="Change **some**.")

    response = result(client, asked.kept, signs)

    assert response.status_code == 200
    assert heading(response) == "Nothing stands out"
    links = {urlsplit(each.get("href")).path for each in tree(response).find(".//main").iter("a")}
    assert {"/roles/", "/compare/", "/roles/one/", "/roles/two/"} <= links
    assertNotContains(response, "1st")


def test_roles_that_tie_are_shown_as_tied(client, asked):
    twin = RoleFactory(slug="twin", title="Role twin", published=True, position=3)
    for weight in Weight.objects.filter(role=asked.one):
        Weight.objects.create(statement=weight.statement, role=twin, value=weight.value, reason=weight.reason)

    response = result(client, QuestionSet.objects.keep_current(), "51--")

    assert order(response) == [("Role one", "shared 1st"), ("Role twin", "shared 1st"), ("Role two", "3rd")]
    assert heading(response) == "Role one and Role twin share the first place"


def test_role_without_weights_is_ranked_last_and_says_why(client, asked):
    RoleFactory(slug="new", title="Role new", published=True, position=0)

    response = result(client, asked.kept, "51--")

    assert order(response)[-1] == ("Role new", "3rd")
    assertContains(response, "We cannot say: no statement is about this role yet")


def test_drafts_are_not_ranked(client, asked):
    type(asked.two).objects.filter(pk=asked.two.pk).update(status="draft")

    assertNotContains(result(client, asked.kept, "51--"), "Role two")


def test_skills_the_reader_has_and_needs_are_named_and_go_along_to_the_plan(client, asked):
    response = result(client, asked.kept, "5132")

    section = next(each for each in tree(response).iter("section") if each.get("aria-labelledby") == "role-two")
    assert "It needs 2 skills. You are confident in 1: Knitting. You know some of: Weaving." in text(section)
    plans = [each.get("href") for each in section.iter("a") if "plan" in each.get("href")]
    assert plans == ["/plan/two/?have=knitting"]


def test_the_skills_of_the_reader_go_along_to_roles_and_comparison(client, asked):
    found = {each.get("href") for each in tree(result(client, asked.kept, "5132")).find(".//main").iter("a")}

    assert {"/roles/one/?have=knitting", "/roles/two/?have=knitting"} <= found
    assert "/compare/?role=one&role=two&have=knitting" in found
    assert not {"/roles/one/", "/roles/two/"} & found


def test_what_one_skill_would_change_is_computed(client, asked):
    before, after = result(client, asked.kept, "---1"), result(client, asked.kept, "---3")

    assert (order(before)[0][0], order(after)[0][0]) == ("Role one", "Role two")
    assertContains(before, "and Role two moves from 2nd to 1st.")
    assertContains(before, "The order would then be: Two, One.")


def test_order_that_no_skill_changes_says_so(client, asked):
    assertContains(
        result(client, asked.kept, "5133"), "None of the skills we ask about would change this order by itself."
    )


def test_what_carries_over_from_the_first_role_is_named_with_what_is_missing(client, asked):
    words = text(
        next(
            each
            for each in tree(result(client, asked.kept, "51--")).iter("section")
            if each.get("aria-labelledby") == "change-order"
        )
    )

    assert "From One to Two1 of 2" in words
    assert "Still missing: Weaving." in words


def test_result_leads_to_comparison_and_can_be_sent(client, asked):
    response = result(client, asked.kept, "51--")
    root = tree(response)

    assert "/compare/?role=one&role=two" in {each.get("href") for each in root.iter("a")}
    link = by_id(root, "share-link").get("value")
    assert link == f"http://testserver{address('match:result', v=asked.kept.code, a='51--')}"
    assert client.get(link.removeprefix("http://testserver")).content == response.content


def test_result_is_kept_out_of_search_engines(client, asked):
    root = tree(result(client, asked.kept, "51--"))

    heads = [(each.get("rel"), each.get("href")) for each in root.iter("link") if each.get("rel") == "canonical"]
    assert heads == [("canonical", "http://testserver/match/")]
    assert [each.get("content") for each in root.iter("meta") if each.get("name") == "robots"] == ["noindex"]


def test_nothing_about_readers_is_stored(client, asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as queries:
        result(client, asked.kept, "51--")
        client.get(address("match:result"), {"v": asked.kept.code, "s1": "5"})
        client.get(address("match:start"))

    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


# Versions


@pytest.mark.twice
def test_old_result_is_shown_with_its_own_statements_and_weights_and_says_so(client, asked):
    before = result(client, asked.kept, "51--")
    asked.likes.text = "Sit in a tree"
    asked.likes.save()
    Weight.objects.filter(role=asked.one).update(value=-2)
    now = QuestionSet.objects.keep_current()

    response = result(client, asked.kept, "51--")

    assert now.code != asked.kept.code
    assert order(response) == order(before)
    assertContains(response, "“Sit by the sea”")
    assertContains(response, "See today’s statements, with your answers kept")
    assertNotContains(before, "See today’s statements")


def test_old_answers_are_carried_over_to_the_statements_of_today(client, asked):
    asked.minds.delete()
    StatementFactory(key="first", position=0)
    QuestionSet.objects.keep_current()

    root = tree(client.get(address("match:start", v=asked.kept.code, a="51-3")))

    checked = [(each.get("name"), each.get("value")) for each in root.iter("input") if "checked" in each.attrib]
    assert checked == [("s2", "5"), ("s4", "3")]


@pytest.mark.twice
def test_an_old_link_finds_roles_and_skills_that_have_been_renamed(client, asked):
    for thing, slug in ((asked.one, "uno"), (asked.skill, "crochet")):
        thing = type(thing).objects.get(pk=thing.pk)
        thing.slug = slug
        thing.save()

    response = result(client, asked.kept, "513-")

    assert order(response)[0] == ("Role one", "1st")
    assertContains(response, "/plan/uno/?have=crochet")


@pytest.mark.twice
def test_version_that_comes_back_has_its_old_code(asked):
    Weight.objects.filter(role=asked.one, statement=asked.likes).update(value=1)
    other = QuestionSet.objects.keep_current()
    Weight.objects.filter(role=asked.one, statement=asked.likes).update(value=2)

    again = QuestionSet.objects.keep_current()

    assert again == asked.kept
    assert other != again
    assert QuestionSet.objects.get(is_current=True) == asked.kept
    assert QuestionSet.objects.count() == 2


def test_without_statements_no_version_is_current(asked):
    for each in (asked.likes, asked.minds, asked.knits, asked.weaves):
        each.delete()

    assert QuestionSet.objects.keep_current() is None
    assert QuestionSet.objects.current() is None
    assert QuestionSet.objects.with_code(asked.kept.code) == asked.kept


# Strange addresses


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("a=51--", 404),
        ("v=&a=51--", 404),
        ("v=00000000&a=51--", 404),
        ("v=CODE&a=", 400),
        ("v=CODE&a=51-", 400),
        ("v=CODE&a=51---", 400),
        ("v=CODE&a=91--", 400),
        ("v=CODE&a=5155", 400),
        ("v=CODE&a=51-%00", 400),
        ("v=CODE&s1=9", 400),
        ("v=CODE&s1=55", 400),
        ("v=CODE&s1=%00", 400),
        ("v=CODE&a=51--&a=15--", 200),
        ("v=CODE&a=51--&utm_source=x", 200),
        ("v=CODE&a=51--&s1=1", 200),
    ],
)
def test_address_that_was_changed_gets_a_friendly_page(client, asked, query, status):
    PageFactory(key="match-result")

    response = ask(client, address("match:result"), query.replace("CODE", asked.kept.code))

    assert response.status_code == status
    assert_harmless(response)
    if status != 200:
        assert "/match/" in {each.get("href") for each in tree(response).find(".//main").iter("a")}


@each_strange_value
def test_strange_value_anywhere_in_a_result_never_breaks_it(client, asked, value):
    code = asked.kept.code
    for query in (f"v={value}", f"a={value}", f"v={value}&a=51--", f"v={code}&a={value}", f"v={code}&s1={value}&s4=2"):
        response = ask(client, address("match:result"), query)

        assert response.status_code in (200, 302, 400, 404), query
        assert_harmless(response)


anything = st.text(max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(version=st.none() | anything, signs=st.text("-1235 x\x00é٣", max_size=6) | anything, name=anything)
def test_any_text_in_the_address_of_a_result_gets_a_harmless_page(client, asked, version, signs, name):
    query = {"v": asked.kept.code if version is None else version, "a": signs, name: signs}

    response = client.get(
        address("match:result"), {k.encode("utf-8", "replace"): v.encode("utf-8", "replace") for k, v in query.items()}
    )

    assert response.status_code in (200, 400, 404)
    assert_harmless(response)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_but_by_address(client, method):
    assert getattr(client, method)(address("match:result")).status_code == 405


# Many roles


@pytest.mark.twice
def test_every_role_of_a_large_site_is_ranked_and_the_page_stays_light(client):
    roles = many_roles(60)
    statements = StatementFactory.create_batch(18)
    Weight.objects.bulk_create(
        Weight(
            statement=statement,
            role=role,
            value=(-2, -1, 1, 2)[(number * 7 + role.pk * 5 + number * role.pk) % 4],
            reason=f"Reason {number} of role {role.pk}, about as long as editors write them in the end, for sure.",
        )
        for number, statement in enumerate(statements)
        for role in roles
        if (number + role.pk) % 3
    )
    kept = QuestionSet.objects.keep_current()
    where = answered_in_full(kept)

    response = client.get(where)
    sent = client.get(where, headers={"accept-encoding": "br"}).content

    titles = {role.title for role in roles}
    linked = {text(each) for each in tree(response).find(".//main").iter("a")}
    assert titles <= linked
    assert len(order(response)) == EXPLAINED
    assert len(sent) <= 14_600
    assert brotli.decompress(sent) == response.content


def test_more_roles_than_can_be_named_are_counted(client, asked):
    many_roles(NAMED + 5)

    assertContains(result(client, asked.kept, "51--"), "and 7 more")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_places_are_written_as_people_say_them(number, words):
    assert ordinal(number) == words


def test_address_of_a_result_is_short(client, asked):
    location = client.get(address("match:result"), {"v": asked.kept.code, "s1": "5"})["Location"]

    assert parse_qs(urlsplit(location).query) == {"v": [asked.kept.code], "a": ["5---"]}
    assert re.fullmatch(r"/match/result/\?v=\w{8}&a=[-\d]{4}", location)


def test_result_answers_before_any_role_is_published(client):
    StatementFactory()
    kept = QuestionSet.objects.keep_current()

    assertContains(result(client, kept, "5"), "No role is published yet.")
