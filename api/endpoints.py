"""Every address of the API, said once: the routes (urls.py) and the description (openapi.py) are made from it."""

from dataclasses import dataclass

from . import computed, parameters, views
from .lists import list_of
from .shapes import Shape
from .things import REASONS, ROLES, SKILLS, SOFTWARE, SOURCES, STANDARDS, THINGS, TRENDS, Thing


@dataclass(frozen=True)
class Endpoint:
    """One address. `thing` is what its slug names; `example` is a query that shows what it does."""

    name: str
    path: str
    says: str
    view: object
    answers: Shape
    parameters: type = parameters.Parameters
    thing: Thing | None = None
    tag: str = ""


LISTS = [
    (ROLES, "Roles, searched and filtered as on the page of roles.", views.roles, parameters.RolesParameters),
    (SKILLS, "Skills, all or one kind of them.", views.skills, parameters.SkillsParameters),
    (SOFTWARE, "The kinds of software that the roles build.", views.list_view(SOFTWARE), parameters.Paged),
    (STANDARDS, "Standards and rules that a developer meets.", views.list_view(STANDARDS), parameters.Paged),
    (TRENDS, "What is coming, and what is talk.", views.list_view(TRENDS), parameters.Paged),
    (REASONS, "Reasons to choose healthcare, with their price.", views.list_view(REASONS), parameters.Paged),
    (SOURCES, "The documents that published pages rest on.", views.list_view(SOURCES), parameters.Paged),
]

ENDPOINTS = [
    *(
        Endpoint(thing.folder, f"{thing.folder}/", says, view, list_of(thing.entry), form, tag=thing.folder)
        for thing, says, view, form in LISTS
    ),
    *(
        Endpoint(
            thing.name,
            f"{thing.folder}/<slug:slug>/",
            f"One {thing.name}, whole. A former slug leads to its new address.",
            views.thing_view(thing),
            thing.shape,
            thing=thing,
            tag=thing.folder,
        )
        for thing in THINGS
    ),
    Endpoint(
        "role-skills",
        "role-skills/",
        "Which role needs which skill: how much, how well, and why. Editorial judgment.",
        views.role_skills,
        list_of(views.LINK),
        parameters.LinksParameters,
        tag="skills",
    ),
    Endpoint(
        "pay",
        "pay/",
        "Official pay of one occupation: the nation, each industry, states and cities.",
        views.pay,
        list_of(computed.PAY_ROW, *computed.PAY_ABOUT),
        parameters.PayParameters,
        tag="pay",
    ),
    Endpoint(
        "role-pay",
        "pay/<slug:slug>/",
        "What official figures say about one role, and what they do not.",
        views.role_pay,
        computed.ROLE_PAY,
        thing=ROLES,
        tag="pay",
    ),
    Endpoint(
        "compare",
        "compare/",
        "Two to five roles side by side.",
        views.compare,
        computed.COMPARISON,
        parameters.CompareParameters,
        tag="roles",
    ),
    Endpoint("match", "match/", "The questionnaire of today.", views.questions, computed.QUESTIONS, tag="match"),
    Endpoint(
        "match-result",
        "match/result/",
        "Every role in order, for one answer sheet. Nothing is stored.",
        views.result,
        computed.RESULT,
        parameters.ResultParameters,
        tag="match",
    ),
    Endpoint(
        "search",
        "search/",
        "Everything that answers a search, best first.",
        views.search,
        list_of(computed.FOUND, *computed.SEARCH_ABOUT),
        parameters.SearchParameters,
        tag="search",
    ),
]
