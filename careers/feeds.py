"""What changed, for programs that follow the site."""

import datetime
import re

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from .changes import news, told
from .words import words_for

REFUSED_BY_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MOST_IN_A_FEED = 40
BEGINNING = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def readable(text):
    """The text without the control characters that XML refuses, and Django with it."""
    return REFUSED_BY_XML.sub(" ", text)


class StandingAtom(Atom1Feed):
    """Atom that says of a feed without entries that it is as old as the site: Django would say now."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEGINNING


class ChangesFeed(Feed):
    """The newest changes as an Atom feed."""

    feed_type = StandingAtom

    def get_object(self, request):
        return words_for("changes").page

    def title(self, page):
        return f"{page.title} – Careers in Healthcare Software"

    def subtitle(self, page):
        return page.description

    def link(self, page):
        return reverse("careers:changes")

    def items(self, page):
        return told(news().with_live_before()[:MOST_IN_A_FEED])

    def item_title(self, change):
        return readable(f"{'New' if change.is_new else 'Changed'}: {change.title}")

    def item_description(self, change):
        changed = f"Changed: {', '.join(change.fields)}." if change.fields else ""
        return readable(f"{change.version.reason} {changed}".strip())

    def item_link(self, change):
        return change.address

    def item_guid(self, change):
        return f"{change.version.kind}/{change.version.item_id}/{change.version.number}"

    item_guid_is_permalink = False

    def item_pubdate(self, change):
        return change.version.published_at

    def item_updateddate(self, change):
        return change.version.published_at
