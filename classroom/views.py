"""Starting a class, answering in it, and its picture. No account and no cookie; nobody in a class can be told apart."""

from functools import partial, wraps
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from careers.addresses import local_address, sent_from_elsewhere
from careers.context import site
from careers.open_forms import HOUR, Limit, Room, open_form, refusal_of
from careers.secret_addresses import kept_secret, token_before
from careers.words import labels_for, words_for
from editorial import qr
from match.forms import address_of, answers_one_by_one
from match.models import QuestionSet
from match.questions import DamagedAnswers
from match.today import Today

from .codes import read_code
from .counting import NotCounted, count, is_ticket_of, new_ticket, read_ticket
from .forms import ClassQuestionForm, CodeForm, StartForm
from .models import Classroom
from .picture import Picture

# Room for a school whose students all mistype; far too slow for a program that tries them all.
WRONG_CODES_FROM_ONE_PLACE = Limit("class-code", per_hour=1_000, per_day=5_000)


class SeeOther(HttpResponseRedirect):
    """Leads on after a form, and says so: a browser that reloads the next page sends nothing again."""

    status_code = 303


def private(view):
    """Its address is a secret, or holds the code of a class: no log shall show it beside a student's result."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        return kept_secret(view(request, *args, **kwargs))

    return wrapped


# Starting a class


@private
@open_form
def new(request):
    """An advisor starts a class."""
    label, questions = labels_for(request), QuestionSet.objects.current()
    if request.method != "POST" or questions is None:
        return _show_start(request, StartForm.empty(request.GET, label=label), questions)
    sent = StartForm(request.POST, label=label)
    # Sent twice by a double click: it takes no room.
    started = sent.is_valid() and Classroom.objects.is_running_with(sent.own_token)
    refusal = refusal_of(sent, request, partial(_show_start, request, sent, questions), None if started else ROOM)
    if refusal:
        return refusal
    token = sent.own_token
    if not started:
        said = {"title": sent.cleaned_data["title"], "lasts": sent.lasts}
        token = Classroom.objects.start_once(questions, token, **said)
        ROOM.from_one.count_one(request)
    back = sent.cleaned_data["back"]
    return SeeOther(reverse("classroom:manage", args=[token], query={"back": back} if back else None))


def _over_the_limit(label):
    return label(
        "class-limit", "So many classes were started from here that we make you wait. Please try again in an hour."
    )


ROOM = Room(Limit("class-start", per_hour=20, per_day=60), Classroom.objects, most_a_day=1_000, sorry=_over_the_limit)


def _show_start(request, form, questions, *, status=200):
    context = {"words": words_for("class-new"), "form": form, "questions": questions}
    return render(request, "classroom/new.html", context, status=status)


# The advisor's own pages. Whoever has the token may do what they do, and nobody else knows their addresses.


@private
@never_cache
@require_safe
def manage(request, token):
    """The code for the board, the picture, and closing."""
    classroom = Classroom.objects.with_token(token)
    if classroom is None:
        return _missing(request, "unknown-token")
    context = {
        "words": words_for("class-manage"),
        "own_address": f"{site(request)['site_url']}{request.path}",
        "token": token,
        "back": local_address(request.GET.get("back", "")),
    }
    return _show_with_picture(request, "classroom/manage.html", classroom, context)


@private
@open_form
def close(request, token):
    """Asks once more, then freezes the class."""
    classroom = Classroom.objects.with_token(token)
    if classroom is None:
        return _missing(request, "unknown-token")
    if request.method == "POST":
        classroom.close()
    if request.method == "POST" or not classroom.is_open:
        return SeeOther(reverse("classroom:manage", args=[token]))
    return render(
        request, "classroom/close.html", {"words": words_for("class-manage"), "classroom": classroom, "token": token}
    )


@private
@csrf_exempt
@never_cache
@require_safe
def astray(request, rest):
    """An advisor's address to which a mail program added something, such as a bracket: it leads to the page."""
    token = token_before(rest)
    return (
        redirect("classroom:manage", token)
        if Classroom.objects.with_token(token)
        else _missing(request, "unknown-token")
    )


# The students' pages


@never_cache
@require_safe
def enter(request):
    """The box for the code on the board."""
    request.encoding = "utf-8"
    label = labels_for(request)
    if "code" not in request.GET:
        return _show_enter(request, CodeForm(label=label))
    form = CodeForm(request.GET, label=label)
    if not form.is_valid():
        return _show_enter(request, form)
    if WRONG_CODES_FROM_ONE_PLACE.is_reached(request):
        return _too_many(request)
    classroom = Classroom.objects.with_code(form.cleaned_data["code"])
    if classroom is None:
        WRONG_CODES_FROM_ONE_PLACE.count_one(request)
        form.add_error("code", label("class-code-unknown", "No class has this code. Look at the board again."))
        return _show_enter(request, form, status=404)
    return redirect(classroom)


