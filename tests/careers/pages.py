"""What the tests of the public pages share: one of every page, and HTML as a tree."""

import json

from django.urls import reverse

from careers.urls import urlpatterns
from match.models import QuestionSet
from tests import factories
from tests.html import parse

# The pages that exist even when nothing is published yet, by the name of their address.
FIXED = [
    "home",
    "roles",
    "compare",
    "my-skills",
    "pay",
    "software",
    "skills",
    "standards",
    "why-healthcare",
    "trends",
    "search",
    "about",
    "about-data",
    "sources",
    "changes",
    "accessibility",
    "privacy",
    "advisors",
    "worksheet-compare",
    "worksheet-project",
    "worksheet-questions",
    "worksheet-match",
]
MACHINES = ["changes-feed", "sitemap", "robots", "search-suggest"]
# For frames on other sites, and for programs that make them: test_embeds.py and test_oembed.py.
FRAMES = ["embed-role", "embed-compare", "oembed"]
# Drawn for a page and shown beside it: tests/careers/test_sharing_codes.py and test_sharing_pictures.py.
PICTURES = ["qr-code", "role-picture", "comparison-picture"]

# The same for the apps above, by the whole name of the address: the key of their words.
ABOVE = {"match:start": "match", "classroom:enter": "class", "api:docs": "api"}

# The pages of one thing: address name, factory, and the field that names the thing to readers.
DETAILS = {
    "role": (factories.RoleFactory, "title"),
    "plan": (factories.RoleFactory, "title"),
    "role-pay": (factories.RoleFactory, "title"),
    "software-category": (factories.SoftwareCategoryFactory, "name"),
    "skill": (factories.SkillFactory, "name"),
    "standard": (factories.StandardFactory, "name"),
    "trend": (factories.TrendFactory, "name"),
}


def address(name, *args, **query):
    """`address("compare", role=["a", "b"])` is /compare/?role=a&role=b."""
    return reverse(name if ":" in name else f"careers:{name}", args=args, query=query or None)


def public_names():
    """The name of every public address of a page; /style/ is for those who build the site."""
    return [pattern.name for pattern in urlpatterns if pattern.name not in ("style", *PICTURES)]


def one_of_each():
    """Two published roles that share a skill, with everything linked to them. Returns every public address."""
    role = factories.RoleFactory(slug="one", published=True, with_parts=True)
    other = factories.RoleFactory(slug="other", published=True, with_parts=True)
    skill = role.role_skills.get().skill
    factories.RoleSkillFactory(role=other, skill=skill)
    factories.LearningResourceFactory(skill=skill)
    reason = role.role_reasons.get().reason
    reason.finding = "Finding."
    reason.save()
    factories.ReasonFigureFactory(reason=reason)
    statement = factories.WeightFactory(role=role, statement__about_skill=skill).statement
    factories.WeightFactory(role=other, statement=statement, value=-1)
    kept = QuestionSet.objects.keep_current()
    return [
        *map(address, FIXED),
        *map(address, ABOVE),
        answered_in_full(kept),
        address("match:result", v=kept.code, a="-" * len(kept.questions.statements)),
        *map(address, MACHINES),
        address("role", role.slug),
        address("plan", role.slug),
        address("plan", role.slug, have=[skill.slug]),
        address("plan", role.slug, format="ics"),
        address("role-pay", role.slug),
        address("software-category", role.role_categories.get().category.slug),
        address("skill", skill.slug),
        address("standard", role.role_standards.get().standard.slug),
        address("trend", role.trend_impacts.get().trend.slug),
        address("compare", role=["one", "other"]),
        address("compare", role=["one", "other"], only="differences"),
        address("compare", role=["one", "other"], format="csv"),
        address("compare", role=["one"]),
        address("compare", role=["one", "other"], have=[skill.slug]),
        address("role", role.slug, have=[skill.slug]),
        address("my-skills", role=["one", "other"], have=[skill.slug]),
        address("embed-role", role.slug),
        address("embed-compare", role=["one", "other"]),
        address("embed-compare", role=["one", "nobody"]),
        address("oembed", url=f"http://testserver{address('role', role.slug)}"),
        address("roles", q="title", category="none", skill=skill.slug),
        address("skills", kind="healthcare"),
        address("search", q="title"),
        address("search", q="nonesuch"),
        address("search-suggest", q="title"),
        reverse("feedback:thanks", query={"page": address("role", role.slug)}),
    ]


def answered_in_full(kept):
    """The address of a result with an answer to every statement, as strong as can be for and against in turn."""
    signs = [each.answers[-(number % 2)].sign for number, each in enumerate(kept.questions.statements)]
    return address("match:result", v=kept.code, a="".join(signs))


def tree(response):
    """The page as an element tree."""
    return parse(response.content.decode())


def is_data(element):
    """Is the element a block of data that no browser runs? It has no other attribute than its type, and is JSON."""
    if element.tag != "script" or element.attrib != {"type": "application/ld+json"}:
        return False
    json.loads(element.text)
    return True


def text(element):
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def with_class(root, name, tag="*"):
    """The elements of a class, in the order of the page."""
    return [each for each in root.iter(None if tag == "*" else tag) if name in each.get("class", "").split()]


def by_id(root, name):
    """The element with this id, or None."""
    return next((each for each in root.iter() if each.get("id") == name), None)
