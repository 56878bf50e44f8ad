"""Takes down every save of an item, and publishes, undoes, removes and recovers: one transaction each."""

import datetime
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from editorial.content.kinds import kind_named, kind_of
from editorial.content.write import Writer
from editorial.models import OpenForm, Publishable, Version

from .merging import common_ancestor, merged, three_ways

FIRST = "First version on record."
ELSEWHERE = "Changed outside the editors' desk."
NO_DRAFT = "This draft has been published or set aside meanwhile."
FURTHEST = datetime.timedelta(days=731)
FORM_COUNTS_AS_OPEN = datetime.timedelta(minutes=3)


class Collision(Exception):
    """Somebody saved the item since this work on it began. `mine` is kept as a version; `theirs` stands."""

    def __init__(self, mine, theirs):
        self.mine, self.theirs = mine, theirs
        super().__init__(f"{theirs} came in between.")


class Refused(Exception):
    """The item cannot be written as it is. `sentences` say why, for the editor."""

    def __init__(self, sentences):
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


# What stands, and what waits


def live(item):
    """The version that stands in the tables as far as is on record, or None."""
    return _versions(item).live().first()


def waiting(item):
    """The draft of the item's next version, or None."""
    return _versions(item).waiting().first()


def current(item):
    """The live version. When the tables have moved on without the desk, takes them down as a new one first."""
    return record(item, reason=ELSEWHERE if live(item) else FIRST)


def newest(item):
    """What work on the item begins with: its draft, or else its live version.

    When both exist and the live one is newer, that one: the draft has been overtaken.
    """
    standing, draft = current(item), waiting(item)
    return draft if draft and draft.number > standing.number else standing


def is_there(version):
    """Is the version's item in the tables?"""
    return kind_named(version.kind).model.objects.filter(pk=version.item_id).exists()


def is_visible(item):
    """Do readers see the item?"""
    return not isinstance(item, Publishable) or item.is_published


# Writing it down


@transaction.atomic
def record(item, *, reason, by=None, is_news=False):
    """Take down the item as it stands in the tables. Returns its live version, the last one if nothing changed."""
    kind = kind_of(type(item))
    item = _locked(item)
    data = _plain(kind.as_data(item))
    last = live(item)
    if last and last.digest == kind.digest(data):
        return last
    return _add(item, data, Version.State.LIVE, by=by, reason=reason, is_news=is_news, based_on=last)


def record_outside_change(items, user, reason):
    """Take down each item that an import or another tool has just changed."""
    for item in items:
        record(item, by=user, reason=reason)


def save_draft(item, data, *, opened, by=None, reason="", is_news=False, for_review=False):
    """Keep `data` as the draft of the item's next version; the one before it is set aside.

    `opened` is the number of the version that the work began with. Returns the version that was opened when nothing
    was changed in it; new words about a draft are kept with it. Raises Collision when another one was saved since:
    `data` is then kept as set aside.
    """
    kind = kind_of(type(item))
    data = _plain(data)
    words = {"by": by, "reason": reason, "is_news": is_news, "for_review": for_review}
    with transaction.atomic():
        item = _locked(item)
        standing = newest(item)
        if standing.number == opened:
            if standing.digest == kind.digest(data) and not (for_review and not standing.for_review):
                return _said_anew(item, standing, reason, is_news)
            _set_draft_aside(item)
            return _add(item, data, Version.State.WAITING, based_on=standing, **words)
        base = _versions(item).filter(number=opened).first()
        mine = _add(item, data, Version.State.ASIDE, based_on=base, **words)
    raise Collision(mine, standing)


def _said_anew(item, standing, reason, is_news):
    """The version itself, since nothing in it was changed, with what its writer now says about it."""
    if standing.state == Version.State.LIVE:
        _set_draft_aside(item)  # a draft that was overtaken, and has nothing to add
    elif (reason or standing.reason, is_news) != (standing.reason, standing.is_news):
        standing.reason, standing.is_news = reason or standing.reason, is_news
        standing.save(update_fields=["reason", "is_news"])
    return standing


def set_aside(item, data, *, opened, by, reason=""):
    """Keep words for an item that is gone, made from the version `opened`: its history has them."""
    return _add(item, _plain(data), Version.State.ASIDE, by=by, reason=reason, based_on=opened)


@transaction.atomic
def discard(version):
    """Set a draft aside. It stays in the history, from where it can be taken up again."""
    Version.objects.waiting().filter(pk=version.pk).update(state=Version.State.ASIDE, publish_at=None)


# Publishing


def publish(version, *, by=None, reason="", is_news=False):
    """Make a draft the page that readers see. Returns the version.

    Raises Collision when the live page has changed since the draft began, and Refused when it cannot be written: then
    nothing is.
    """
    changes = {"status": Publishable.Status.PUBLISHED.value}
    return _put_up(version, by=by, reason=reason, is_news=is_news, changes=changes)


