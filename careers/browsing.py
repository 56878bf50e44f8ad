"""What the list of roles shows for a search and some filters."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from editorial.models import Publishable
from roles.models import AlternativeTitle, Role, RoleCategory, SoftwareCategory
from skills.models import RoleSkill, Skill

from .marked import NOTHING_MARKED

ROLES_A_PAGE = 12
MOST_WORDS = 8
PUBLISHED = Publishable.Status.PUBLISHED


@dataclass(frozen=True)
class Chosen:
    """A filter that is on, and the address without it."""

    label: str
    address: str


def counts_as_building(**role):
    """Links that make a role an answer to "software you would build": more than just meeting it."""
    return RoleCategory.objects.filter(involvement__gte=RoleCategory.Involvement.SOME, **role)


def counts_as_needing(**role):
    """Links that make a role an answer to a skill: needed or core."""
    return RoleSkill.objects.filter(importance__gte=RoleSkill.Importance.NEEDED, **role)


def matching(words):
    """Published roles in which every one of `words` occurs: in the names, the promise, the software or the skills."""
    found = Role.objects.published()
    for word in words.split()[:MOST_WORDS]:
        titles = AlternativeTitle.objects.filter(role=OuterRef("pk"), name__icontains=word)
        software = counts_as_building(role=OuterRef("pk")).filter(
            Q(category__name__icontains=word) | Q(category__summary__icontains=word), category__status=PUBLISHED
        )
        skills = counts_as_needing(role=OuterRef("pk")).filter(skill__name__icontains=word, skill__status=PUBLISHED)
        found = found.filter(
            Q(title__icontains=word)
            | Q(tagline__icontains=word)
            | Q(promise__icontains=word)
            | Q(languages__icontains=word)
            | Exists(titles)
            | Exists(software)
            | Exists(skills)
        )
    return found


def with_categories(roles, slugs):
    """Roles that build at least one of these kinds of software; all of them when none is named."""
    links = counts_as_building(role=OuterRef("pk"), category__slug__in=slugs)
    return roles.filter(Exists(links)) if slugs else roles


def with_skills(roles, slugs):
    """Roles that need at least one of these skills; all of them when none is named."""
    links = counts_as_needing(role=OuterRef("pk"), skill__slug__in=slugs)
    return roles.filter(Exists(links)) if slugs else roles


def answering(q, categories, skills):
    """Published roles that a search and its filters leave; the slugs are known ones."""
    return with_skills(with_categories(matching(q), categories), skills)


def category_facet(roles):
    """(slug, name, how many of `roles` build it) for every published category, in one query."""
    counts = (
        SoftwareCategory.objects.published()
        .annotate(
            found=Count(
                "role_categories",
                filter=Q(
                    role_categories__involvement__gte=RoleCategory.Involvement.SOME,
                    role_categories__role__in=roles.values("pk"),
                ),
            )
        )
        .order_by("position", "slug")
    )
    return [(category.slug, category.short_name, category.found) for category in counts]


def skill_facet(roles):
    """(slug, name, kind, how many of `roles` need it) for every published skill, in one query."""
    counts = (
        Skill.objects.published()
        .annotate(
            found=Count(
                "role_skills",
                filter=Q(
                    role_skills__importance__gte=RoleSkill.Importance.NEEDED,
                    role_skills__role__in=roles.values("pk"),
                ),
            )
        )
        .order_by("-is_base", "position", "slug")
    )
    return [(skill.slug, skill.name, skill.kind, skill.found) for skill in counts]


def todays_slugs(asked, known):
    """The slugs that were `asked` for, those of old as the roles are called today; [] when none of them is of old.

    `known` are the slugs of published roles among them.
    """
    unknown = [slug for slug in asked if slug not in known]
    renamed = Role.objects.published().renamed(unknown) if unknown else {}
    return list(dict.fromkeys(renamed.get(slug, slug) for slug in asked)) if renamed else []


def todays_address(request, asked, known):
    """Where an address leads that names roles as they were once called (todays_slugs), or "" when it names none so.

    All its other parameters stay.
    """
    today = todays_slugs(asked, known)
    if not today:
        return ""
    query = request.GET.copy()
    query.setlist("role", today)
    return f"{request.path}?{query.urlencode()}"


@dataclass(frozen=True)
class Browse:
    """The list of roles for one address."""

    page: object
    facets: dict
    chosen: list
    unknown: list

    @property
    def count(self):
        return self.page.paginator.count


def browse(q, categories, skills, page_number, have=NOTHING_MARKED):
    """A Browse for cleaned parameters, in a fixed number of queries. Unknown slugs are reported, not obeyed.

    `have`: the skills that a reader marked, as careers.marked.Marked; they stay in the address of each filter.
    """
    known_categories = known(SoftwareCategory, categories)
    known_skills = known(Skill, skills)
    found = matching(q)
    facet_of_categories = category_facet(with_skills(found, known_skills))
    facet_of_skills = skill_facet(with_categories(found, known_categories))
    results = answering(q, known_categories, known_skills)
    paginator = Paginator(results.for_cards().order_by("position", "slug"), ROLES_A_PAGE)
    return Browse(
        page=paginator.get_page(page_number or 1),
        facets={
            "category": facet_of_categories,
            "skill_healthcare": [(s, n, c) for s, n, kind, c in facet_of_skills if kind == Skill.Kind.HEALTHCARE],
            "skill_general": [(s, n, c) for s, n, kind, c in facet_of_skills if kind == Skill.Kind.GENERAL],
        },
        chosen=_chosen(
            q,
            known_categories,
            known_skills,
            {slug: name for slug, name, *_ in [*facet_of_categories, *facet_of_skills]},
            have,
        ),
        unknown=[slug for slug in [*categories, *skills] if slug not in {*known_categories, *known_skills}],
    )


def known(model, slugs):
    """Those of `slugs` that are published rows of `model`, in the order given."""
    published = set(model.objects.published().filter(slug__in=slugs).values_list("slug", flat=True))
    return [slug for slug in slugs if slug in published]


def in_full(slugs):
    """{slug: role} of those that are published, with all that a comparison shows."""
    roles = Role.objects.published().filter(slug__in=slugs).with_own_parts()
    links = Prefetch("role_skills", RoleSkill.objects.on_published_skills())
    return {role.slug: role for role in roles.prefetch_related(links)}


def address(q="", categories=(), skills=(), page=None, have=NOTHING_MARKED):
    """The query string for these filters and what a reader marked, in one canonical order."""
    pairs = [("q", q)] if q else []
    pairs += [("category", slug) for slug in categories]
    pairs += [("skill", slug) for slug in skills]
    if page and page > 1:
        pairs.append(("page", page))
    pairs += have.pairs
    return f"?{urlencode(pairs)}" if pairs else "."


def _chosen(q, categories, skills, names, have):
    chosen = [Chosen(f"“{q}”", address("", categories, skills, have=have))] if q else []
    chosen += [
        Chosen(names[slug], address(q, [other for other in categories if other != slug], skills, have=have))
        for slug in categories
    ]
    chosen += [
        Chosen(names[slug], address(q, categories, [other for other in skills if other != slug], have=have))
        for slug in skills
    ]
    return chosen
