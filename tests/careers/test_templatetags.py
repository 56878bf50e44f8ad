"""What templates may say."""

import pytest
from django.template import Context, Template

from careers.templatetags import careers as tags
from careers.words import Words
from editorial.markdown import SourceList
from editorial.models import Citation, Source
from roles.models import EntryRoute, Role
from tests.factories import (
    ReasonFactory,
    ReasonFigureFactory,
    RoleCategoryFactory,
    RoleFactory,
    RoleReasonFactory,
    SoftwareCategoryFactory,
)


def render(source, **context):
    return Template("{% load careers %}" + source).render(Context(context))


def cited_source(key="paper"):
    return SourceList([Citation(source=Source(key=key, title="Title", publisher="Publisher"))])


# Icons


def test_icon_decorates_and_is_silent():
    icon = render('{% icon "search" %}')

    assert icon.startswith("<svg")
    assert 'aria-hidden="true"' in icon
    assert "aria-label" not in icon


def test_icon_with_a_label_is_spoken_and_the_label_is_escaped():
    icon = render('{% icon "search" label=label %}', label='"><script>')

    assert 'role="img" aria-label="&quot;&gt;&lt;script&gt;"' in icon
    assert "aria-hidden" not in icon


def test_icon_is_fetched_from_the_one_file_of_drawings():
    assert '<use href="/static/img/icons.svg#search"/>' in render('{% icon "search" %}')


# Texts


def test_markdown_becomes_safe_html():
    html = render("{{ text|markdown }}", text="**Bold** <script>alert(1)</script> [x](javascript:alert(1))")

    assert "<strong>Bold</strong>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_markdown_numbers_its_sources():
    html = render("{{ text|markdown:sources }}", text="A claim. [@paper]", sources=cited_source())

    assert 'A claim.<sup><a href="#source-1">' in html


def test_cited_is_one_line_of_escaped_text_with_numbers():
    html = render("{{ text|cited:sources }}", text="<b>A</b> **claim** [@paper]", sources=cited_source())

    assert html.startswith('&lt;b&gt;A&lt;/b&gt; **claim**<sup><a href="#source-1">')


@pytest.mark.parametrize("sources", [None, cited_source("another")], ids=["no list", "not on the list"])
@pytest.mark.parametrize("filter_name", ["markdown", "cited"])
def test_citation_of_a_source_that_the_page_does_not_list_says_so(filter_name, sources):
    html = render(f"{{{{ text|{filter_name}:sources }}}}", text="A claim. [@paper]", sources=sources)

    assert "[source needed]" in html


def test_plain_leaves_the_words_alone_and_escapes_them_in_the_page():
    html = render("{{ text|plain }}", text="A **bold** [claim](https://example.org) & <more>. [@paper]")

    assert html == "A bold claim &amp; &lt;more&gt;."


@pytest.mark.parametrize(
    ("text", "expected"), [("Nurses", "nurses"), ("EHR vendor", "EHR vendor"), ("", ""), ("A", "a")]
)
def test_lower_first_keeps_names_in_capitals(text, expected):
    assert tags.lower_first(text) == expected


def test_split_gives_the_parts():
    assert tags.split("a,b") == ["a", "b"]


# Words of a page


def test_section_head_shows_heading_and_text_of_the_passage():
    html = render('{% section_head words "next-steps" %}', words=Words(None), here="/roles/one/")

    heading, _, link = html.strip().partition("</h2>")
    assert heading == '<h2 id="next-steps">Next steps'
    assert 'href="/feedback/?page=/roles/one/&amp;section=next-steps"' in link


def test_passage_can_be_named():
    html = render('{% passage words "next-steps" as steps %}{{ steps.heading }}', words=Words(None))

    assert html == "Next steps"


# Levels and lines


@pytest.mark.parametrize(
    ("value", "word", "filled"),
    [
        (None, "Not needed", 0),
        (0, "Not needed", 0),
        (1, "Rarely", 1),
        (2, "Helps", 2),
        (3, "Needed", 3),
        (4, "Core", 4),
    ],
)
def test_importance_is_a_word_and_as_many_bars(value, word, filled):
    html = render("{% importance value %}", value=value)

    assert f"<span>{word}</span>" in html
    assert html.count('fill="currentColor"') == filled
    assert html.count("<path") == 4


