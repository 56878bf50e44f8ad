"""What the ground floor asks for the review queue: of every draft, of every page, and of the sources."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst

from editorial import queue
from editorial.content.kinds import all_kinds
from editorial.models import Publishable, Source, Version

DAYS_AHEAD = 30


@dataclass(frozen=True)
class DraftsQuestion:
    """A question about versions of anything that travels as a file. `find` and `says` as in `queue.Question`."""

    heading: str
    find: Callable
    says: Callable

    def answer(self, request):
        """An `Answer`, or None when there is nothing to do that the person may see. At most two queries."""
        models = {kind.folder: kind.model for kind in all_kinds() if queue.may_see(request, kind.model)}
        found = self.find().filter(kind__in=models)
        total = found.order_by().count()
        if not total:
            return None
        rows = [
            queue.Row(
                capfirst(models[version.kind]._meta.verbose_name),
                version.name,
                self.says(version),
                queue.form_of(models[version.kind], version.item_id),
            )
            for version in found.select_related("saved_by").order_by("saved_at", "pk")[: queue.MOST_ROWS]
        ]
        lists = [
            queue.More(str(model._meta.verbose_name_plural), queue.list_of(model, {"has_draft": "yes"}))
            for model in models.values()
        ]
        return queue.Answer(self.heading, rows, total, lists)


def ready_for_review():
    """Drafts whose writers ask for a review, pages that readers don't see yet among them."""
    hidden = Version.objects.latest_of_each().filter(for_review=True, data__status=Publishable.Status.DRAFT)
    return Version.objects.filter(pk__in=hidden.values("pk")) | Version.objects.waiting().filter(for_review=True)


def by_whom(version):
    return f"Version {version.number} by {version.saved_by or 'the site'}, {queue.on_day(version.saved_at)}."


def in_days(day):
    """How far a day is from today: in 11 days, today, 1 day ago."""
    distance = (day - datetime.date.today()).days
    if distance == 0:
        return "today"
    number = f"{abs(distance):,} day{'s' if abs(distance) != 1 else ''}"
    return f"in {number}" if distance > 0 else f"{number} ago"


def last_day_ahead():
    return datetime.date.today() + datetime.timedelta(days=DAYS_AHEAD)


def due_soon(pages):
    return pages.filter(review_due__gte=datetime.date.today(), review_due__lte=last_day_ahead())


def filters_of_due_soon():
    return {"published": "yes", "review_due__gte": datetime.date.today(), "review_due__lte": last_day_ahead()}


def unreachable_and_met():
    """Sources that readers are sent to in vain, those that fail longest first."""
    sources = Source.objects.unreachable().cited_on_published_pages()
    return sources.select_related("last_check").order_by("last_check__failed_since", "key")


def on_the_address(source):
    check = source.last_check
    since = queue.on_day(check.failed_since)
    times = "1 failed check" if check.failures == 1 else f"{check.failures} failed checks in a row"
    return f"{check.get_outcome_display()} since {since} ({times}). {check.detail}"


queue.register(DraftsQuestion(heading="Ready for a review", find=ready_for_review, says=by_whom))
queue.register(
    DraftsQuestion(
        heading="Could not be published at its time",
        find=lambda: Version.objects.waiting().exclude(trouble=""),
        says=lambda version: version.trouble,
    )
)
queue.register(
    queue.PagesQuestion(
        heading="Review overdue",
        among=lambda pages: pages.review_overdue(),
        says=lambda day: f"Was due for review on {date_format(day)}, {in_days(day)}.",
        day="review_due",
        filters=lambda: {"published": "yes", "overdue": "yes"},
    )
)
queue.register(
    queue.PagesQuestion(
        heading=f"Review due within {DAYS_AHEAD} days",
        among=due_soon,
        says=lambda day: f"Due for review on {date_format(day)}, {in_days(day)}.",
        day="review_due",
        filters=filters_of_due_soon,
    )
)
queue.register(
    queue.PagesQuestion(
        heading="No source",
        among=lambda pages: pages.without_source(),
        says=lambda day: f"Published, but it lists no source. Last checked on {date_format(day)}.",
        day="reviewed_on",
        filters=lambda: {"published": "yes", "needs_source": "yes"},
    )
)
queue.register(
    queue.Question(
        heading="Source unreachable",
        model=Source,
        find=unreachable_and_met,
        says=on_the_address,
        filters={"unreachable": "yes", "met": "yes"},
    )
)
