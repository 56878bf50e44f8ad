"""Reporting a problem: a form, and a page that says thank you and leads back."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.addresses import local_address, own_hosts
from careers.open_forms import Limit, Room, open_form, refusal_of
from careers.words import labels_for, words_for

from .forms import FeedbackForm
from .models import Feedback
from .pages import find

FROM_ONE_PLACE = Limit("feedback", per_hour=5, per_day=20)
FROM_ALL_PER_DAY = 200


@open_form
def form(request):
    """What is wrong with which page."""
    hosts, label = own_hosts(request), labels_for(request)
    if request.method != "POST":
        asked = FeedbackForm.about(
            request.GET.get("page", ""), request.GET.get("section", ""), hosts=hosts, label=label
        )
        return _show(request, asked)
    sent = FeedbackForm(request.POST, hosts=hosts, label=label)
    again = sent.is_valid() and sent.was_taken  # it takes no room
    refusal = refusal_of(sent, request, partial(_show, request, sent), None if again else ROOM)
    if refusal:
        return refusal
    report, is_new = sent.save()
    if is_new:
        FROM_ONE_PLACE.count_one(request)
    return redirect(reverse("feedback:thanks", query={"page": report.page}))


def _over_the_limit(label):
    sentences = [
        label("report-limit", "Thank you: we have as many reports as we can read now."),
        label(
            "report-limit-how",
            "We take {hour} an hour and {day} a day from one connection, which a whole school may share.",
            hour=FROM_ONE_PLACE.per_hour,
            day=FROM_ONE_PLACE.per_day,
        ),
        label("report-limit-all", "And we take only so many a day from everyone."),
        label("report-limit-kept", "Your words are still here: keep this page open and send it later."),
    ]
    return " ".join(sentences)


ROOM = Room(FROM_ONE_PLACE, Feedback.objects, FROM_ALL_PER_DAY, sorry=_over_the_limit)


def _show(request, form, *, status=200):
    context = {"words": words_for("feedback"), "form": form, "reported": form.reported}
    return render(request, "feedback/form.html", context, status=status)


@require_safe
def thanks(request):
    """It has arrived; what happens next, and the way back."""
    request.encoding = "utf-8"
    context = {
        "words": words_for("feedback-thanks"),
        "reported": find(local_address(request.GET.get("page", ""), own_hosts(request))),
    }
    return render(request, "feedback/thanks.html", context)
