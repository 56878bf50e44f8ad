"""Puts one item, given as plain data, into its tables: the row itself, its parts, its links and its sources."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from editorial.models import FormerSlug

from .kinds import former_slugs


class Writer:
    """Writes items of any kind. `note(where, sentence)` is told of each mistake; `where` is the path to a value.

    Reading one referred row is enough for a whole run, so that a writer is made for a run and then dropped.
    """

    def __init__(self, note):
        self.note = note
        self.mistakes = 0
        self._referred = {}

    def write(self, kind, item, data):
        """Validate and save `item`, new or old, with all its parts. False after noting what is wrong."""
        before, is_new = self.mistakes, item.pk is None
        self._assign([], item, kind.columns, data)
        if self.mistakes == before and self._save([], item):
            for part_list in kind.parts:
                if not is_new:
                    getattr(item, part_list.name).all().delete()
                self._add_rows(part_list, item, data[part_list.name])
            if kind.is_publishable:
                keep_former_slugs(item, data.get("former_slugs", []))
        return self.mistakes == before

    def refer(self, model, key):
        """The row with that natural key. Raises ValueError when there is none."""
        if (model, key) not in self._referred:
            try:
                self._referred[model, key] = model.objects.get_by_natural_key(key)
            except model.DoesNotExist:
                raise ValueError(f"The {model._meta.verbose_name} “{key}” is not in the database.") from None
        return self._referred[model, key]

    def _add_rows(self, part_list, item, rows):
        manager = getattr(item, part_list.name)
        for index, row in enumerate(rows):
            where, before = [part_list.name, index], self.mistakes
            part = new_part(manager, item)
            self._assign(where, part, part_list.columns, row)
            if part_list.is_ordered:
                part.position = index
            if self.mistakes == before:
                self._save(where, part, force_insert=True)

    def _assign(self, where, target, columns, row):
        for column in columns:
            value = row[column.name]
            try:
                if column.is_reference and not column.is_empty(value):
                    value = self.refer(column.model_field.related_model, value)
                else:
                    value = column.from_file(value)
            except ValueError as error:
                self._say([*where, column.name], str(error))
            else:
                setattr(target, column.name, value)

    def _save(self, where, target, **how):
        """Save a row that is valid. False after noting what is wrong.

        The database checks its constraints anyway, and what a row refers to was found there: Django asks it about
        each of them, which takes longer than all else. So it is asked only when something is wrong, for the words.
        """
        try:
            target.clean_fields(exclude={each.name for each in target._meta.fields if each.is_relation})
            target.clean()
            with transaction.atomic():
                target.save(**how)
        except (ValidationError, IntegrityError) as refusal:
            self._say_what_is_wrong(where, target, refusal)
            return False
        return True

    def _say_what_is_wrong(self, where, target, refusal):
        """Note each mistake of a row. Raises the database's `refusal` when Django finds none."""
        try:
            target.full_clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                place = [*where, name] if name in {f.name for f in target._meta.fields} else where
                for message in messages:
                    self._say(place, f"{name}: {message}")
        else:
            raise refusal

    def _say(self, where, sentence):
        self.mistakes += 1
        self.note(where, sentence)


def new_part(manager, item):
    """An unsaved row that belongs to `item`, through a plain or a generic relation."""
    if hasattr(manager, "object_id_field_name"):
        own_type = ContentType.objects.get_for_model(type(item))
        return manager.model(content_type=own_type, object_id=item.pk)
    return manager.model(**{manager.field.name: item})


def keep_former_slugs(item, slugs):
    """Let each of the slugs lead to `item`, also one that led elsewhere."""
    own_type = ContentType.objects.get_for_model(type(item))
    for slug in set(slugs) - set(former_slugs(item)):
        FormerSlug.objects.update_or_create(content_type=own_type, slug=slug, defaults={"object_id": item.pk})
