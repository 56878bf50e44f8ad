"""The public pages. A view finds what its page needs and names the template; it computes nothing.

Pages never touch the session for readers, so that any cache may keep them. Only where nothing published
answers does a signed-in member of staff see a draft, or an error page.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editorial.markdown import SourceList
from editorial.models import Citation, Source
from outlook.models import RoleOccupation
from roles.models import Role, RoleStandard, SoftwareCategory, Standard
from skills.models import RoleSkill, Skill

from . import browsing, examples, linked_data
from .changes import news, told
from .context import site
from .forms import BrowseForm, FacetForm, MarkedForm, PageForm, SkillKindForm, listed
from .marked import neighbors_of
from .models import Reason, Trend, TrendImpact
from .pay import axis as pay_axis
from .pay_figures import PayEvidence, PayGlance
from .published import is_staff, published_or_draft, render_page
from .sharing.previews import of_role
from .week import lay_out
from .words import labels_for, words_for

MOST_IN_A_PICTURE = 12
MOST_IN_A_LIST = 60
SOURCES_A_PAGE = 60
CHANGES_A_PAGE = 30


@require_safe
def home(request):
    """What this site is, and the ways in."""
    roles = list(Role.objects.for_cards()[: MOST_IN_A_PICTURE + 1])
    reasons = list(Reason.objects.with_pictures()[:2])
    context = {
        "words": words_for("home"),
        "roles": roles[:MOST_IN_A_PICTURE],
        "more_roles": len(roles) > MOST_IN_A_PICTURE,
        "categories": SoftwareCategory.objects.published()[:MOST_IN_A_PICTURE],
        "reasons": reasons,
        "sources": _sources_of(*reasons),
    }
    return render(request, "careers/home.html", context)


@require_safe
def roles(request):
    """All roles, searched and filtered. The skills that a reader marked travel along to wherever the list leads."""
    label = labels_for(request)
    form = BrowseForm(listed(request.GET, "category", "skill", "have"), label)
    form.is_valid()
    have, asked = form.marked, (form.value("q"), form.value("category"), form.value("skill"))
    _, categories, skills = asked
    found = browsing.browse(*asked, form.value("page"), have)
    number = found.page.number
    query = browsing.address(*asked, number).lstrip(".?")
    chosen = {"category": categories, "skill_healthcare": skills, "skill_general": skills}
    context = {
        "words": words_for("roles"),
        "form": form,
        "facets": FacetForm(found.facets, chosen, label),
        "found": found,
        "have": have,
        "previous": browsing.address(*asked, number - 1, have),
        "next": browsing.address(*asked, number + 1, have),
        "query": query,
        # Who reports a fault of this page need not say what they know.
        "here": f"{request.path}?{query}" if query else request.path,
        "shared_query": browsing.address(*asked, number, have).lstrip(".?"),
    }
    return render(request, "careers/roles.html", context)


@require_safe
def role(request, slug):
    """One role, for someone wondering whether it is for them."""
    role = published_or_draft(request, Role.objects.with_own_parts().prefetch_related(*_links_of_a_role()), slug)
    if isinstance(role, HttpResponse):
        return role
    form = MarkedForm(listed(request.GET, "have"))
    form.is_valid()
    have = form.marked
    impacts = role.trend_impacts.all()
    skills = role.role_skills.all()
    context = {
        "words": words_for("role"),
        "role": role,
        "sources": SourceList(role.citations.all(), if_cited=_citations_of(impact.trend for impact in impacts)),
        "week": lay_out(role.week_activities.all()),
        "general_skills": [link for link in skills if link.skill.kind == Skill.Kind.GENERAL],
        "healthcare_skills": [link for link in skills if link.skill.kind == Skill.Kind.HEALTHCARE],
        "when_choices": RoleStandard.When,
        "longest_route": max((route.months_max for route in role.entry_routes.all()), default=0),
        "have": have,
        "shared_query": have.parameters,
        "bridge": have.bridge_to(role),
        "neighbors": neighbors_of(role, have),
        "glance": PayGlance(next(iter(role.role_occupations.all()), None)),
        "link_picture": of_role(role, labels_for(request)),
        "axis": pay_axis(),
        "impacts": impacts,
    }
    context["linked_data"] = linked_data.occupation(role, skills, context["glance"], site(request)["site_url"])
    return render_page(request, "careers/role.html", context, role)


def _links_of_a_role():
    return [
        Prefetch("role_skills", RoleSkill.objects.on_published_skills()),
        Prefetch("role_occupations", RoleOccupation.objects.primary()),
        Prefetch("trend_impacts", TrendImpact.objects.on_published_trends()),
        Prefetch("trend_impacts__trend__citations", Citation.objects.select_related("source")),
    ]


@require_safe
def software(request):
    """The kinds of software, and who builds them."""
    roles = list(Role.objects.for_cards()[:MOST_IN_A_PICTURE])
    context = {
        "words": words_for("software"),
        "categories": SoftwareCategory.objects.for_list()[:MOST_IN_A_LIST],
        "map_categories": SoftwareCategory.objects.published()[:MOST_IN_A_PICTURE],
        "roles": roles,
    }
    return render(request, "careers/software.html", context)


@require_safe
def software_category(request, slug):
    """One kind of software."""
    category = published_or_draft(request, SoftwareCategory.objects.with_page_parts(), slug)
    if isinstance(category, HttpResponse):
        return category
    context = {"words": words_for("category"), "category": category, "sources": _sources_of(category)}
    return render_page(request, "careers/category.html", context, category)


@require_safe
def skills(request):
    """Skills down, roles across: who needs what."""
    form = SkillKindForm(request.GET)
    form.is_valid()
    roles = list(Role.objects.published()[: MOST_IN_A_PICTURE + 1])
    shown = roles[:MOST_IN_A_PICTURE]
    chosen = Skill.objects.published()
    if form.kind_asked:
        chosen = chosen.filter(kind=form.kind_asked)
    links = RoleSkill.objects.filter(role__in=shown).select_related("role")
    context = {
        "words": words_for("skills"),
        "kind": form.kind_asked,
        "shared_query": f"kind={form.kind_asked}" if form.kind_asked else "",
        "groups": _matrix(chosen.prefetch_related(Prefetch("role_skills", links))[:MOST_IN_A_LIST], shown),
        "roles": shown,
        "more_roles": len(roles) > MOST_IN_A_PICTURE,
    }
    listed = [skill for _, rows in context["groups"] for skill, _ in rows]
    context["linked_data"] = linked_data.terms(context["words"].page, listed, request.path, site(request)["site_url"])
    return render(request, "careers/skills.html", context)


def _matrix(skills, roles):
    """(kind, [(skill, [importance or 0 for each role])]) for both kinds, healthcare first."""
    rows = [
        (skill, [{link.role_id: link.importance for link in skill.role_skills.all()}.get(role.pk, 0) for role in roles])
        for skill in skills
    ]
    groups = [(kind, [row for row in rows if row[0].kind == kind]) for kind in Skill.Kind]
    return [(kind, group) for kind, group in groups if group]


@require_safe
def skill(request, slug):
    """One skill: what it means, who needs it and why, and where to learn it for free."""
    skill = published_or_draft(request, Skill.objects.with_page_parts(), slug)
    if isinstance(skill, HttpResponse):
        return skill
    context = {
        "words": words_for("skill"),
        "skill": skill,
        "sources": _sources_of(skill),
        "linked_data": linked_data.term(skill, reverse("careers:skills"), site(request)["site_url"]),
    }
    return render_page(request, "careers/skill.html", context, skill)


@require_safe
def standards(request):
    """The rules and standards a developer meets."""
    listed = list(Standard.objects.for_list())
    context = {
        "words": words_for("standards"),
        "groups": [(kind, [each for each in listed if each.kind == kind]) for kind in Standard.Kind],
        "has_any": bool(listed),
    }
    context["linked_data"] = linked_data.terms(context["words"].page, listed, request.path, site(request)["site_url"])
    return render(request, "careers/standards.html", context)


@require_safe
def standard(request, slug):
    """One standard: what it prevents, and what it changes in the work."""
    standard = published_or_draft(request, Standard.objects.with_page_parts(), slug)
    if isinstance(standard, HttpResponse):
        return standard
    context = {
        "words": words_for("standard"),
        "standard": standard,
        "sources": _sources_of(standard),
        "linked_data": linked_data.term(standard, reverse("careers:standards"), site(request)["site_url"]),
    }
    return render_page(request, "careers/standard.html", context, standard)


@require_safe
def why_healthcare(request):
    """Healthcare beside general tech: each reason with its evidence and its price."""
    reasons = list(Reason.objects.for_page())
    context = {
        "words": words_for("why-healthcare"),
        "reasons": reasons,
        "roles": list(Role.objects.published()[:MOST_IN_A_PICTURE]),
        "sources": _sources_of(*reasons),
        "evidence": PayEvidence(),
        "axis": pay_axis(),
    }
    return render(request, "careers/why_healthcare.html", context)


@require_safe
def trends(request):
    """What is coming, and what is talk."""
    context = {
        "words": words_for("trends"),
        "trends": list(Trend.objects.published().with_page_parts()),
        "steps": Trend.Maturity,
    }
    context["sources"] = _sources_of(*context["trends"])
    return render(request, "careers/trends.html", context)


@require_safe
def trend(request, slug):
    """One trend, and what it changes for each role."""
    trend = published_or_draft(request, Trend.objects.with_page_parts(), slug)
    if isinstance(trend, HttpResponse):
        return trend
    context = {
        "words": words_for("trend"),
        "trend": trend,
        "steps": Trend.Maturity,
        "sources": _sources_of(trend),
    }
    return render_page(request, "careers/trend.html", context, trend)


@require_safe
def about(request):
    """Who is behind this, and how it is made."""
    return render(request, "careers/text.html", {"words": words_for("about")})


@require_safe
def about_data(request):
    """How figures and judgments come about."""
    return render(request, "careers/about_data.html", {"words": words_for("about-data"), "parent": "about"})


@require_safe
def sources(request):
    """Every document that this site rests on, some at a time."""
    form = PageForm(request.GET)
    form.is_valid()
    found = Paginator(Source.objects.cited_on_published_pages(), SOURCES_A_PAGE).get_page(
        form.cleaned_data.get("page") or 1
    )
    context = {"words": words_for("sources"), "found": found, "shared_query": _query_of(found)}
    return render(request, "careers/sources.html", context)


@require_safe
def changes(request):
    """What was added or corrected, when and why."""
    form = PageForm(request.GET)
    form.is_valid()
    found = Paginator(news().with_live_before(), CHANGES_A_PAGE).get_page(form.cleaned_data.get("page") or 1)
    context = {
        "words": words_for("changes"),
        "found": found,
        "changes": told(found),
        "shared_query": _query_of(found),
    }
    return render(request, "careers/changes.html", context)


def _query_of(page):
    """What the address of one page of a long list says beyond that of the first."""
    return f"page={page.number}" if page.number > 1 else ""


@require_safe
def accessibility(request):
    """What works for whom, and what does not yet."""
    return render(request, "careers/text.html", {"words": words_for("accessibility")})


@require_safe
def privacy(request):
    """What this site knows about its readers: nothing."""
    return render(request, "careers/text.html", {"words": words_for("privacy")})


@require_safe
def style(request):
    """Every component in every state, for those who build the site."""
    if not settings.DEBUG and not is_staff(request):
        raise Http404
    return render(request, "careers/style.html", examples.components() | {"no_words": words_for("style")})


@require_safe
def robots(request):
    """Robots may read everything but the admin."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /style/"]
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    lines.append(f"Sitemap: {site}{reverse('careers:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _sources_of(*pages):
    return SourceList(_citations_of(pages))


def _citations_of(pages):
    return [citation for page in pages for citation in page.citations.all()]