def keep(version, *, by=None):
    """Put a draft into the tables of a page that readers don't see yet. Raises like `publish`."""
    return _put_up(version, by=by, reason=version.reason, is_news=False, changes={})


def _put_up(version, *, by, reason, is_news, changes):
    kind = kind_named(version.kind)
    item = kind.model.objects.filter(pk=version.item_id).first()
    if item is None:
        raise Refused(["The page has been deleted."])
    current(item)  # before the transaction: what came in between stays on record when this is rolled back
    with transaction.atomic():
        return _put_up_locked(kind, _locked(item), version, by=by, reason=reason, is_news=is_news, changes=changes)


def _put_up_locked(kind, item, version, *, by, reason, is_news, changes):
    standing = current(item)
    version.refresh_from_db()
    if version.state != Version.State.WAITING:
        raise Refused([NO_DRAFT])
    if standing.number > version.number:
        raise Collision(version, standing)
    data = kind.completed(version.data)
    _write(kind, item, data | changes if kind.is_publishable else data)
    version.data = _plain(kind.as_data(_fresh(item)))
    version.digest = kind.digest(version.data)
    version.key, version.name = kind.key_of(item), _name(item)
    version.state = Version.State.LIVE
    version.published_at, version.published_by = timezone.now(), by
    version.publish_at, version.trouble = None, ""
    version.reason, version.is_news = reason or version.reason, is_news
    version.save()
    return version


@transaction.atomic
def schedule(version, when, *, by, reason="", is_news=False):
    """Let `publish_due` publish a draft at `when`, a date and time to come.

    Raises Refused when the time is past or years away, or when it is a draft no longer.
    """
    now = timezone.now()
    if when <= now:
        raise Refused(["Choose a time to come."])
    if when > now + FURTHEST:
        raise Refused(["Choose a time within the next two years."])
    words = {"publish_at": when, "published_by": by, "reason": reason or version.reason, "is_news": is_news}
    if not Version.objects.waiting().filter(pk=version.pk).update(trouble="", **words):
        raise Refused([NO_DRAFT])
    version.refresh_from_db()


def publish_due(now=None):
    """Publish the drafts whose time has come. Returns (version, "" or why it could not be) for each.

    A draft that the live page has overtaken is brought up to date when the two changed different fields. What cannot
    be published stays a draft without a time, and says why.
    """
    return [(version, _publish_on_time(version)) for version in Version.objects.due(now or timezone.now())]


def _publish_on_time(version):
    words = {"by": version.published_by, "reason": version.reason, "is_news": version.is_news}
    try:
        try:
            publish(version, **words)
        except Collision as collision:
            version = _brought_up_to_date(collision)
            if version.state == Version.State.WAITING:
                publish(version, **words)
    except (Collision, Refused, DatabaseError) as error:
        # One draft's trouble keeps no other from its time.
        trouble = str(error)[:400]
        Version.objects.waiting().filter(pk=version.pk).update(publish_at=None, published_by=None, trouble=trouble)
        return trouble
    return ""


def _brought_up_to_date(collision):
    """A new draft with the changes of both; the live version when it says all of it already.

    Raises Collision again when both changed the same field.
    """
    mine, theirs = collision.mine, collision.theirs
    base = common_ancestor(mine, theirs)
    if any(difference.is_clash for difference in three_ways(base, mine, theirs)):
        raise collision
    item = kind_named(mine.kind).model.objects.get(pk=mine.item_id)
    return save_draft(item, merged(base, mine, theirs), opened=theirs.number, by=mine.saved_by, reason=mine.reason)


# Changes that need no draft


def change(item, *, by, reason, is_news=False, **values):
    """Give a live item some values at once. Raises ValidationError, and then changes nothing.

    Everything else stays as the tables have it by now, whatever `item` was loaded with.
    """
    return _give(item, values, check=True, by=by, reason=reason, is_news=is_news)


def take_down(item, *, by, reason):
    """Make a published page a draft again. Readers no longer find it. No gap in the page stands in the way."""
    return _give(item, {"status": Publishable.Status.DRAFT.value}, check=False, by=by, reason=reason)


def _give(item, values, *, check, **words):
    with transaction.atomic():
        current(item)
        fresh = _with_values(_locked(item), values)
        if check:
            fresh.full_clean()
        fresh.save()
        _written(kind_of(type(fresh)))
        version = record(fresh, **words)
    _with_values(item, values)
    return version


def _with_values(item, values):
    for name, value in values.items():
        setattr(item, name, value)
    return item


@transaction.atomic
def undo(item, *, by):
    """Bring back the live version before the last, and tell readers no more of the last.

    Raises Refused when there is none to go back to.
    """
    item = _locked(item)
    last = current(item)
    before = _versions(item).live().filter(number__lt=last.number).first()
    if before is None or before.is_deletion:
        raise Refused(["This is the first version: there is nothing to go back to."])
    Version.objects.filter(pk=last.pk).update(is_news=False)
    kind = kind_of(type(item))
    _write(kind, item, _with_addresses(kind, kind.completed(before.data), last.data))
    return record(item, by=by, reason=f"Version {last.number} undone: this is version {before.number} again.")