def _show_enter(request, form, *, status=200):
    return render(request, "classroom/enter.html", {"words": words_for("class"), "form": form}, status=status)


def with_class(view):
    """Finds the class of the code in the address, and answers kindly when there is none.

    A form with our ticket comes from someone who knew the code before others mistyped theirs: it is always taken. All
    others get one answer over the limit, right code or wrong, so that nobody can try codes that way.
    """

    @wraps(view)
    def wrapped(request, code):
        request.encoding = "utf-8"  # whatever the request says of itself; other codecs yield text no database takes
        own = read_code(code)
        classroom = Classroom.objects.with_code(own) if own else None
        knew = classroom is not None and is_ticket_of(classroom, request.POST.get("ticket", ""))
        if not knew and WRONG_CODES_FROM_ONE_PLACE.is_reached(request):
            return _too_many(request, uncounted=own if request.method == "POST" else "")
        if classroom is None:
            WRONG_CODES_FROM_ONE_PLACE.count_one(request)
            return _missing(request, "unknown")
        if own != code and request.method != "POST":  # typed by hand
            return redirect(f"classroom:{view.__name__}", own)
        return view(request, classroom)

    return wrapped


# The browser may keep it for its own back button: the form then still has its ticket, and is not counted again. That
# is also why it is sent to another address: sending to the same one would make the browser forget the page.
@private
@cache_control(private=True, no_cache=True)
@require_safe
@with_class
def answer(request, classroom):
    """The questionnaire of the class."""
    if not classroom.is_open:
        return _missing(request, "over", status=410, classroom=classroom)
    return _show_questions(request, classroom)


@private
@open_form
@with_class
def send(request, classroom):
    """Takes what a student sends: it is counted, and leads to the student's own result."""
    return _take(request, classroom) if request.method == "POST" else redirect(classroom)


def _take(request, classroom):
    questions = classroom.question_set.questions
    try:
        sheet = questions.read(answers_one_by_one(request.POST, questions))
    except DamagedAnswers:
        return _show_questions(request, classroom, trouble="damaged", status=400)
    if sent_from_elsewhere(request):
        return _show_questions(request, classroom, sheet.by_key, trouble="elsewhere", status=403)
    try:
        ticket = read_ticket(classroom, request.POST.get("ticket", ""))
    except signing.BadSignature:
        return _show_questions(request, classroom, sheet.by_key, trouble="ticket", status=400)
    result = address_of(classroom.question_set.code, sheet)
    try:
        count(classroom, sheet, ticket)
    except NotCounted as error:
        there = None if error.why == "missing" else classroom
        return _missing(request, error.why, status=410, classroom=there, result=result, uncounted=classroom.code)
    return SeeOther(result)


def _show_questions(request, classroom, answered=None, *, trouble="", status=200):
    """`answered` is {key of a statement: sign}; `trouble` says why a form comes back."""
    form = ClassQuestionForm(classroom, words_for("match"), answered or {}, new_ticket(classroom))
    context = {"words": words_for("class-answer"), "classroom": classroom, "form": form, "trouble": trouble}
    return render(request, "classroom/answer.html", context, status=status)


@private
@never_cache
@require_safe
@with_class
def picture(request, classroom):
    """What the class leans to, for the wall and for everyone who has the code."""
    return _show_with_picture(request, "classroom/picture.html", classroom, {"words": words_for("class-picture")})


@private
@cache_control(private=True, no_cache=True)
@require_safe
@conditional_page
@with_class
def live(request, classroom):
    """The part of the picture that grows, for the script that looks every few seconds."""
    context = {"classroom": classroom, "picture": _picture_of(classroom, labels_for(request))}
    return render(request, "classroom/live.html", context | {"texts": words_for("class-picture")})


def _show_with_picture(request, template, classroom, context):
    site_url = site(request)["site_url"]
    address = f"{site_url}{classroom.get_absolute_url()}"
    context |= {
        "classroom": classroom,
        "picture": _picture_of(classroom, labels_for(request)),
        "texts": words_for("class-picture"),
        "address": address,
        "page": f"{urlsplit(site_url).netloc}{reverse('classroom:enter')}",
        "qr_code": qr.svg_inline(address, scale=7),
    }
    return render(request, template, context)


def _picture_of(classroom, label):
    questions = classroom.question_set.questions
    counts = list(classroom.tallies.values_list("about", "answer", "count", "shown"))
    now = Today(questions)
    return Picture(questions, counts, now.roles, now.skills, label, is_open=classroom.is_open)


# What is not there


def _missing(request, passage, *, status=404, **more):
    """`uncounted`: the code of the class that a form was sent to and not counted for."""
    context = {"words": words_for("class-missing"), "passage": passage, **more}
    return render(request, "classroom/missing.html", context, status=status)


def _too_many(request, **more):
    response = _missing(request, "too-many", status=429, **more)
    response["Retry-After"] = str(HOUR)
    return response
