"""Packs, without an account: the form, the page that is shared, and the address of whoever made it."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careers.addresses import sent_from_elsewhere
from careers.context import site
from careers.open_forms import Limit, Room, open_form, refusal_of
from careers.secret_addresses import token_before
from careers.sharing.previews import of_roles
from careers.words import labels_for, words_for

from . import making
from .changes import fingerprint
from .contents import Contents
from .forms import Offered, PackForm
from .models import Pack
from .privately import for_readers, for_the_maker, gone, unknown
from .tokens import typed_share_token

FROM_ONE_PLACE = Limit("packs", per_hour=10, per_day=30)
FROM_ALL_PER_DAY = 500


@for_readers
@require_safe
def pack(request, token):
    """What the advisor put together, for whoever was given the address."""
    meant = typed_share_token(token)
    if meant and meant != token:
        return redirect("packs:pack", meant)
    found = Pack.objects.shared_as(meant) if meant else None
    if found is None:
        return unknown(request)
    if not found.is_open:
        return gone(request)
    return render(request, "packs/pack.html", shown(request, found))


def shown(request, pack):
    """The context of a pack's page, for readers and for its maker's preview."""
    address = f"{site(request)['site_url']}{pack.get_absolute_url()}"
    label = labels_for(request)
    contents = Contents(pack, label, address)
    picture = of_roles([entry.thing for entry in contents.roles], label)
    return {"words": words_for("pack"), "pack": pack, "contents": contents, "address": address, "link_picture": picture}


@open_form
def new(request):
    """A form, filled in with what the address names; then a pack."""
    offered, label = Offered(), labels_for(request)
    if request.method != "POST":
        return _show_new(request, PackForm.asked_for(request.GET, offered=offered, label=label))
    form = PackForm(request.POST, offered=offered, label=label)
    made = making.made_by(form) if form.is_valid() else ""
    # Sent twice by a double click: it takes no room.
    refusal = refusal_of(form, request, partial(_show_new, request, form), None if made else ROOM)
    if refusal:
        return refusal
    if made:
        return redirect("packs:ready", made)
    edit_token = making.make_once(form)
    FROM_ONE_PLACE.count_one(request)
    return redirect("packs:ready", edit_token)


def _show_new(request, form, *, status=200):
    form.action = reverse("packs:new")
    return render(request, "packs/new.html", {"words": words_for("pack-new"), "form": form}, status=status)


def _over_the_limit(label):
    sentences = [
        label("pack-limit", "That is more packs than we take at once."),
        label(
            "pack-limit-how",
            "We take {hour} an hour and {day} a day from one connection, which a whole school may share.",
            hour=FROM_ONE_PLACE.per_hour,
            day=FROM_ONE_PLACE.per_day,
        ),
        label("pack-limit-kept", "Your words are still here: keep this page open and send it later."),
    ]
    return " ".join(sentences)


ROOM = Room(FROM_ONE_PLACE, Pack.objects, FROM_ALL_PER_DAY, sorry=_over_the_limit)


@csrf_exempt
def astray(request, rest):
    """An address of a maker to which a mail program added something, such as a bracket: it leads to the form."""
    return _to_the_form(request, token_before(rest))


@for_the_maker
@require_safe
def _to_the_form(request, pack, edit_token):
    return redirect("packs:edit", edit_token)


@for_the_maker
@require_safe
def ready(request, pack, edit_token):
    """Both addresses: the one to share, and the one to keep."""
    host = site(request)["site_url"]
    context = {
        "words": words_for("pack-ready"),
        "pack": pack,
        "address": f"{host}{pack.get_absolute_url()}",
        "edit_address": f"{host}{reverse('packs:edit', args=[edit_token])}",
        "edit_token": edit_token,
    }
    return render(request, "packs/ready.html", context)


@csrf_exempt
@for_the_maker
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pack, edit_token):
    """The form, filled in; what changed on the site since; and the way to take the pack back."""
    offered, label = Offered(), labels_for(request)
    if request.method != "POST":
        return _show_edit(request, pack, edit_token, PackForm.of(pack, offered=offered, label=label))
    form = PackForm(request.POST, offered=offered, pack=pack, label=label)
    refusal = refusal_of(form, request, partial(_show_edit, request, pack, edit_token, form))
    if refusal:
        return refusal
    try:
        making.save(pack, form)
    except making.Overtaken:
        pack.refresh_from_db()
        if not pack.can_be_edited:
            return gone(request)
        form.opened_anew()
        return _show_edit(request, pack, edit_token, form, status=409, overtaken=True)
    return redirect("packs:ready", edit_token)


def _show_edit(request, pack, edit_token, form, *, status=200, overtaken=False):
    contents = Contents(pack, labels_for(request))
    context = {
        "words": words_for("pack-edit"),
        "pack": pack,
        "contents": contents,
        "form": form,
        "edit_token": edit_token,
        "overtaken": overtaken,
        "seen": fingerprint(pack.items.all(), making.current_pay()),
    }
    return render(request, "packs/edit.html", context, status=status)


@csrf_exempt
@for_the_maker
@require_http_methods(["POST"])
def accept(request, pack, edit_token):
    """The advisor has read what changed: from now on the pack is as of today."""
    revision = request.POST.get("revision", "")
    try:
        if sent_from_elsewhere(request) or not (revision.isdecimal() and len(revision) < 9):
            raise making.Overtaken
        making.accept(pack, int(revision), request.POST.get("seen", ""))
    except making.Overtaken:
        # What came in between stands on the page that follows.
        return redirect("packs:edit", edit_token)
    return redirect("packs:ready", edit_token)


@csrf_exempt
@for_the_maker
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, pack, edit_token):
    """Asks first; then the pack is closed for good."""
    if request.method != "POST" or sent_from_elsewhere(request):
        context = {"words": words_for("pack-revoke"), "pack": pack, "edit_token": edit_token}
        return render(request, "packs/revoke.html", context, status=403 if request.method == "POST" else 200)
    making.revoke(pack)
    return render(request, "packs/revoked.html", {"words": words_for("pack-revoked")})
