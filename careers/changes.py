"""What changed on this site, for readers: the published versions that an editor marked as worth telling."""

from dataclasses import dataclass

from django.db.models import Q

from editorial.content.kinds import all_kinds, kind_named
from editorial.desk import differences
from editorial.models import Publishable, Version

# The state of a page and its place in lists are no news to readers.
NOT_NEWS = {"status", "position"}


@dataclass(frozen=True)
class Change:
    """One published version, as readers are told of it."""

    version: Version
    title: str
    address: str
    what: str
    fields: list
    is_new: bool


def news():
    """The versions to tell of, the newest first, without pages that readers no longer see."""
    seen = Q(pk__in=[])
    for kind in all_kinds():
        if issubclass(kind.model, Publishable):
            seen |= Q(kind=kind.folder, item_id__in=kind.model.objects.published().values("pk"))
    return Version.objects.news().filter(seen)


def told(versions):
    """A `Change` for each version. A fixed number of queries, however many."""
    versions = list(versions)
    before = Version.objects.in_bulk([version.live_before for version in versions if version.live_before])
    pages = _pages_of(versions)
    return [
        _change(version, before.get(version.live_before), pages[version.kind, version.item_id])
        for version in versions
        if (version.kind, version.item_id) in pages  # it may have gone a moment ago
    ]


def _pages_of(versions):
    pages = {}
    for kind in all_kinds():
        numbers = {version.item_id for version in versions if version.kind == kind.folder}
        if numbers:
            pages |= {(kind.folder, page.pk): page for page in kind.model.objects.filter(pk__in=numbers)}
    return pages


def _change(version, before, page):
    is_new = before is None or before.is_deletion or before.data.get("status") != Publishable.Status.PUBLISHED
    fields = [] if is_new else [each.label for each in differences(before, version) if each.name not in NOT_NEWS]
    what = kind_named(version.kind).model._meta.verbose_name
    return Change(version, str(page), page.get_absolute_url(), what, fields, is_new)
