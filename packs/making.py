"""Puts a pack together from what its form says, and changes one that is there: one transaction each."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from editorial import desk
from outlook.models import Release

from .changes import fingerprint, key_of, live_versions_of
from .models import Pack, PackItem

SAID = ["title", "sender", "note", "language", "with_comparison", "pay_area"]


class Overtaken(Exception):
    """Another window saved the pack, or closed it, since this one was opened. Nothing is written."""


def made_by(form):
    """The edit token of the pack that this form made when it was sent before, with the same words; empty when none."""
    made = Pack.objects.editable_with(form.edit_token)
    return form.edit_token if made and made.can_be_edited else ""


def make_once(form):
    """Make the pack of a valid form, unless the form was sent twice and the other one made it. Returns its edit token.

    The database has each edit token once: of two at the same moment one is refused, whichever comes second.
    """
    try:
        make(form, edit_token=form.edit_token)
    except IntegrityError:
        if not made_by(form):
            # The pack that it made is closed for good.
            return make(form)[1]
    return form.edit_token


@transaction.atomic
def make(form, owner=None, edit_token=""):
    """A new pack from a valid form, and its edit token, of which only the hash is kept."""
    now = timezone.now()
    pack = Pack(**_said(form), created_at=now, saved_at=now, expires_at=form.expires_at, owner=owner)
    pack.pay_release = current_pay()
    edit_token = pack.new_edit_address(edit_token)
    pack.save()
    _put_in(pack, form)
    return pack, edit_token


@transaction.atomic
def save(pack, form):
    """Give the pack what a valid form says. Raises Overtaken unless it is the form of the pack as it stands."""
    _move_on(pack, form.cleaned_data["revision"], **_said(form), expires_at=form.expires_at, pay_release=current_pay())
    pack.items.all().delete()
    _put_in(pack, form)


@transaction.atomic
def accept(pack, revision, seen):
    """Remember the content as it is today: the advisor has read what changed.

    `seen` is the `fingerprint` of what was read. Raises Overtaken when more has changed since, and as `save` does.
    """
    items, pay = list(pack.items.all()), current_pay()
    if fingerprint(items, pay) != seen:
        raise Overtaken
    _move_on(pack, revision, pay_release=pay)
    live = live_versions_of(items)
    for item in items:
        if key_of(item) in live:
            item.version = live[key_of(item)].number
    PackItem.objects.bulk_update(items, ["version"])


@transaction.atomic
def revoke(pack):
    """Close a pack for good. Whoever opens its address learns no more than that."""
    Pack.objects.filter(pk=pack.pk, revoked_at=None).update(revoked_at=timezone.now(), revision=F("revision") + 1)


def current_pay():
    """What the pay figures are called that readers see today; empty when there are none."""
    return Release.objects.current().of(Release.Program.OEWS).values_list("period_name", flat=True).first() or ""


def _said(form):
    return {name: form.cleaned_data[name] for name in SAID}


def _move_on(pack, revision, **values):
    standing = Pack.objects.filter(pk=pack.pk, revision=revision, revoked_at=None, taken_down_at=None)
    if not standing.update(revision=F("revision") + 1, saved_at=timezone.now(), **values):
        raise Overtaken


def _put_in(pack, form):
    """The things that the form chose, each with the version that readers see now."""
    PackItem.objects.bulk_create(
        PackItem(
            pack=pack,
            kind=kind,
            item_id=thing.pk,
            position=position,
            name=str(thing),
            version=(desk.live(thing) or desk.current(thing)).number,
        )
        for kind in PackItem.Kind
        for position, thing in enumerate(form.cleaned_data[kind], start=1)
    )
