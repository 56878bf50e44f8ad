"""The editors' desk in the admin: forms that prepare a draft, and the pages around it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from editorial import desk, preview, qr
from editorial.content.kinds import kind_of
from editorial.desk.versions import is_visible
from editorial.desk.wording import word_changes
from editorial.keys import could_be_key
from editorial.markdown import CITATION, render
from editorial.models import Version

from .parts import LoadedChoices
from .questions import Question
from .texts import in_words

PUBLISH = "editorial.publish_version"
MOST_SHOWN = 20_000
VERSIONS_A_PAGE = 25
# A module runs when the whole form is there, and keeps its names to itself.
DESK = forms.Script("js/desk.js", type="module")
REASON_MISSING = "Say in a few words why you change it."


class DeskForm(forms.Form):
    """What comes with a page's form: which version it was opened on, and what shall happen with it."""

    opened = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=200, required=False, strip=True)
    is_news = forms.BooleanField(required=False)
    publish_at = forms.DateTimeField(required=False)


class NumberForm(forms.Form):
    """The numbers of versions in an address."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    mine = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    theirs = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


def _whole_number(text):
    """The number in a text, as a list; empty when it is none that a row could have."""
    return [int(text)] if could_be_key(text) else []


class HasDraft(Question):
    """Items with a draft of their next version."""

    title = "Has a draft?"
    parameter_name = "has_draft"

    def those(self, rows):
        return rows.filter(Exists(drafts_of(rows.model)))


def drafts_of(model):
    """The waiting versions of the row outside, as a subquery."""
    return Version.objects.waiting().filter(kind=kind_of(model).folder, item_id=OuterRef("pk"))


class DeskAdmin(LoadedChoices):
    """Mixin for the admin of anything that travels as a file.

    A form opens on the draft, or on the live page when there is none. Sending it always keeps what was typed as a
    draft first; publishing, scheduling or asking for a review comes second, so that nothing is lost when that fails.
    While Django's own form works, the draft stands in the tables, inside a transaction that is rolled back.
    """

    change_form_template = "admin/page_change_form.html"
    change_list_template = "admin/page_change_list.html"
    object_history_template = "admin/page_history.html"

    @cached_property
    def kind(self):
        return kind_of(self.model)

    @property
    def media(self):
        return super().media + forms.Media(css={"all": ["css/admin.css"]}, js=[DESK])

    def has_publish_permission(self, request):
        return request.user.has_perm(PUBLISH)

    def public_address(self, item):
        """Where readers meet the item, or None."""
        return item.get_absolute_url().partition("#")[0] if hasattr(item, "get_absolute_url") else None

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            ("deleted/", self.deleted_view, "deleted"),
            ("recover/", self.recover_view, "recover"),
            ("markdown/", self.markdown_view, "markdown"),
            ("<path:object_id>/difference/", self.difference_view, "difference"),
            ("<path:object_id>/merge/", self.merge_view, "merge"),
            ("<path:object_id>/restore/", self.restore_view, "restore"),
            ("<path:object_id>/undo/", self.undo_view, "undo"),
            ("<path:object_id>/discard/", self.discard_view, "discard"),
            ("<path:object_id>/take-down/", self.take_down_view, "take-down"),
            ("<path:object_id>/preview/", self.preview_view, "preview"),
            ("<path:object_id>/open/", self.open_view, "open"),
        ]
        urls = [
            path(route, self.admin_site.admin_view(view), name=f"{name}_{view_name}") for route, view, view_name in own
        ]
        return urls + super().get_urls()

    def address(self, view, item=None):
        args = [item.pk] if item is not None else []
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)

    # The form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        item = self.get_object(request, unquote(object_id)) if object_id else None
        if item is None and object_id and request.method == "POST":
            return self._keep_for_deleted(request, object_id) or super().changeform_view(
                request, object_id, form_url, extra_context
            )
        if item is None or not self.has_change_permission(request, item):
            return super().changeform_view(request, object_id, form_url, extra_context)
        newest = desk.newest(item)
        draft = desk.waiting(item)
        if request.method == "POST":
            asked = DeskForm(request.POST)
            asked.is_valid()
            opened = self.opened_version(item, asked.cleaned_data.get("opened"))
        else:
            asked, opened = DeskForm(), newest
            if draft and draft != newest:
                messages.warning(
                    request, f"“{item}” was published anew since this draft began. Bring the two together."
                )
                return self._to_merge(item, draft, newest)
            desk.seen(item, request.user)
        request.typed = None
        try:
            response, _ = self._rehearsed_form(request, object_id, form_url, extra_context, item, opened, asked)
        except desk.Refused as refusal:
            # The draft can't stand beside what others have published since. The form opens on the live page instead;
            # saving then leads to both, side by side.
            messages.warning(
                request, f"Version {opened.number} cannot be opened: {refusal} This is the live page; the draft waits."
            )
            opened = desk.live(item)
            response, _ = self._rehearsed_form(request, object_id, form_url, extra_context, item, opened, asked)
        return response if request.typed is None else self._keep(request, item, opened, asked)

    def _keep_for_deleted(self, request, object_id):
        """The page was deleted while its form was open: what was typed is kept in its history. None for other pages."""
        asked = DeskForm(request.POST)
        asked.is_valid()
        versions = Version.objects.filter(kind=self.kind.folder, item_id__in=_whole_number(object_id))
        gone = versions.deleted().first()
        opened = versions.filter(data__isnull=False, number=asked.cleaned_data.get("opened")).first()
        if gone is None or opened is None or not self.has_change_permission(request):
            return None
        request.typed = None
        try:
            response, laid_out = self._rehearsed_form(
                request, object_id, "", None, self.model(pk=gone.item_id), opened, asked
            )
        except desk.Refused:
            return None
        if request.typed is None:
            return response
        desk.set_aside(
            laid_out, request.typed, opened=opened, by=request.user, reason=asked.cleaned_data.get("reason", "")
        )
        messages.warning(
            request,
            f"“{gone.name}” was deleted while you were writing. Your words are kept: recover the page here, then take "
            "them up again in its history.",
        )
        return HttpResponseRedirect(self.address("deleted"))

    def _rehearsed_form(self, request, object_id, form_url, extra_context, item, opened, asked):
        """Django's own form while `opened` stands in the tables, and the item as it stood there. Raises Refused."""
        with desk.rehearsal(opened) as (laid_out, missing):
            panel = self._panel(request, item, opened, asked, missing)
            panel |= self._preview_panel(request, opened, self.public_address(laid_out))
            response = super().changeform_view(request, object_id, form_url, {"desk": panel, **(extra_context or {})})
            if hasattr(response, "render"):
                response.render()
        return response, laid_out

    def opened_version(self, item, number):
        """The version on which a form with that number was opened; the newest when there is none."""
        return self._version(item, number) or desk.newest(item)

    def _version(self, item, number):
        return Version.objects.of(self.kind, item.pk).filter(data__isnull=False, number=number).first()

    def _panel(self, request, item, opened, asked, missing):
        """What the form says about the version it was opened on."""
        standing = desk.live(item)
        is_draft = opened.state == Version.State.WAITING
        return {
            "opened": opened,
            "standing": standing,
            "is_visible": is_visible(item),
            "changed": [each.label for each in desk.differences(standing, opened)] if opened != standing else [],
            "reason": asked.data.get("reason", opened.reason if is_draft else ""),
            "is_news": "is_news" in asked.data if asked.is_bound else is_draft and opened.is_news,
            "missing": missing,
            "others": desk.others_at(item, request.user),
            "may_publish": self.has_publish_permission(request),
            "is_publishable": self.kind.is_publishable,
            "history": self.address("history", item),
            "difference": f"{self.address('difference', item)}?mine={opened.number}&theirs={standing.number}",
            "discard": self.address("discard", item),
            "preview": self.address("preview", item),
            "open": self.address("open", item),
            "markdown": self.address("markdown"),
            "take_down": self.address("take-down", item),
        }

    def _preview_panel(self, request, opened, address):
        """The link that shows the version at `address`, and the same as a QR code for a phone."""
        if not address:
            return {"preview_link": None}
        link = request.build_absolute_uri(preview.link(opened, address))
        return {"preview_link": link, "preview_code": qr.svg_inline(link, title="QR code of this link")}

    def response_change(self, request, obj):
        """Called when the form was valid and its rows are written, for the time of the rehearsal."""
        request.typed = self.kind.as_data(self.model._base_manager.get(pk=obj.pk))
        return HttpResponse()

    def _keep(self, request, item, opened, asked):
        """Keep what was typed as a draft, then do what the button asks for."""
        words = {"reason": asked.cleaned_data.get("reason", ""), "is_news": asked.cleaned_data.get("is_news", False)}
        ask_for_review = "_ask" in request.POST
        try:
            version = desk.save_draft(
                item, request.typed, opened=opened.number, by=request.user, for_review=ask_for_review, **words
            )
        except desk.Collision as collision:
            messages.warning(request, "Somebody saved this page while you were writing. Nothing is lost: choose below.")
            return self._to_merge(item, collision.mine, collision.theirs)
        if version != opened:
            changed = ", ".join(each.label for each in desk.differences(opened, version)) or "saved"
            self.log_change(request, item, f"Version {version.number}: {changed}. {words['reason']}".strip())
            if opened.publish_at and not {"_publish", "_schedule"} & set(request.POST):
                messages.warning(request, "It is no longer scheduled, because it has changed: schedule it again.")
        try:
            said = self._go_on(request, item, version, asked, words)
        except desk.Refused as refusal:
            kept = "Saved as a draft, but not published" if version.state == Version.State.WAITING else "Not published"
            messages.error(request, f"{kept}: {refusal}")
        except desk.Collision as collision:
            messages.warning(request, "The live page changed meanwhile. Your draft is kept: bring the two together.")
            return self._to_merge(item, collision.mine, collision.theirs)
        else:
            messages.success(request, said)
        if "_preview" in request.POST:
            return HttpResponseRedirect(self.address("preview", item))
        return HttpResponseRedirect(self.address("change", item))

    def _go_on(self, request, item, version, asked, words):
        """Publish or schedule when asked to; returns what was done, as a sentence. Raises Refused or Collision."""
        wants = {"_publish", "_schedule"} & set(request.POST)
        if wants and not self.has_publish_permission(request):
            raise desk.Refused(["Only an editor may publish. Ask for a review instead."])
        if wants and not words["reason"]:
            raise desk.Refused([REASON_MISSING])
        if "_publish" in wants:
            return self._publish(request, item, version, words)
        if "_schedule" in wants:
            when = asked.cleaned_data.get("publish_at")
            if when is None:
                raise desk.Refused(["Choose a day and a time."])
            if version.state != Version.State.WAITING:
                raise desk.Refused(["Nothing has changed since it was published."])
            desk.schedule(version, when, by=request.user, **words)
            local = timezone.localtime(when)
            return f"“{item}” will be published on {local:%B} {local.day}, {local:%Y at %H:%M}."
        if not is_visible(item):
            if version.state == Version.State.WAITING:
                desk.keep(version, by=request.user)
            return f"“{item}” is saved. Readers don't see it until it is published."
        if version.state != Version.State.WAITING:
            return f"Nothing was changed in “{item}”."
        asked_too = " An editor will see that it is ready." if version.for_review else ""
        return f"The draft of “{item}” is saved. Readers still see the page as it was.{asked_too}"

    def _publish(self, request, item, version, words):
        if version.state == Version.State.WAITING:
            desk.publish(version, by=request.user, **words)
        elif is_visible(item):
            return "Nothing has changed since it was published."
        else:
            try:
                desk.change(item, by=request.user, status="published", **words)
            except ValidationError as error:
                raise desk.Refused(error.messages) from error
        self.log_change(request, item, f"Published. {words['reason']}")
        return f"“{item}” is published. Readers see it now. Undo it in its history if it was a mistake."

    def response_add(self, request, obj, post_url_continue=None):
        desk.record(obj, by=request.user, reason="Begun.")
        response = super().response_add(request, obj, post_url_continue)
        if "_popup" in request.POST or "_addanother" in request.POST:
            return response
        return HttpResponseRedirect(self.address("change", obj))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if request.resolver_match.url_name.endswith("_changelist"):
            desk.record(form.instance, by=request.user, reason="New place in lists.")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"desk_deleted": self.address("deleted"), **(extra_context or {})})

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if not self.has_publish_permission(request):
            changelist.list_editable = ()
        return changelist

    def delete_model(self, request, obj):
        desk.remove_all([obj], by=request.user)

    def delete_queryset(self, request, queryset):
        desk.remove_all(list(queryset), by=request.user)

    # The pages around the form

    def history_view(self, request, object_id, extra_context=None):
        """One list of all that happened to the item, its parts and links included."""
        item = self._item(request, object_id)
        desk.current(item)
        versions = Version.objects.of(self.kind, item.pk)
        page = Paginator(versions.select_related("saved_by", "published_by"), VERSIONS_A_PAGE).get_page(
            request.GET.get("page")
        )
        # What one of them was made from may stand on another page.
        bases = {each.number: each for each in versions.filter(number__in=[each.based_on or 0 for each in page])}
        rows = [
            {
                "version": version,
                "changed": [each.label for each in desk.differences(bases.get(version.based_on), version)],
            }
            for version in page
        ]
        context = {
            "title": f"History of “{item}”",
            "rows": rows,
            "page": page,
            "standing": desk.live(item),
            "may_publish": self.has_publish_permission(request),
            "may_change": self.has_change_permission(request, item),
            "difference": self.address("difference", item),
            "restore": self.address("restore", item),
            "undo": self.address("undo", item),
        }
        return self._desk_page(request, self.object_history_template, item, context)

    def difference_view(self, request, object_id):
        """One version against another, field by field in words."""
        item = self._item(request, object_id)
        numbers = self._numbers(request.GET)
        after = self._version(item, numbers.get("mine"))
        before = self._version(item, numbers.get("theirs"))
        if before is None or after is None:
            raise Http404
        rows = [(each.label, word_changes(each.base, each.mine)) for each in desk.differences(before, after)]
        context = {"title": f"Changes in “{item}”", "before": before, "after": after, "rows": rows}
        return self._desk_page(request, "admin/page_difference.html", item, context)

    def merge_view(self, request, object_id):
        """Two people's versions side by side: the editor chooses field by field whose words to keep."""
        item = self._item(request, object_id, change=True)
        numbers = self._numbers(request.GET)
        mine = self._version(item, numbers.get("mine"))
        theirs = self._version(item, numbers.get("theirs"))
        if mine is None or theirs is None:
            raise Http404
        base = desk.common_ancestor(mine, theirs)
        rows = desk.three_ways(base, mine, theirs)
        if request.method == "POST":
            choices = {row.name: request.POST.get(f"choose-{row.name}") for row in rows}
            chosen = {name: choice for name, choice in choices.items() if choice in ("mine", "theirs")}
            try:
                desk.save_draft(
                    item,
                    desk.merged(base, mine, theirs, chosen),
                    opened=theirs.number,
                    by=request.user,
                    reason=mine.reason,
                    is_news=mine.is_news,
                    for_review=mine.for_review,
                )
            except desk.Collision as collision:
                messages.warning(request, "Somebody saved it once more. Nothing is lost: choose again.")
                return self._to_merge(item, collision.mine, collision.theirs)
            messages.success(request, "Both versions are brought together in the draft below. Read it, then go on.")
            return HttpResponseRedirect(self.address("change", item))
        context = {
            "title": f"Two versions of “{item}”",
            "mine": mine,
            "theirs": theirs,
            "base": base,
            "rows": [(row, word_changes(row.base, row.mine), word_changes(row.base, row.theirs)) for row in rows],
        }
        return self._desk_page(request, "admin/page_merge.html", item, context)

    def restore_view(self, request, object_id):
        """Make an older version the draft of the next one."""
        item = self._item(request, object_id, change=True, post=True)
        version = self._version(item, self._numbers(request.POST).get("number"))
        if version is None:
            raise Http404
        try:
            restored = desk.restore(item, version, by=request.user)
            if not is_visible(item) and restored.state == Version.State.WAITING:
                desk.keep(restored, by=request.user)
        except (desk.Collision, desk.Refused) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Version {version.number} is in the form again. Publish it when it is right.")
        return HttpResponseRedirect(self.address("change", item))

    def undo_view(self, request, object_id):
        """Take the last publication back, in one click."""
        item = self._item(request, object_id, change=True, post=True, publish=True)
        number = self._numbers(request.POST).get("number")
        if number and number != desk.current(item).number:
            # Sent twice, or after somebody else's publication: that is not what was meant.
            messages.warning(request, f"Version {number} is no longer the live one. Look at the history, then undo.")
            return HttpResponseRedirect(self.address("history", item))
        try:
            version = desk.undo(item, by=request.user)
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            self.log_change(request, item, version.reason)
            messages.success(request, version.reason)
        return HttpResponseRedirect(self.address("history", item))

    def take_down_view(self, request, object_id):
        """Hide a published page from readers."""
        item = self._item(request, object_id, change=True, post=True, publish=True)
        if self.kind.is_publishable and is_visible(item):
            desk.take_down(item, by=request.user, reason="Taken down.")
            self.log_change(request, item, "Taken down.")
            messages.success(request, f"Readers no longer see “{item}”.")
        return HttpResponseRedirect(self.address("change", item))

    def discard_view(self, request, object_id):
        """Set the draft aside. The history keeps it."""
        item = self._item(request, object_id, change=True, post=True)
        draft = desk.waiting(item)
        if draft:
            desk.discard(draft)
            messages.success(request, "The draft is set aside. Its words are in the history.")
        return HttpResponseRedirect(self.address("change", item))

    def preview_view(self, request, object_id):
        """Leads to the page as the newest version would make it."""
        item = self._item(request, object_id)
        try:
            link = self.preview_link(item)
        except desk.Refused as refusal:
            messages.error(request, f"There is no preview: {refusal}")
            link = None
        return HttpResponseRedirect(link or self.address("change", item))

    def preview_link(self, item):
        """The signed address of the preview, or None when the item has no page. Raises Refused."""
        version = desk.newest(item)
        with desk.rehearsal(version) as (drafted, _):
            address = self.public_address(drafted)
        return preview.link(version, address) if address else None

    def open_view(self, request, object_id):
        """A form says that it is still open, and learns who else has it open."""
        item = self._item(request, object_id, change=True, post=True)
        desk.seen(item, request.user)
        newest = desk.newest(item)
        others = [str(user) for user in desk.others_at(item, request.user)]
        return JsonResponse({"others": in_words(others) if others else "", "newest": newest.number})

    def markdown_view(self, request):
        """What an editor has typed, as readers would see it. Citations are shown by their keys."""
        if request.method != "POST":
            raise Http404
        text = request.POST.get("text", "")[:MOST_SHOWN]
        return HttpResponse(render(CITATION.sub(r" (source: \1)", text)))

    def deleted_view(self, request):
        """What is gone, and can be brought back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versions = Version.objects.deleted().filter(kind=self.kind.folder).select_related("saved_by")
        there = set(self.model._base_manager.values_list("pk", flat=True))
        context = {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "versions": [version for version in versions if version.item_id not in there],
            "recover": self.address("recover"),
            "may_recover": self.has_publish_permission(request) and self.has_add_permission(request),
        }
        return self._desk_page(request, "admin/page_deleted.html", None, context)

    def recover_view(self, request):
        """Bring one deleted item back."""
        if request.method != "POST":
            raise Http404
        if not (self.has_publish_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        number = self._numbers(request.POST).get("number")
        gone = get_object_or_404(Version.objects.deleted().filter(kind=self.kind.folder), pk=number)
        try:
            item = desk.recover(gone, by=request.user)
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.address("deleted"))
        messages.success(request, f"“{item}” is back, as it was before it was deleted.")
        return HttpResponseRedirect(self.address("change", item))

    def _to_merge(self, item, mine, theirs):
        return HttpResponseRedirect(f"{self.address('merge', item)}?mine={mine.number}&theirs={theirs.number}")

    def _item(self, request, object_id, *, change=False, post=False, publish=False):
        """The item that an address names. Raises Http404 or PermissionDenied."""
        if post and request.method != "POST":
            raise Http404
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        allowed = self.has_change_permission if change else self.has_view_permission
        if not allowed(request, item) or (publish and not self.has_publish_permission(request)):
            raise PermissionDenied
        return item

    def _numbers(self, parameters):
        form = NumberForm(parameters)
        form.is_valid()
        return form.cleaned_data

    def _desk_page(self, request, template, item, context):
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "media": self.media,
                "original": item,
                "change_address": self.address("change", item) if item else None,
                **context,
            },
        )
