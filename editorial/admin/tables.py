"""The admin's page for tables: take one away, or choose a file, look at the difference and write it.

The chosen file travels to the second step inside the form, signed: nothing is kept on the server in between, so that
any of several machines can answer, and what is written is what was shown, to the person who saw it.
"""

import base64
import datetime

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from editorial.sheets import FORMATS, MOST_BYTES, MOST_ROWS, TableError, read
from editorial.tables import bring_in, look_at

IMPORT_PERMISSION = "editorial.import_version"
SECONDS_TO_CONFIRM = 3600
MOST_SHOWN = 100
LONGEST_FILE_NAME = 100


class UploadForm(forms.Form):
    """The file to look at. `self.sheet` holds what was read."""

    file = forms.FileField(
        label="File to bring in",
        allow_empty_file=True,  # the reader has better words for it
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.yaml,.yml"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            # One byte more than allowed is enough to see that it is too large.
            self.data_in_file = file.read(MOST_BYTES + 1)
            self.sheet = read(file.name, self.data_in_file)
        except TableError as error:
            raise forms.ValidationError(str(error)) from None
        return file


class Ticket:
    """What the confirming form carries: the file, who chose it, and what that person has seen."""

    def __init__(self, user, table):
        self.salt = f"editorial.tables:{table.name}:{user.pk}"

    def write(self, name, data, outcome):
        carried = {"name": name, "data": base64.b64encode(data).decode(), "seen": outcome.fingerprint}
        return signing.dumps(carried, salt=self.salt, compress=True)

    def read(self, text):
        """(file name, its bytes, fingerprint of what was seen). Raises signing.BadSignature."""
        carried = signing.loads(text, salt=self.salt, max_age=SECONDS_TO_CONFIRM)
        return carried["name"], base64.b64decode(carried["data"]), carried["seen"]


class WithTables(admin.ModelAdmin):
    """An admin whose list leads to a page where `tables` go out and come in."""

    tables = ()
    change_list_template = "admin/tables_change_list.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = [
            path("tables/", self.admin_site.admin_view(self.tables_view), name=f"{name}_tables"),
            path("tables/<slug:table>/", self.admin_site.admin_view(self.table_view), name=f"{name}_table"),
            path(
                "tables/<slug:table>.<slug:ending>",
                self.admin_site.admin_view(self.table_download),
                name=f"{name}_table_download",
            ),
        ]
        return views + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"tables_address": self._address("tables"), **(extra_context or {})})

    def has_import_permission(self, request):
        """Whether the person may bring tables in. One permission for all of them: whoever has it minds the data."""
        return self.has_view_permission(request) and request.user.has_perm(IMPORT_PERMISSION)

    def tables_view(self, request):
        return require_safe(self._tables_page)(request)

    def table_view(self, request, table):
        return require_http_methods(["GET", "HEAD", "POST"])(self._bring_in)(request, table)

    def table_download(self, request, table, ending):
        return require_safe(self._take_away)(request, table, ending)

    def _address(self, view, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)

    def _table(self, request, name):
        if not self.has_view_permission(request):
            raise PermissionDenied
        for table in self.tables:
            if table.name == name:
                return table()
        raise Http404

    def _tables_page(self, request, failed=None, form=None):
        """Every table with its links and a form to bring it in; `failed` names the one whose `form` was refused."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = [
            {
                "table": each,
                "columns": ", ".join(each.columns),
                "downloads": [
                    (each_format.label, self._address("table_download", each.name, each_format.ending))
                    for each_format in FORMATS.values()
                ],
                "address": self._address("table", each.name),
                "form": form if each.name == failed else UploadForm(auto_id=f"id_{each.name}_%s"),
            }
            for each in (table() for table in self.tables)
        ]
        context = {
            "title": "Tables in and out",
            "tables": shown,
            "may_import": self.has_import_permission(request),
            "most_rows": MOST_ROWS,
            "most_kilobytes": MOST_BYTES // 1_000,
        }
        return self._page(request, "admin/tables.html", context)

    def _bring_in(self, request, name):
        table = self._table(request, name)
        if request.method != "POST":
            return HttpResponseRedirect(self._address("tables"))
        if not self.has_import_permission(request):
            raise PermissionDenied
        return self._write(request, table) if "ticket" in request.POST else self._show(request, table)

    def _show(self, request, table):
        """The difference that a file would make. Nothing is written."""
        form = UploadForm(request.POST, request.FILES, auto_id=f"id_{table.name}_%s")
        if not form.is_valid():
            return self._tables_page(request, table.name, form)
        try:
            outcome = look_at(table, form.sheet)
        except TableError as error:
            form.add_error("file", str(error))
            return self._tables_page(request, table.name, form)
        name = form.cleaned_data["file"].name[-LONGEST_FILE_NAME:]
        return self._preview(request, table, name, form.data_in_file, outcome)

    def _write(self, request, table):
        """Write what was shown, unless something has changed since."""
        try:
            name, data, seen = Ticket(request.user, table).read(request.POST["ticket"])
        except signing.SignatureExpired:
            messages.error(request, "It is more than an hour since you looked at the table. Choose the file again.")
            return HttpResponseRedirect(self._address("tables"))
        except signing.BadSignature:
            messages.error(request, "That table was not looked at by you. Choose the file again.")
            return HttpResponseRedirect(self._address("tables"))
        try:
            outcome = bring_in(table, read(name, data), expected=seen, user=request.user, file_name=name)
        except TableError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self._address("tables"))
        if not outcome.written:
            messages.warning(request, "Nothing was written: something has changed since you looked. Look again.")
            return self._preview(request, table, name, data, outcome)
        messages.success(request, f"{table.heading} from {name}: {outcome.in_numbers}.")
        return HttpResponseRedirect(self._address("changelist"))

    def _preview(self, request, table, name, data, outcome):
        may_write = bool(outcome.changes) and not outcome.problems
        context = {
            "title": f"{table.heading}: what {name} would change",
            "table": table,
            "name": name,
            "outcome": outcome,
            "changes": outcome.changes[:MOST_SHOWN],
            "problems": outcome.problems[:MOST_SHOWN],
            "tables_address": self._address("tables"),
            "address": self._address("table", table.name),
            "ticket": Ticket(request.user, table).write(name, data, outcome) if may_write else "",
        }
        return self._page(request, "admin/table_preview.html", context)

    def _take_away(self, request, name, ending):
        table = self._table(request, name)
        if ending not in FORMATS:
            raise Http404
        try:
            data = table.written(ending)
        except TableError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self._address("tables"))
        response = HttpResponse(data, content_type=FORMATS[ending].content_type)
        file_name = f"{table.name}-{datetime.date.today():%Y-%m-%d}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return response

    def _page(self, request, template, context):
        everywhere = self.admin_site.each_context(request)
        media = forms.Media(css={"all": ["admin/css/forms.css", "css/admin.css"]})
        return TemplateResponse(request, template, {**everywhere, "opts": self.opts, "media": media, **context})
