"""What the list of roles shows for a search and some filters."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, Q

from editorial.models import Publishable
from roles.models import AlternativeTitle, Role, RoleCategory, SoftwareCategory
from skills.models import RoleSkill, Skill

from .marked import NOTHING_MARKED

ROLES_A_PAGE = 12
MOST_WORDS = 8


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
        # What each subquery finds depends on the word alone: databases look it up once, not for each role.
        titles = AlternativeTitle.objects.filter(name__icontains=word)
        software = SoftwareCategory.objects.published().filter(Q(name__icontains=word) | Q(summary__icontains=word))
        skills = Skill.objects.published().filter(name__icontains=word)
        found = found.filter(
            Q(title__icontains=word)
            | Q(tagline__icontains=word)
            | Q(promise__icontains=word)
            | Q(languages__icontains=word)
            | Q(pk__in=roles_of(titles))
            | Q(pk__in=roles_of(counts_as_building(category__in=software)))
            | Q(pk__in=roles_of(counts_as_needing(skill__in=skills)))
        )
    return found


def roles_of(links):
    """The keys of the roles that something belongs to."""
    return links.order_by().values("role")


def with_categories(roles, slugs):
    """Roles that build at least one of these kinds of software; all of them when none is named."""
    return roles.filter(pk__in=roles_of(counts_as_building(category__slug__in=slugs))) if slugs else roles


def with_skills(roles, slugs):
    """Roles that need at least one of these skills; all of them when none is named."""
    return roles.filter(pk__in=roles_of(counts_as_needing(skill__slug__in=slugs))) if slugs else roles


def answering(q, categories, skills):
    """Published roles that a search and its filters leave; the slugs are known ones."""
    return with_skills(with_categories(matching(q), categories), skills)


def offered_categories():
    """The software to filter by, in the order of the page: rows with `pk`, `slug` and `label`."""
    offered = SoftwareCategory.objects.published().order_by("position", "slug")
    return list(offered.annotate(label=F("short_name")).values_list("pk", "slug", "label", named=True))


def offered_skills():
    """The skills to filter by, in the order of the page: rows with `pk`, `slug`, `label` and `kind`."""
    offered = Skill.objects.published().order_by("-is_base", "position", "slug")
    return list(offered.annotate(label=F("name")).values_list("pk", "slug", "label", "kind", named=True))


def roles_by_category(offered, roles=None):
    """{key of an offered category: how many of `roles` build it}, without those that none builds."""
    return _count(counts_as_building(category__in=_keys(offered)), "category", roles)


def roles_by_skill(offered, roles=None):
    """{key of an offered skill: how many of `roles` need it}, without those that none needs."""
    return _count(counts_as_needing(skill__in=_keys(offered)), "skill", roles)


def _keys(offered):
    """As a list: databases would take a subquery for shorter than it is."""
    return [row.pk for row in offered]


def _count(links, end, roles):
    """How many of `roles`, or of all that are published, the links join to each thing at their other `end`."""
    if roles is None:  # leaves out the drafts: a short list, however many are published
        links = links.exclude(role__in=Role.objects.filter(status=Publishable.Status.DRAFT))
    else:
        links = links.filter(role__in=roles.values("pk"))
    return dict(links.order_by().values_list(end).annotate(Count("pk")))


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
    software, learned = offered_categories(), offered_skills()
    known_categories, known_skills = _among(software, categories), _among(learned, skills)
    found = matching(q)
    by_category = roles_by_category(software, with_skills(found, known_skills) if q or known_skills else None)
    by_skill = roles_by_skill(learned, with_categories(found, known_categories) if q or known_categories else None)
    results = answering(q, known_categories, known_skills)
    paginator = Paginator(results.for_cards().order_by("position", "slug"), ROLES_A_PAGE)
    return Browse(
        page=paginator.get_page(page_number or 1),
        facets={
            "category": _facet(software, by_category),
            "skill_healthcare": _facet([skill for skill in learned if skill.kind == Skill.Kind.HEALTHCARE], by_skill),
            "skill_general": _facet([skill for skill in learned if skill.kind == Skill.Kind.GENERAL], by_skill),
        },
        chosen=_chosen(q, known_categories, known_skills, {row.slug: row.label for row in [*software, *learned]}, have),
        unknown=[slug for slug in [*categories, *skills] if slug not in {*known_categories, *known_skills}],
    )


def _among(offered, slugs):
    """Those of `slugs` that are offered, in the order given."""
    return [slug for slug in slugs if any(slug == row.slug for row in offered)]


def _facet(offered, found):
    """(slug, label, number of roles) for each filter, also for those that lead to none."""
    return [(row.slug, row.label, found.get(row.pk, 0)) for row in offered]


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
