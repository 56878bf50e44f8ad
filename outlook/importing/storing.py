"""Puts a release into the database, all or nothing, and says what changed for readers."""

import io
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from outlook.models import Release

# Rows that are read, deleted or written at a time: memory stays flat, whatever the size of a release.
SLICE = 2000


@dataclass
class Changes:
    """How the rows of one table differ from what readers saw before."""

    name: str
    added: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0

    def __str__(self):
        numbers = {"added": self.added, "changed": self.changed, "gone": self.gone, "the same": self.same}
        parts = [f"{number:,} {word}" for word, number in numbers.items() if number]
        return f"{self.name}: {', '.join(parts) or 'none'}"

    @property
    def is_empty(self):
        return not (self.added or self.changed or self.gone)


@dataclass
class Table:
    """New rows of one model for a release.

    `rows`: {key: values}, with both as tuples in the order of `key_fields` and `value_fields` (database column
    names).
    """

    model: type
    key_fields: list
    value_fields: list
    rows: dict

    @property
    def name(self):
        return self.model._meta.verbose_name_plural


@dataclass
class Stored:
    """What an import did."""

    release: Release
    is_new: bool
    compared_with: str
    changes: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def is_unchanged(self):
        return not self.is_new and all(change.is_empty for change in self.changes)

    def __str__(self):
        if self.is_unchanged:
            head = f"{self.release}: nothing to change."
        elif self.is_new:
            against = f", compared with {self.compared_with}" if self.compared_with else ""
            head = f"{self.release}: new{against}."
        else:
            head = f"{self.release}: loaded before, brought up to date."
        lines = [head, *[f"  {change}" for change in self.changes], *[f"  {note}" for note in self.notes]]
        if self.release.state == Release.State.SUPERSEDED:
            lines.append("  A newer release is shown to readers; this one is kept beside it.")
        return "\n".join(lines)


def release_details(program, figures, said, *, part="", footnotes=None):
    """The fields of a Release, from figures that were read (`period`, `period_name`, `sha256`) and what is `said`.

    `said`: more fields of the Release, from the operator or from the box, such as `published`. What is left out or
    empty stays as it was when the release was loaded before.
    """
    details = {
        "program": program.key,
        "part": part,
        "period": figures.period,
        "period_name": figures.period_name,
        "source_url": program.address,
        "sha256": figures.sha256,
        "footnotes": footnotes or {},
        "attribution": program.attribution(figures.period_name),
    }
    return details | {name: value for name, value in said.items() if value}


def store(details, tables, *, before=None, dry_run=False):
    """Make the release named in `details` hold exactly `tables`. Returns a Stored.

    `details`: from `release_details`. `before`: called inside the transaction
    for rows that the tables refer to. The release becomes the one that readers see, unless a newer one is. With
    `dry_run` everything is done and then undone, so the summary is exact.
    """
    with transaction.atomic():
        if before:
            before()
        stored = _store(details, tables)
        transaction.set_rollback(dry_run)
    return stored


def _store(details, tables):
    key = {name: details[name] for name in ("program", "part", "period")}
    release = Release.objects.select_for_update().filter(**key).first()
    current = Release.objects.current().of(key["program"], key["part"]).first()
    is_new = release is None
    release = release or Release(state=Release.State.LOADING)
    for name, value in details.items():
        setattr(release, name, value)
    release.save()
    baseline = current if is_new else release
    stored = Stored(release, is_new, str(baseline) if is_new and baseline else "")
    for table in tables:
        stored.changes.append(_replace(table, release, baseline, is_new=is_new))
    _show(release, current)
    return stored


def _show(release, current):
    """Let readers see the release, unless a newer one is there. `current`: the one they saw until now."""
    if current and current.pk != release.pk:
        if current.is_newer_than(release):
            release.state = Release.State.SUPERSEDED
            release.save(update_fields=["state"])
            return
        current.state = Release.State.SUPERSEDED
        current.save(update_fields=["state"])
    release.state = Release.State.CURRENT
    release.save(update_fields=["state"])


def _replace(table, release, baseline, *, is_new):
    """Compare with the rows of `baseline`, then write only what differs from the release's own rows."""
    changes = Changes(table.name)
    seen, differing, surplus = set(), set(), []
    width = len(table.key_fields)
    old = table.model.objects.filter(release=baseline) if baseline else table.model.objects.none()
    columns = [*table.key_fields, *table.value_fields, "pk"]
    for row in old.order_by().values_list(*columns).iterator(SLICE):
        key, values, pk = row[:width], row[width:-1], row[-1]
        new = table.rows.get(key)
        if new is None:
            changes.gone += 1
            surplus.append(pk)
            continue
        seen.add(key)
        if new == values:
            changes.same += 1
        else:
            changes.changed += 1
            differing.add(key)
            surplus.append(pk)
    changes.added = len(table.rows) - len(seen)
    if is_new:
        _insert(table, release, table.rows)
    else:
        _delete(table.model, surplus)
        _insert(table, release, (key for key in table.rows if key not in seen or key in differing))
    return changes


def _delete(model, pks):
    for start in range(0, len(pks), SLICE):
        model.objects.filter(pk__in=pks[start : start + SLICE]).delete()


def _insert(table, release, keys):
    """By the fastest way into each database: COPY on PostgreSQL, one prepared statement for all rows on SQLite."""
    columns = ["release_id", *table.key_fields, *table.value_fields]
    rows = ((release.pk, *key, *table.rows[key]) for key in keys)
    write = _copy if connection.vendor == "postgresql" else _execute_many
    while some := list(islice(rows, SLICE)):
        write(table.model, columns, some)


def _copy(model, columns, rows):
    names = ", ".join(map(connection.ops.quote_name, columns))
    lines = io.StringIO("".join(map(_copy_line, rows)))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN", lines)


# What has a meaning of its own in the text format of COPY.
COPY_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _copy_line(row):
    return "\t".join(r"\N" if value is None else str(value).translate(COPY_ESCAPES) for value in row) + "\n"


def _execute_many(model, columns, rows):
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({places})",  # noqa: S608
            rows,
        )