def test_line_class_names_the_color():
    assert tags.line_class(Role(color="plum")) == "r-plum"


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 2, "50.0%"), (0, 3, "0.0%"), (3, 3, "100.0%"), (0, 0, "0.0%"), (1, 3, "33.3%")]
)
def test_percent_of_is_the_width_of_a_bar(part, whole, expected):
    assert tags.percent_of(part, whole) == expected


@pytest.mark.django_db
def test_line_stops_say_how_much_each_role_works_on_each_category():
    categories = SoftwareCategoryFactory.create_batch(3)
    role = RoleFactory()
    RoleCategoryFactory(role=role, category=categories[0], involvement=3)
    RoleCategoryFactory(role=role, category=categories[2], involvement=1)

    assert list(tags.line_stops([role], categories)) == [(role, [3, 0, 1])]


@pytest.mark.django_db
def test_main_links_leaves_out_side_work():
    role = RoleFactory()
    main = RoleCategoryFactory(role=role, involvement=3)
    RoleCategoryFactory(role=role, involvement=2)

    assert tags.main_links(role.role_categories.all()) == [main]


@pytest.mark.django_db
def test_bars_are_drawn_to_the_scale_of_the_largest():
    reason = ReasonFactory()
    small, large = (ReasonFigureFactory(reason=reason, value=value) for value in (25, 100))

    assert tags.bars(reason) == [(small, "25.0%"), (large, "100.0%")]


@pytest.mark.django_db
def test_bars_of_zeros_have_no_width():
    figure = ReasonFigureFactory(value=0)

    assert tags.bars(figure.reason) == [(figure, "0.0%")]


@pytest.mark.django_db
def test_strengths_have_a_dash_where_the_editors_see_none():
    reason, role, other = ReasonFactory(), RoleFactory(), RoleFactory()
    RoleReasonFactory(reason=reason, role=role, strength=3)

    assert tags.strengths(reason, [other, role]) == [(0, "–"), (3, "Strongly")]


def test_beside_pairs_roles_with_values_and_refuses_a_row_of_another_length():
    assert tags.beside("ab", [1, 2]) == [("a", 1), ("b", 2)]
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        tags.beside("ab", [1])


# Ways in


def test_pill_of_a_way_in_starts_and_ends_on_the_time_axis():
    route = EntryRoute(months_min=12, months_max=36)

    assert tags.route_bars([route], 48) == [(route, "25.0%", "50.0%")]


def test_pill_of_one_moment_can_still_be_seen():
    route = EntryRoute(months_min=10, months_max=10)

    assert tags.route_bars([route], 50) == [(route, "20.0%", "2.0%")]


def test_route_finding_names_the_quickest():
    routes = [
        EntryRoute(kind="degree", months_min=36, months_max=48),
        EntryRoute(kind="self", months_min=9, months_max=30),
    ]

    assert tags.route_finding(routes) == "Quickest: self-taught, from about 9 months"


# Where you are


@pytest.mark.parametrize(
    ("path", "current"), [("/roles/", "page"), ("/roles/one/", "true"), ("/skills/", ""), ("/", "")]
)
def test_navigation_marks_where_you_are(rf, path, current):
    html = render('{% nav_link "careers:roles" "nav-roles" "Roles" %}', request=rf.get(path))

    assert ("aria-current" in html) == bool(current)
    assert f'aria-current="{current}"' in html or not current


def test_crumbs_lead_home_and_end_here():
    html = render('{% crumbs here "careers:roles" "nav-roles" "Roles" %}', here="<EHR>")

    assert html.index('<a href="/">Home</a>') < html.index('<a href="/roles/">Roles</a>') < html.index("&lt;EHR&gt;")
    assert '<li aria-current="page">&lt;EHR&gt;</li>' in html


def test_page_address_is_what_a_reader_copies(rf):
    site, request = "https://careers.example.org", rf.get("/roles/?b=2")

    assert render("{% page_address %}", request=request, site_url=site) == f"{site}/roles/"
    assert render("{% page_address %}", request=request, site_url=site, shared_query="a=1") == f"{site}/roles/?a=1"
