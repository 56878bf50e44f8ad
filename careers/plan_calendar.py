"""A plan as a calendar file. It holds nothing about the reader but the skills that the address named."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from editorial.markdown import plain

from .calendar_file import Event, calendar
from .words import own_words


def plan_calendar(plan, role, address, now, label=own_words):
    """The bytes of the file; the first step is for the day of `now`. `address`: where the plan stands."""
    name = label("plan-title", "Plan: {role}", role=role.title)
    page = address.partition("?")[0]
    events = [
        Event(
            uid=str(uuid5(NAMESPACE_URL, f"{page}#{step.key}")),
            day=day,
            summary=f"{_verb(step, label)} {step.name} ({name})",
            description=_description(step, label),
            url=address,
        )
        for day, step in plan.days(timezone.localdate(now))
    ]
    return calendar(name, events, now)


def download(plan, role, address, label=own_words):
    """A file that a browser saves or opens in a calendar. It holds today's date, so caches keep it until midnight."""
    now = timezone.now()
    response = HttpResponse(plan_calendar(plan, role, address, now, label), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-{role.slug}.ics"'
    patch_cache_control(response, public=True, max_age=_seconds_left(now))
    return response


def _seconds_left(now):
    """Until the next midnight of the site's clock."""
    today = timezone.localdate(now)
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    return int((midnight - now).total_seconds())


def _verb(step, label):
    return {
        "build": label("plan-build", "Build:"),
        "learn": label("plan-learn", "Learn:"),
        "know": label("plan-know", "Know before you apply:"),
        "read": label("plan-read", "Read about:"),
    }[step.kind]


def _description(step, label):
    if step.kind == "build":
        return f"{step.thing.get_size_display()}. {plain(step.thing.shows)}"
    if step.kind != "learn":
        return plain(step.thing.standard.summary)
    lines = [plain(step.thing.why)]
    if step.resource:
        hours = (
            label("plan-one-hour", "free, about 1 hour.")
            if step.resource.hours == 1
            else label("plan-hours", "free, about {hours} hours.", hours=step.resource.hours)
        )
        lines += [f"{label('plan-begin', 'Begin with')} {step.resource.title}, {hours}", step.resource.url]
    return "\n".join(lines)