def restore(item, version, *, by):
    """Make an older version the draft of the next one. Raises Collision as `save_draft` does."""
    kind = kind_of(type(item))
    standing = newest(item)
    data = kind.completed(version.data)
    if kind.is_publishable:
        data["status"] = standing.data["status"]
    data = _with_addresses(kind, data, standing.data)
    return save_draft(item, data, opened=standing.number, by=by, reason=f"Version {version.number} again.")


@transaction.atomic
def remove(item, *, by, reason=""):
    """Delete an item; its versions stay. Returns the record of it. Raises ProtectedError when others rest on it.

    What follows for the rest of its kind is worked out by the caller, once: `remove_all` does.
    """
    item = _locked(item)
    last = current(item)
    _set_draft_aside(item)
    gone = _add(item, None, Version.State.LIVE, by=by, reason=reason or "Deleted.", based_on=last)
    item.delete()
    return gone


@transaction.atomic
def remove_all(items, *, by, reason=""):
    """Delete several items, or none when others rest on one of them: then it raises ProtectedError."""
    for item in items:
        remove(item, by=by, reason=reason)
    for kind in {kind_of(type(item)) for item in items}:
        _written(kind)


@transaction.atomic
def recover(gone, *, by):
    """Bring a deleted item back, as a draft where it can be one. Returns the item.

    Raises Refused when it cannot be written, such as when its address has been taken.
    """
    kind = kind_named(gone.kind)
    if kind.model.objects.filter(pk=gone.item_id).exists():
        raise Refused(["It is there already."])
    last = Version.objects.of(kind, gone.item_id).live().filter(data__isnull=False).first()
    data = kind.completed(last.data)
    if kind.is_publishable:
        data["status"] = Publishable.Status.DRAFT.value
    item = kind.model(pk=gone.item_id)
    _write(kind, item, data)
    record(item, by=by, reason=f"Recovered: this is version {last.number} again.")
    return item


# Who has it open


def seen(item, user):
    """Note that the person has the item's form open now."""
    kind = kind_of(type(item))
    OpenForm.objects.update_or_create(
        kind=kind.folder, item_id=item.pk, user=user, defaults={"seen_at": timezone.now()}
    )


def others_at(item, user):
    """Others who have its form open, as far as is known."""
    since = timezone.now() - FORM_COUNTS_AS_OPEN
    kind = kind_of(type(item))
    rows = OpenForm.objects.filter(kind=kind.folder, item_id=item.pk, seen_at__gte=since).exclude(user=user)
    return [row.user for row in rows.select_related("user").order_by("seen_at")]


# Below the desk


def _versions(item):
    return Version.objects.of(kind_of(type(item)), item.pk)


def _fresh(item):
    """The item as the tables have it, without anything loaded earlier."""
    return type(item).objects.get(pk=item.pk)


def _locked(item):
    """The same, and nobody else writes it until the transaction ends (SQLite locks as a whole)."""
    return type(item).objects.select_for_update().get(pk=item.pk)


def _plain(data):
    """The data as it comes back from the database: dates are texts."""
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder)) if data is not None else None


def _name(item):
    return str(item)[: Version._meta.get_field("name").max_length]


def _add(item, data, state, *, by, based_on, reason="", is_news=False, for_review=False):
    kind = kind_of(type(item))
    last = _versions(item).aggregate(last=Max("number"))["last"] or 0
    is_live = state == Version.State.LIVE
    return Version.objects.create(
        kind=kind.folder,
        item_id=item.pk,
        number=last + 1,
        key=kind.key_of(item),
        name=_name(item),
        data=data,
        digest=kind.digest(data) if data is not None else "",
        based_on=based_on.number if based_on else None,
        state=state,
        reason=reason,
        is_news=is_news,
        for_review=for_review,
        saved_by=by,
        published_at=timezone.now() if is_live else None,
        published_by=by if is_live else None,
    )


def _set_draft_aside(item):
    _versions(item).waiting().update(state=Version.State.ASIDE, publish_at=None)


def _written(kind):
    """Let a kind work out what follows from its rows."""
    if kind.after_write:
        kind.after_write()


def _write(kind, item, data):
    """Write the item with its parts, and what follows from them. Raises Refused with all that is wrong."""
    sentences = []
    Writer(
        lambda where, sentence: sentences.append(f"{kind.label_of(where[0])}: {sentence}" if where else sentence)
    ).write(kind, item, data)
    if sentences:
        raise Refused(sentences)
    _written(kind)


def _with_addresses(kind, data, later):
    """Older data that keeps the addresses the item has had since: none of them is ever taken away."""
    if not kind.is_publishable:
        return data
    slugs = {*data.get("former_slugs", []), *later.get("former_slugs", []), later["slug"]} - {data["slug"]}
    return data | {"former_slugs": sorted(slugs)} if slugs else data
