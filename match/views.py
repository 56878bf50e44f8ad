"""The questionnaire and its result. Nothing about a reader is stored: the address holds the whole answer sheet."""

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.sharing.pictures import Line, Picture
from careers.sharing.previews import BETWEEN_SLUGS, LinkPicture, answer, site_name
from careers.sharing.views import published_roles
from careers.words import labels_for, words_for
from skills.models import RoleSkill

from .forms import QuestionForm, ResultForm, address_of, answers_any, answers_one_by_one
from .models import QuestionSet
from .questions import DamagedAnswers
from .result import IN_DETAIL, Result
from .today import Today


@require_safe
def start(request):
    """All statements on one page. An address with answers opens it filled in, so that they can be changed."""
    words, current = words_for("match"), QuestionSet.objects.current()
    form = QuestionForm(current, words, _answers_before(request, current)) if current else None
    return render(request, "match/start.html", {"words": words, "form": form})


def _answers_before(request, current):
    """{key of a statement: sign} from the address; nothing when it cannot be read."""
    form = ResultForm(request.GET)
    code = form.value("v")
    kept = current if code == current.code else QuestionSet.objects.with_code(code)
    try:
        return kept.questions.read(form.value("a")).by_key if kept else {}
    except DamagedAnswers:
        return {}


@require_safe
def result(request):
    """The roles in order, from the answers in the address."""
    form = ResultForm(request.GET)
    sent_one_by_one = "a" not in request.GET
    if sent_one_by_one and "v" not in request.GET and not answers_any(request.GET):
        return redirect("match:start")
    # The questionnaire names its version. Answers that come without one are taken for today's statements.
    is_for_today = sent_one_by_one and "v" not in request.GET
    kept = QuestionSet.objects.current() if is_for_today else QuestionSet.objects.with_code(form.value("v"))
    if kept is None:
        return _unreadable(request, "unknown-version", 404)
    questions = kept.questions
    signs = answers_one_by_one(request.GET, questions) if sent_one_by_one else form.value("a")
    try:
        sheet = questions.read(signs)
    except DamagedAnswers:
        return _unreadable(request, "damaged", 400)
    if sent_one_by_one:
        return redirect(address_of(kept.code, sheet))
    now = Today(questions)
    found = Result(sheet, now.roles, now.skills, labels_for(request))
    links = Prefetch("role_skills", RoleSkill.objects.on_published_skills())
    prefetch_related_objects([place.role for place in found.in_detail], links)
    context = {
        "words": words_for("match-result"),
        "result": found,
        "is_current": kept.is_current,
        "shared_query": address_of(kept.code, sheet).partition("?")[2],
        "change": address_of(kept.code, sheet, "match:start"),
        "link_picture": _picture_of([place.role for place in found.in_detail], labels_for(request)),
    }
    return render(request, "match/result.html", context)


@require_safe
def picture(request, slugs):
    """The roles that come first, in their order: for links to results, and without the answers."""
    roles = published_roles(slugs, at_least=1, at_most=IN_DETAIL)
    return answer(request, _picture_of(roles, labels_for(request)))


def _picture_of(roles, label):
    """None without roles: where answers tell none apart."""
    if not roles:
        return None
    shown = Picture(
        label("match-picture", "Which roles come first for me"), "", tuple(map(Line.of, roles)), site_name(label)
    )
    return LinkPicture(reverse("match:picture", args=[BETWEEN_SLUGS.join(role.slug for role in roles)]), shown)


def _unreadable(request, passage, status):
    context = {"words": words_for("match-result"), "passage": passage}
    return render(request, "match/unreadable.html", context, status=status)
