"""Makes the database agree with the content files: all or nothing, and never over an editor's work."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction

from editorial import desk
from editorial.markdown import cited_keys
from editorial.models import FormerSlug, LoadedContent

from .files import ContentError, Problem, read
from .kinds import all_kinds
from .write import Writer

ADDED, CHANGED, SAME, REMOVED = "added", "changed", "the same", "removed"
KEPT_EDIT = "left alone, since an editor changed it"
KEPT_DELETION = "left out, since an editor deleted it"
ONLY_HERE = "only in the database, left alone"


@dataclass
class Report:
    """What a load did: a line per item that is not the same, and how many of each."""

    lines: list = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def note(self, kind, key, outcome, detail=""):
        self.counts[outcome] += 1
        if outcome != SAME:
            self.lines.append(f"{kind.folder}/{key}: {outcome}{f' ({detail})' if detail else ''}")

    def __str__(self):
        totals = ", ".join(f"{count} {outcome}" for outcome, count in self.counts.items())
        return "\n".join([*self.lines, f"{totals or 'nothing found'}."])


def is_empty():
    """Does the database hold no content at all?"""
    return not any(kind.model.objects.exists() for kind in all_kinds())


def load(content_dir, *, overwrite=False, dry_run=False):
    """Load every file below `content_dir`; returns a Report.

    Raises ContentError with every mistake found, and then changes nothing. With `overwrite`, the files
    win over edits made since the last load; without it such items are reported and left alone.
    """
    files = _read_all(content_dir)
    with transaction.atomic():
        loading = _Loading(files, overwrite=overwrite)
        for kind in all_kinds():
            for content in files[kind.folder]:
                loading.load_item(kind, content)
        if not loading.problems:
            for kind in reversed(all_kinds()):
                loading.remove_missing(kind)
        if loading.problems:
            raise ContentError(loading.problems)
        for kind in all_kinds():
            if kind.after_write:
                kind.after_write()
        transaction.set_rollback(dry_run)
    return loading.report


def _read_all(content_dir):
    """Parsed files by folder. Raises ContentError for unreadable ones and for a missing folder."""
    if not content_dir.is_dir():
        raise ContentError([Problem(content_dir, 1, "There is no such folder.")])
    problems, found = [], {}
    for kind in all_kinds():
        found[kind.folder] = []
        folder = content_dir / kind.folder
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.json")]):
            try:
                content = read(path)
            except ContentError as error:
                problems += error.problems
                continue
            found[kind.folder].append(content)
            if content.data.get(kind.key_name) != path.stem:
                problems.append(
                    content.problem([kind.key_name], f"{kind.key_name} must be “{path.stem}”, like the file's name.")
                )
    if problems:
        raise ContentError(problems)
    if not any(found.values()):
        raise ContentError([Problem(content_dir, 1, "There are no content files here.")])
    return found


class _Loading:
    """One run: what was found wrong, what was done, and the rows that others refer to."""

    def __init__(self, files, *, overwrite):
        self.overwrite = overwrite
        self.keys_in_files = {
            kind.model: {content.data[kind.key_name] for content in files[kind.folder]} for kind in all_kinds()
        }
        self.problems = []
        self.report = Report()
        self._content = None
        self._writer = Writer(self._note_mistake)
        self._rows_with_a_file = set()
        self._remembered = {(each.kind, each.key): each.digest for each in LoadedContent.objects.all()}
        # Found out before anything is written: a new slug of one item shows in all that refer to it.
        self._edited = {
            (kind.model, item.pk)
            for kind in all_kinds()
            for item in kind.model.objects.all()
            if self._remembered.get((kind.folder, kind.key_of(item))) != kind.digest(kind.as_data(item))
        }

    def load_item(self, kind, content):
        data = self._complete(kind, content)
        if data is None:
            return
        key = data[kind.key_name]
        item = self._existing(kind, data)
        current = kind.as_data(item) if item.pk else None
        self._rows_with_a_file.add((kind.model, item.pk))
        if current is not None:
            data = _with_all_former_slugs(data, current)
        digest = kind.digest(data)
        if current is not None and kind.digest(current) == digest:
            self.report.note(kind, key, SAME)
        elif current is None and not self.overwrite and (kind.folder, key) in self._remembered:
            self.report.note(kind, key, KEPT_DELETION, "--overwrite brings it back")
            return
        elif current is not None and not self.overwrite and (kind.model, item.pk) in self._edited:
            changed = ", ".join(kind.changed_names(current, data))
            self.report.note(kind, key, KEPT_EDIT, f"differs in: {changed}; --overwrite takes the file's words")
            return
        else:
            if current is not None:
                desk.current(item)
            if not self._write(kind, content, item, data):
                return
            digest = desk.record(item, reason="Loaded from the content files.").digest
            if current is None:
                self._rows_with_a_file.add((kind.model, item.pk))
                self.report.note(kind, key, ADDED)
            else:
                self.report.note(kind, key, CHANGED, ", ".join(kind.changed_names(current, data)))
        self._remember(kind, current, item, digest)

    def _remember(self, kind, before, item, digest):
        loaded = LoadedContent.objects.filter(kind=kind.folder)
        if before is not None and before[kind.key_name] not in self.keys_in_files[kind.model]:
            loaded.filter(key=before[kind.key_name]).delete()
        loaded.update_or_create(kind=kind.folder, key=kind.key_of(item), defaults={"digest": digest})

    def _existing(self, kind, data):
        """The row that the file is about, also when the file or an editor has changed its slug; or a new one."""
        key, in_files = data[kind.key_name], self.keys_in_files[kind.model]
        for slug in [key, *(former for former in data.get("former_slugs", []) if former not in in_files)]:
            item = kind.model.objects.filter(**{kind.key_name: slug}).first()
            if item:
                return item
        if kind.is_publishable:
            item = kind.model.objects.formerly(key).exclude(slug__in=in_files).first()
            if item:
                return item
        return kind.model()

    def _complete(self, kind, content):
        """The file's data with every field present; None after noting what is wrong."""
        data, before = {}, len(self.problems)
        part_names = {part_list.name for part_list in kind.parts}
        known = {column.name for column in kind.columns} | part_names
        if kind.is_publishable:
            known.add("former_slugs")
        self._note_unknown(content, [], content.data, known)
        self._fill(content, [], content.data, kind.columns, data)
        if content.data.get("former_slugs"):
            data["former_slugs"] = self._checked_slugs(content, content.data["former_slugs"])
        for part_list in kind.parts:
            data[part_list.name] = self._complete_rows(content, part_list)
        if kind.is_publishable and len(self.problems) == before:
            self._check_citations(content, data)
        return data if len(self.problems) == before else None

    def _checked_slugs(self, content, slugs):
        field = FormerSlug._meta.get_field("slug")
        try:
            if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
                raise ValidationError("Write a list of slugs.")
            for slug in slugs:
                field.clean(slug, None)
        except ValidationError as error:
            self.problems += [content.problem(["former_slugs"], f"former_slugs: {each}") for each in error.messages]
        return slugs

    def _complete_rows(self, content, part_list):
        rows = content.data.get(part_list.name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.problems.append(content.problem([part_list.name], f"{part_list.name} must be a list of items."))
            return []
        complete = []
        for index, row in enumerate(rows):
            where = [part_list.name, index]
            self._note_unknown(content, where, row, {column.name for column in part_list.columns})
            complete.append(self._fill(content, where, row, part_list.columns, {}))
        return complete

    def _note_unknown(self, content, where, row, known):
        for name in row:
            if name not in known:
                self.problems.append(content.problem([*where, name], f"There is no field “{name}”."))

    def _fill(self, content, where, row, columns, filled):
        for column in columns:
            if column.name in row:
                value = row[column.name]
                if column.is_reference and not column.is_empty(value):
                    self._check_reference(content, [*where, column.name], column.model_field.related_model, value)
                is_whole = isinstance(value, float) and value.is_integer()
                filled[column.name] = int(value) if is_whole else value
            elif column.may_be_left_out:
                filled[column.name] = column.default
            else:
                self.problems.append(content.problem(where, f"“{column.name}” is missing."))
        return filled

    def _check_reference(self, content, where, model, key):
        """Files refer to files: what has none may not exist elsewhere, or is about to be removed.

        Where no files of that model exist at all, as with official codes, the row in the database counts.
        """
        if not isinstance(key, str):
            is_there = False
        elif model in self.keys_in_files:
            is_there = key in self.keys_in_files[model]
        else:
            is_there = self._is_in_database(model, key)
        if not is_there:
            self.problems.append(content.problem(where, f"There is no {model._meta.verbose_name} “{key}”."))

    def _is_in_database(self, model, key):
        try:
            self._writer.refer(model, key)
        except ValueError:
            return False
        return True

    def _check_citations(self, content, data):
        listed = {row["source"] for row in data["citations"]}
        for where, text in _texts(data):
            for key in cited_keys(text):
                if key not in listed:
                    self.problems.append(
                        content.problem(where, f"[@{key}] is cited here, but is not listed under citations.")
                    )

    def _write(self, kind, content, item, data):
        """Validate and save one item with its parts. False after noting what is wrong."""
        self._content = content
        return self._writer.write(kind, item, data)

    def _note_mistake(self, where, sentence):
        self.problems.append(self._content.problem(where, sentence))

    def remove_missing(self, kind):
        """Remove what was loaded once and has no file any more; report what only the database has."""
        for item in kind.model.objects.all():
            key = kind.key_of(item)
            if (kind.model, item.pk) in self._rows_with_a_file:
                continue
            if (kind.folder, key) not in self._remembered:
                self.report.note(kind, key, ONLY_HERE)
            elif (kind.model, item.pk) in self._edited and not self.overwrite:
                self.report.note(kind, key, KEPT_EDIT, "its file is gone; --overwrite removes it")
            else:
                self._remove(kind, item)

    def _remove(self, kind, item):
        key = kind.key_of(item)
        try:
            with transaction.atomic():
                desk.remove(item, by=None, reason="Its content file is gone.")
        except models.ProtectedError as error:
            users = ", ".join(sorted({_owner(each) for each in error.protected_objects}))
            self.problems.append(
                Problem(Path(kind.folder), 1, f"{key} has no file any more, but the database uses it in {users}.")
            )
            return
        LoadedContent.objects.filter(kind=kind.folder, key=key).delete()
        self.report.note(kind, key, REMOVED)


def _owner(part):
    """Whose part it is, in the words of the reports: roles/ehr-developer."""
    for kind in all_kinds():
        for part_list in kind.parts:
            if isinstance(part, part_list.model):
                owner = part.page if part_list.name == "citations" else getattr(part, *part_list.parent_fields)
                if isinstance(owner, kind.model):
                    return f"{kind.folder}/{kind.key_of(owner)}"
    return str(part)


def _with_all_former_slugs(data, current):
    """The file's data with the former slugs of the database too: an old address is never taken away."""
    slugs = {*data.get("former_slugs", []), *current.get("former_slugs", [])} - {data.get("slug")}
    return {**data, "former_slugs": sorted(slugs)} if slugs else data


def _texts(data, where=()):
    """Every text in the data with its place."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for name, value in entries:
        if isinstance(value, str):
            yield (*where, name), value
        elif isinstance(value, dict | list):
            yield from _texts(value, (*where, name))
