"""What the description gives as examples: things that are published at this moment, so that each can be tried."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from match.models import QuestionSet
from roles.models import SoftwareCategory

from .things import BY_NAME, ROLES, SKILLS

HOW_MANY = 2


@dataclass(frozen=True)
class Example:
    """The address to try, and {name of a parameter: values that mean something}."""

    address: str
    parameters: dict


def examples():
    """{name of an endpoint: Example}, without those for which nothing is published yet; a fixed number of queries."""
    roles, skills = _keys(ROLES, 3), _keys(SKILLS)
    categories = [*SoftwareCategory.objects.published().values_list("slug", flat=True)[:HOW_MANY]]
    found = {
        "roles": _ask("roles", {"q": ["images"], "category": [categories]}),
        "skills": _ask("skills", {"kind": ["healthcare"], "per_page": [5]}),
        "role-skills": _ask("role-skills", {"role": [roles[:1]], "skill": [skills[:1]]}),
        "pay": _ask("pay", {"occupation": ["15-1252"], "area": ["0000000", "Texas"]}),
        "search": _ask("search", {"q": ["FHIR", "telemedecine"], "kind": ["skill"]}),
    }
    found |= {name: _ask(name, {}) for name in ("software", "standards", "trends", "reasons", "sources")}
    for name, thing in BY_NAME.items():
        if keys := _keys(thing):
            found[name] = Example(reverse(f"api:{name}", args=keys[:1]), {"slug": keys})
    if roles:
        found["role-pay"] = Example(reverse("api:role-pay", args=roles[:1]), {"slug": roles[:HOW_MANY]})
    if len(roles) > 1:
        found["compare"] = _ask("compare", {"role": [roles[:2], roles], "only": ["differences"]})
    current = QuestionSet.objects.current()
    if current:
        sheet = "".join(each.answers[-(number % 2)].sign for number, each in enumerate(current.questions.statements))
        found["match"] = _ask("match", {})
        found["match-result"] = _ask("match-result", {"v": [current.code], "a": [sheet]})
    return found


def _keys(thing, count=HOW_MANY):
    return [*thing.public().values_list(thing.kind.key_name, flat=True)[:count]]


def _ask(name, parameters):
    """An Example that asks with the first value of each parameter; what has no value is left out."""
    given = {name: [value for value in values if value] for name, values in parameters.items()}
    given = {name: values for name, values in given.items() if values}
    query = urlencode({name: values[0] for name, values in given.items()}, doseq=True)
    return Example(f"{reverse(f'api:{name}')}{query and f'?{query}'}", given)
