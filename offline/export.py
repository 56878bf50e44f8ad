"""The whole public site as static files."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import override_settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from careers.words import words_for
from editorial import days
from editorial.models import Version
from outlook.models import Release

from . import folder as places
from .addresses import starting_points
from .assets import Assets
from .harvest import Answer, gather
from .search_file import index_script, pages_script
from .standalone import INDEX_FILE, NOWHERE, PAGES_FILE, START_HERE, Copy, standalone

CALENDAR_DAY = re.compile(rb"(?<=;VALUE=DATE:)\d{8}")
CALENDAR_STAMP = re.compile(rb"(?<=DTSTAMP:)\d{8}T\d{6}Z")
CALENDAR_ADDRESS = re.compile(rb"^URL:.*\r\n", re.MULTILINE)


class Changed(Exception):
    """Something was published, or figures were imported, while the copy was being made."""


@dataclass(frozen=True)
class Report:
    """What `export` wrote. `pages`: {file: address}; `refused`: addresses that only the site itself can answer."""

    pages: dict
    written: places.Written
    refused: list


def export(folder, live=""):
    """Write the copy into `folder`. `live`: the address under which the site itself can be reached, or "".

    The same content makes the same bytes. Raises folder.WrongFolder before anything is read, folder.BadNames,
    assets.MissingAsset, harvest.TooMany, Changed and OSError; then what was in the folder stays.
    """
    places.check_place(folder)
    with override_settings(SITE_URL=live or NOWHERE):
        files, harvest = build(live)
    written = places.put(folder, files)
    pages = {answer.file: answer.address for answer in harvest.answers.values() if answer.tree}
    return Report(pages, written, sorted(harvest.refused))


def build(live):
    """({file: bytes}, Harvest) of the whole copy."""
    before, figures = newest_version(), newest_figures()
    made_of = before and before.published_at
    with days.as_if_on(made_of and timezone.localdate(made_of)):
        harvest = gather(starting_points())
    request = RequestFactory().get(f"/{START_HERE}")
    copy = Copy(harvest, Assets(), live, made_of, request)
    files = {PAGES_FILE: pages_script(harvest), INDEX_FILE: index_script(harvest)}
    everything = [*harvest.answers.values(), start_here(copy)]
    for answer in everything:
        content = standalone(copy, answer).encode() if answer.tree else as_of(copy.made_of, answer)
        if answer.file in files:
            raise places.BadNames(f"Two addresses become the file {answer.file}; one is {answer.address}.")
        files[answer.file] = content if live else content.replace(NOWHERE.encode(), b"")
    files |= copy.assets.files()
    if (newest_version(), newest_figures()) != (before, figures):
        raise Changed("Something was published or imported while the copy was being made. Make it again.")
    return files, harvest


def newest_version():
    """The version that was published last; None on a site without any."""
    return Version.objects.live().filter(published_at__isnull=False).order_by("published_at", "pk").last()


def newest_figures():
    """When official figures were imported last; None without any."""
    return Release.objects.aggregate(newest=Max("loaded_at"))["newest"]


def start_here(copy):
    """The page of the copy about itself."""
    context = {
        "words": words_for("offline-copy"),
        "live": copy.live,
        "made_of": copy.made_of,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
    }
    html = render_to_string("offline/start_here.html", context, copy.request)
    return Answer(f"/{START_HERE}", START_HERE, html.encode(), LexborHTMLParser(html))


def as_of(moment, answer):
    """The bytes of a download. A calendar begins on the day of the newest content, or copies would differ each day."""
    if not answer.file.endswith(".ics") or moment is None:
        return answer.content
    days = [datetime.strptime(each.decode(), "%Y%m%d") for each in CALENDAR_DAY.findall(answer.content)]
    first = timezone.localtime(moment).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    shift = first - min(days, default=first)

    def moved(found):
        day = datetime.strptime(found[0].decode(), "%Y%m%d") + timedelta(days=shift.days)
        return day.strftime("%Y%m%d").encode()

    content = CALENDAR_STAMP.sub(first.strftime("%Y%m%dT000000Z").encode(), answer.content)
    content = CALENDAR_DAY.sub(moved, content)
    return content if settings.SITE_URL != NOWHERE else CALENDAR_ADDRESS.sub(b"", content)
