"""Tables in and out: many rows at once, all or nothing, with the difference shown before anything is written.

Rows are known by natural keys, never by numbers of this database. Names and words of columns are those of the content
files. A table adds and changes; it deletes nothing and publishes nothing.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

import tablib
from diff_match_patch import diff_match_patch
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import Max
from django.utils.html import format_html, format_html_join
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult

from editorial import desk
from editorial.content.kinds import Column
from editorial.markdown import CITATION, cited_keys
from editorial.models import Publishable, Source
from editorial.sheets import ABSENT, FORMATS, TableError, as_text

SECONDS_TO_COMPARE = 0.1
YES, NO = {"true", "yes", "1"}, {"false", "no", "0"}


class Cell(widgets.Widget):
    """One cell of a column: how a file's value becomes the database's, and back."""

    def __init__(self, column):
        super().__init__()
        self.column = column
        self.references = {}

    def load_references(self):
        """Read the rows a column may refer to at once, by their natural keys."""
        if self.column.is_reference:
            rows = self.column.model_field.related_model._default_manager.all()
            self.references = {row.natural_key()[0]: row for row in rows}

    def clean(self, value, row=None, **kwargs):
        """The database's value. Raises ValueError with a sentence."""
        model_field, text = self.column.model_field, as_text(value)
        if "\0" in text or not _can_be_stored(text):
            raise ValueError("It holds a character that cannot be stored.")
        if self.column.is_reference:
            return self._referred(text.strip())
        if isinstance(model_field, models.BooleanField):
            return _boolean(text)
        if isinstance(model_field, models.IntegerField):
            return self._number(text.strip())
        if isinstance(model_field, models.DateField):
            return _date(text.strip(), may_be_empty=model_field.null)
        if isinstance(value, bool | datetime.date):
            raise ValueError(f"“{text}” is no text. Format the cell as text; in YAML, put it in quotes.")
        if model_field.choices:
            return _chosen(text.strip(), list(model_field.flatchoices))
        return text if isinstance(model_field, models.TextField) else " ".join(text.split())

    def _referred(self, key):
        if not key:
            raise ValueError("It is empty.")
        if key not in self.references:
            raise ValueError(f"There is no {self.column.model_field.related_model._meta.verbose_name} “{_short(key)}”.")
        return self.references[key]

    def _number(self, text):
        if self.column.words:
            return self.column.from_file(text.lower())
        if not text:
            raise ValueError("It is empty.")
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise ValueError(f"“{_short(text)}” is not a whole number.")
        return int(text)


