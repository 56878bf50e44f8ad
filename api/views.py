"""What each address of the API tells. A view finds the rows as the page does; how they look is said in the shapes.

A view takes the request and its parameters, already clean, and returns plain data or a response.
"""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from careers import browsing
from careers.comparison import compare as put_side_by_side
from careers.context import site
from careers.pay_figures import PayFigures, comparison_rows
from careers.pay_views import with_figures
from careers.search.find import Found, find, nearest, with_words
from careers.words import labels_for
from match.forms import address_of
from match.models import QuestionSet
from match.questions import DamagedAnswers
from match.result import Result
from match.views import Today
from outlook.models import Occupation
from outlook.models.codes import SOFTWARE_DEVELOPERS
from roles.models import Role, SoftwareCategory
from skills.models import RoleSkill, Skill

from . import computed, lists
from .computed import Compared, RolePay
from .problems import Problem
from .shapes import Shape, of_column
from .things import ROLES, SKILLS

# Links


def _link_shape():
    part_list = ROLES.kind.part_list("role_skills")
    role = next(each for each in SKILLS.kind.part_list("role_skills").columns if each.name == "role")
    return Shape(
        "RoleSkillLink",
        "How much one role needs one skill, how well, and why. Editorial judgment.",
        tuple(of_column(column) for column in (role, *part_list.columns)),
    )


LINK = _link_shape()


def role_skills(request, form):
    links = RoleSkill.objects.on_published("role").on_published("skill")
    slugs, unknown = {}, []
    for name, model in (("role", Role), ("skill", Skill)):
        asked = form.value(name)
        slugs[name] = browsing.known(model, asked)
        unknown += [slug for slug in asked if slug not in slugs[name]]
        if asked:
            links = links.filter(**{f"{name}__slug__in": slugs[name]})
    page = lists.page_of(links.order_by("role__position", "role__slug", "-importance", "skill__slug"), form)
    return lists.answer(request, form, lists.list_of(LINK), page, [*page], unknown=unknown)


# Things


def _entries(request, form, thing, rows, unknown=()):
    page = lists.page_of(rows, form)
    items = thing.load(page.object_list, site(request)["site_url"])
    return lists.answer(request, form, lists.list_of(thing.entry), page, items, unknown=unknown)


def list_view(thing):
    """A view of all public things of one kind."""

    def view(request, form):
        return _entries(request, form, thing, thing.public())

    return view


def roles(request, form):
    asked = form.value("category"), form.value("skill")
    known = browsing.known(SoftwareCategory, asked[0]), browsing.known(Skill, asked[1])
    unknown = [slug for slug in (*asked[0], *asked[1]) if slug not in (*known[0], *known[1])]
    found = browsing.answering(form.value("q"), *known).order_by("position", "slug")
    return _entries(request, form, ROLES, found, unknown)


def skills(request, form):
    chosen = SKILLS.public()
    return _entries(request, form, SKILLS, chosen.filter(kind=form.value("kind")) if form.value("kind") else chosen)


def thing_view(thing, to=""):
    """A view of one thing, whole. `to`: the name of the address at which a former slug goes on."""

    def view(request, form, slug):
        found = _public_or_moved(thing, thing.with_lists(thing.public()), slug, to or f"api:{thing.name}")
        if not isinstance(found, thing.model):
            return found
        return thing.shape.represent(thing.load([found], site(request)["site_url"])[0])

    return view


def _public_or_moved(thing, rows, slug, to):
    """The public row with that slug, or a redirect from one it once had. Raises Http404 when there is neither."""
    found = rows.filter(**{thing.kind.key_name: slug}).first()
    if found is None and hasattr(rows, "formerly"):
        moved = thing.public().formerly(slug).first()
        if moved is not None:
            return redirect(reverse(to, args=[moved.slug]), permanent=True)
    if found is None:
        raise Http404
    return found


# Pay


def pay(request, form):
    code = form.value("occupation") or SOFTWARE_DEVELOPERS
    occupation = Occupation.objects.with_estimates().filter(code=code).first()
    if occupation is None:
        raise Problem(404, "There are no pay figures of such an occupation.")
    figures = PayFigures(occupation)
    area = form.value("area")
    rows = [figures.row(each) for each in figures.areas_called(area)] if area else figures.all_rows
    page = lists.page_of(rows, form)
    shape = lists.list_of(computed.PAY_ROW, *computed.PAY_ABOUT)
    about = {"occupation": occupation, "figures": figures}
    return lists.answer(request, form, shape, page, [*page], about=about)


def role_pay(request, form, slug, to="api:role-pay"):
    role = _public_or_moved(ROLES, Role.objects.published().prefetch_related("role_occupations__occupation"), slug, to)
    if not isinstance(role, Role):
        return role
    near = sorted(with_figures(role.role_occupations.all()), key=lambda pair: not pair[0].is_primary)
    nearest_link = near[0][0] if near and near[0][0].is_primary else None
    figures = PayFigures(nearest_link.occupation if nearest_link else None)
    address = reverse("careers:role-pay", args=[role.slug])
    return computed.ROLE_PAY.represent(RolePay(role, near, figures, site(request)["site_url"], address))


# Computed


def compare(request, form):
    asked = form.value("role")
    known = browsing.in_full(asked)
    shown = [known[slug] for slug in asked if slug in known]
    if len(shown) < 2:
        raise Problem(404, "Fewer than two of these roles are published.")
    comparison = put_side_by_side(shown, comparison_rows(shown), label=labels_for(request))
    unknown = [slug for slug in asked if slug not in known]
    return computed.COMPARISON.represent(Compared(comparison, form.value("only") == "differences", unknown))


def questions(request, form):
    current = QuestionSet.objects.current()
    if current is None:
        raise Problem(404, "There is no questionnaire yet.")
    return computed.QUESTIONS.represent(current)


def result(request, form):
    kept = QuestionSet.objects.with_code(form.value("v"))
    if kept is None:
        raise Problem(404, "There is no such version of the questions.")
    try:
        sheet = kept.questions.read(form.value("a"))
    except DamagedAnswers as error:
        raise Problem(400, "The answers do not fit this version of the questions.", {"a": [str(error)]}) from None
    now = Today(kept.questions)
    found = Result(sheet, now.roles, now.skills, labels_for(request))
    uri = f"{site(request)['site_url']}{address_of(kept.code, sheet)}"
    return computed.RESULT.represent({"kept": kept, "result": found, "uri": uri})


def search(request, form):
    q, kind = (form.value("q") or "").strip(), form.value("kind")
    found = find(q) if q else Found()
    page = lists.page_of([entry for entry in found.entries if kind in ("", None, entry.kind)], form)
    about = {
        "corrections": found.corrections,
        "unknown": found.unknown,
        "nearest": with_words(nearest(q)) if q and not found.count else [],
    }
    shape = lists.list_of(computed.FOUND, *computed.SEARCH_ABOUT)
    return lists.answer(request, form, shape, page, with_words(page.object_list), about=about)
