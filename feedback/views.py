"""Reporting a problem: a form, and a page that says thank you and leads back."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careers.addresses import local_address, own_hosts, sent_from_elsewhere
from careers.open_forms import HOUR, Limit, from_elsewhere
from careers.words import labels_for, words_for

from .forms import FeedbackForm
from .models import Feedback
from .pages import find

FROM_ONE_PLACE = Limit("feedback", per_hour=5, per_day=20)
FROM_ALL_PER_DAY = 200


# Without a token: that would need a cookie, which readers never get here. There is no authority to steal either:
# the form does the same for everyone. A signed time, the sender's origin and a limit take the token's place.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request):
    """What is wrong with which page."""
    request.encoding = "utf-8"  # whatever the request says of itself; other codecs yield text no database takes
    hosts, label = own_hosts(request), labels_for(request)
    if request.method != "POST":
        asked = FeedbackForm.about(
            request.GET.get("page", ""), request.GET.get("section", ""), hosts=hosts, label=label
        )
        return _show(request, asked)
    sent = FeedbackForm(request.POST, hosts=hosts, label=label)
    if sent_from_elsewhere(request):
        sent.add_error(None, from_elsewhere(label))
        return _show(request, sent, status=403)
    if not sent.is_valid():
        return _show(request, sent)
    if FROM_ONE_PLACE.is_reached(request) or Feedback.objects.received_today().count() >= FROM_ALL_PER_DAY:
        sent.add_error(None, _over_the_limit(label))
        refusal = _show(request, sent, status=429)
        refusal["Retry-After"] = str(HOUR)
        return refusal
    report = sent.save()
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