def _can_be_stored(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _short(text):
    return text if len(text) <= 60 else f"{text[:60]}…"


def _boolean(text):
    word = text.strip().lower()
    if word not in YES | NO:
        raise ValueError(f"“{_short(text)}” is not one of: true, false.")
    return word in YES


def _date(text, *, may_be_empty):
    if not text and may_be_empty:
        return None
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else _no_date(text)
    except ValueError:
        return _no_date(text)


def _no_date(text):
    raise ValueError(f"“{_short(text)}” is not a date such as 2026-11-22.")


def _chosen(text, choices):
    if text not in dict(choices):
        words = ", ".join(str(value) for value, _ in choices)
        raise ValueError(f"“{_short(text)}” is not one of: {words}.")
    return text


class NoDiff:
    """In place of the library's differences, whose HTML the site's policy forbids. `Outcome` holds ours."""

    def __init__(self, *args):
        pass

    def compare_with(self, *args):
        pass


class ByNaturalKey(BaseInstanceLoader):
    """Finds the item of a row among those that were read at the start."""

    def get_instance(self, row):
        return self.resource.known.get(self.resource.key_of_row(row))


class Table(resources.ModelResource):
    """One model as a table. A subclass names its model, its columns and which of them are the key.

    `name` stands in addresses and file names, `heading` and `about` explain the table to editors.
    """

    name = ""
    heading = ""
    about = ""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        store_instance = True
        skip_html_diff = True
        instance_loader_class = ByNaturalKey

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        columns = [Column(self.model._meta.get_field(name)) for name in self._meta.fields]
        self.columns = {column.name: column for column in columns}
        self.fields = {
            column.name: fields.Field(attribute=column.name, column_name=column.name, widget=Cell(column))
            for column in columns
        }

    @classmethod
    def get_diff_class(cls):
        return NoDiff

    @property
    def model(self):
        return self._meta.model

    @property
    def keys(self):
        return self._meta.import_id_fields

    @property
    def cites(self):
        """Whether its texts may cite: only pages have a list of sources."""
        return issubclass(self.model, Publishable)

    def pages_of(self, item):
        """What readers see changed when `item` does: the things that get a new version."""
        return [item]

    def get_queryset(self):
        references = [column.name for column in self.columns.values() if column.is_reference]
        rows = self.model._default_manager.all()
        return rows.select_related(*references) if references else rows

    def row(self, item):
        """One item as {column: value}, as it stands in a file."""
        return {name: column.of(item) for name, column in self.columns.items()}

    def written(self, ending):
        """The whole table as a file's bytes. Raises TableError when the format cannot hold it."""
        rows = sorted(map(self.row, self.get_queryset()), key=lambda row: [row[key] for key in self.keys])
        return FORMATS[ending].write(list(self.columns), rows)

    # Reading, step by step as the library calls it

    def before_import(self, dataset, **kwargs):
        for each in self.fields.values():
            each.widget.load_references()
        # Nobody else changes a row between the moment its difference is found and the moment it is written.
        items = self.get_queryset().select_for_update(of=("self",))
        self.known = {self.key_of_row(self.row(item)): item for item in items}
        self.source_keys = set(Source.objects.values_list("key", flat=True))
        self.places, self.numbers = {}, kwargs["numbers"]
        self.row_word = kwargs["row_word"]

    def key_of_row(self, row):
        return tuple(as_text(row[key]).strip() for key in self.keys)

    def before_import_row(self, row, **kwargs):
        self.changed = set()
        number = self.numbers[kwargs["row_number"] - 1]
        if any(row[key] is ABSENT for key in self.keys):
            raise ValidationError(f"It does not say which one it is: {_in_words(self.keys, 'and')} must be there.")
        first = self.places.setdefault(self.key_of_row(row), number)
        if first != number:
            raise ValidationError(f"It is about the same one as {self.row_word.lower()} {first}.")

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        """Leaves alone what the file lacks, and what it says as the database does already."""
        name, cell = field.column_name, row.get(field.column_name, ABSENT)
        if cell is ABSENT or (instance.pk and as_text(cell) == as_text(self.columns[name].of(instance))):
            return
        if name == "status":
            self._leave_status(instance, as_text(cell).strip())
            return
        setattr(instance, name, field.widget.clean(cell))
        self.changed.add(name)

    def _leave_status(self, instance, word):
        if word != instance.status:
            raise ValueError(
                f"A table does not publish and takes nothing back. It is “{instance.status}” here; "
                "change that in its form."
            )

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not import_validation_errors and not self.changed and bool(original.pk)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        for name in sorted(self.changed):
            value = getattr(instance, name)
            found = list(self._citation_problems(value)) if isinstance(value, str) and "[@" in value else []
            if found:
                errors[name] = [*errors.get(name, []), *map(ValidationError, found)]
        for name, column in self.columns.items():
            is_missing = getattr(instance, column.model_field.attname) is None and not column.model_field.null
            if is_missing and name not in errors:
                errors[name] = [ValidationError("It is empty.")]
        super().validate_instance(instance, errors, validate_unique)

    def _citation_problems(self, text):
        """As the forms say it: what a citation would not lead readers to."""
        if not self.cites:
            yield "It cannot cite, because no list of sources comes with it."
            return
        for key in cited_keys(text):
            if key not in self.source_keys:
                yield f"It cites [@{key}], but there is no source with that key."
        if "[@" in CITATION.sub("", text):
            yield "It has a citation that cannot be read. Write [@key]: the key of a source, no spaces."

    def after_save_instance(self, instance, row, **kwargs):
        """List what the texts cite under the page's sources, as its form does."""
        if not self.cites:
            return
        texts = [getattr(instance, name) for name in self.columns if name in self.changed]
        cited = [key for text in texts if isinstance(text, str) for key in cited_keys(text)]
        listed = set(instance.citations.values_list("source__key", flat=True)) if cited else set()
        missing = [key for key in dict.fromkeys(cited) if key not in listed]
        last = instance.citations.aggregate(last=Max("position", default=-1))["last"] if missing else 0
        for position, key in enumerate(missing, last + 1):
            instance.citations.create(source=Source.objects.get(key=key), position=position)


@dataclass(frozen=True)
class Difference:
    """One cell before and after."""

    column: str
    before: str
    after: str

    @property
    def marked(self):
        """Both in one text: what goes is struck out, what comes is underlined."""
        compare = diff_match_patch()
        compare.Diff_Timeout = SECONDS_TO_COMPARE
        pieces = compare.diff_main(self.before, self.after)
        compare.diff_cleanupSemantic(pieces)
        marks = {compare.DIFF_DELETE: "<del>{}</del>", compare.DIFF_INSERT: "<ins>{}</ins>", compare.DIFF_EQUAL: "{}"}
        return format_html_join("", "{}", [(format_html(marks[kind], piece),) for kind, piece in pieces])


@dataclass(frozen=True)
class Change:
    """What one row of the file adds or changes."""

    number: int
    item: str
    is_new: bool
    differences: list


@dataclass(frozen=True)
class Problem:
    """One row that cannot be taken, and why, in sentences."""

    number: int
    sentences: list


@dataclass
class Outcome:
    """What a table does, or did: `written` says which."""

    row_word: str = "Row"
    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    same: int = 0
    written: bool = False

    @property
    def added(self):
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self):
        return len(self.changes) - self.added

    @property
    def in_numbers(self):
        return f"{self.added:,} new, {self.changed:,} changed, {self.same:,} the same"

    @cached_property
    def fingerprint(self):
        """The same only when the same would be written over the same."""
        plain = [
            [change.item, [[each.column, each.before, each.after] for each in change.differences]]
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def look_at(table, sheet):
    """The `Outcome` that writing the sheet would have. Raises TableError when it does not fit the table at all."""
    with transaction.atomic():
        outcome, _ = _import(table, sheet)
        transaction.set_rollback(True)
    return outcome


def bring_in(table, sheet, *, expected, user, file_name):
    """Write the sheet, all or nothing, and note it in the history; returns an `Outcome`.

    `expected` is the fingerprint of what the person has seen: when the outcome would be another one by now, nothing
    is written. Raises TableError as `look_at` does.
    """
    with transaction.atomic():
        outcome, touched = _import(table, sheet)
        if outcome.problems or outcome.fingerprint != expected:
            transaction.set_rollback(True)
            return outcome
        items = {(type(page), page.pk): page for item in touched for page in table.pages_of(item)}
        after_import(list(items.values()), user, file_name)
    outcome.written = True
    return outcome


def after_import(items, user, file_name):
    """Take down a new version of each page that an import changed. Runs inside the import's transaction."""
    desk.record_outside_change(items, user, f"Imported from the table {file_name}."[:200])
    if items:
        LogEntry.objects.log_actions(user.pk, items, CHANGE, f"Imported from the table {file_name}.")


def _import(table, sheet):
    """(outcome, changed items), written inside the caller's transaction."""
    _check_columns(table, sheet)
    rows = [[row.get(column, ABSENT) for column in sheet.columns] for _, row in sheet.rows]
    numbers = [number for number, _ in sheet.rows]
    try:
        result = table.import_data(
            tablib.Dataset(*rows, headers=sheet.columns),
            rollback_on_validation_errors=True,
            numbers=numbers,
            row_word=sheet.row_word,
        )
    except DatabaseError as error:
        raise TableError("The database refuses this table. Has someone just changed the same rows?") from error
    if result.base_errors:
        raise result.base_errors[0].error
    outcome, touched = Outcome(sheet.row_word), []
    for number, row in zip(numbers, result.rows, strict=True):
        if row.import_type in (RowResult.IMPORT_TYPE_ERROR, RowResult.IMPORT_TYPE_INVALID):
            outcome.problems.append(Problem(number, _sentences(row)))
        elif row.import_type == RowResult.IMPORT_TYPE_SKIP:
            outcome.same += 1
        else:
            is_new = row.import_type == RowResult.IMPORT_TYPE_NEW
            before = None if is_new else row.original
            differences = _differences(table, before, row.instance)
            outcome.changes.append(Change(number, _name_of(table, row.instance), is_new, differences))
            touched.append(row.instance)
    return outcome, touched


def _check_columns(table, sheet):
    unknown = [column for column in sheet.columns if column not in table.columns]
    if unknown:
        raise TableError(
            f"There is no column {_in_words(unknown, 'or')} in this table. Its columns are: {', '.join(table.columns)}."
        )
    missing = [key for key in table.keys if key not in sheet.columns]
    if missing:
        raise TableError(
            f"The column {_in_words(missing, 'and')} is missing. It says which row is about what, so it must be there."
        )


def _in_words(names, joined_by):
    *most, last = [f"“{_short(name)}”" for name in names]
    return f"{', '.join(most)} {joined_by} {last}" if most else last


def _sentences(row):
    """Why a row cannot be taken: the column's name, then what is wrong with it."""
    if row.validation_error is None:
        error = row.errors[0].error
        if not isinstance(error, DatabaseError):
            raise error
        return ["The database refuses it."]
    error = row.validation_error
    by_column = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return [
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in by_column.items()
        for message in messages
    ]


def _differences(table, before, after):
    old = table.row(before) if before is not None else {}
    new = table.row(after)
    texts = [(name, as_text(old.get(name)), as_text(value)) for name, value in new.items()]
    return [Difference(*each) for each in texts if each[1] != each[2]]


def _name_of(table, item):
    row = table.row(item)
    return ", ".join(as_text(row[key]) for key in table.keys)


class SourceTable(Table):
    """The documents that statements rest on."""

    name = "sources"
    heading = "Sources"
    about = "One row for each source. The key says which."

    class Meta:
        model = Source
        import_id_fields = ["key"]
        fields = ["key", "title", "publisher", "url", "published", "accessed", "reading", "note"]
