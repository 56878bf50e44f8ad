"""Shows an item as a version would make it: written inside a transaction that is always rolled back.

Forms, previews and the public pages then need to know nothing of drafts: they read the tables as ever.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from editorial.content.kinds import kind_named
from editorial.content.write import keep_former_slugs, new_part

from .versions import Refused

# Rows of a rehearsal get the same numbers each time, far above those of real rows. A form that was shown in one
# rehearsal and is sent back into the next then names rows that are there.
FIRST_ROW = 2**40


@contextmanager
def rehearsal(version, *, published=False):
    """Within the block, the version's item is in the tables as the version has it; afterwards it is as before.

    Gives the item, and a sentence for each row that had to be left out because what it names is gone. With
    `published`, an item that has its review dates is published for the time of the block. Raises Refused, before the
    block begins, when the version cannot stand beside what the tables hold by now.
    """
    with transaction.atomic():
        try:
            yield _laid_out(version, published=published)
        finally:
            transaction.set_rollback(True)


def _laid_out(version, *, published):
    try:
        with transaction.atomic():
            return _lay_out(version, published=published)
    except (DatabaseError, KeyError, ValueError) as error:
        raise Refused(_reasons(version) or ["What it names or needs is no longer there."]) from error


def _reasons(version):
    """What is wrong with the item's own fields, in words. Its rows are checked where they are written."""
    kind = kind_named(version.kind)
    data = kind.completed(version.data)
    item = kind.model.objects.filter(pk=version.item_id).first() or kind.model(pk=version.item_id)
    try:
        _assign(item, kind.columns, data, _referred(kind.columns, [data]))
        item.full_clean()
    except ValidationError as error:
        return [
            f"{kind.label_of(name)}: {message}" if name in data else message
            for name, found in error.message_dict.items()
            for message in found
        ]
    except KeyError as error:
        name, key = error.args[0]
        return [f"{kind.label_of(name)}: “{key}” is gone."]
    except ValueError as error:
        return [str(error)]
    return []


def _lay_out(version, *, published):
    kind = kind_named(version.kind)
    data = kind.completed(version.data)
    if published and kind.is_publishable and data["reviewed_on"] and data["review_due"]:
        data["status"] = "published"
    item = kind.model.objects.filter(pk=version.item_id).first() or kind.model(pk=version.item_id)
    _assign(item, kind.columns, data, _referred(kind.columns, [data]))
    item.save()
    missing = []
    for part_list in kind.parts:
        missing += _lay_out_rows(part_list, item, data[part_list.name])
    if kind.is_publishable:
        keep_former_slugs(item, data.get("former_slugs", []))
    if kind.after_write:
        kind.after_write()
    return kind.model.objects.get(pk=item.pk), missing


def _lay_out_rows(part_list, item, rows):
    manager = getattr(item, part_list.name)
    manager.all().delete()
    referred = _referred(part_list.columns, rows)
    references = {column.name: column for column in part_list.columns if column.is_reference}
    parts, missing = [], []
    for index, row in enumerate(rows):
        gone = [
            name
            for name, column in references.items()
            if not column.is_empty(row[name]) and (name, row[name]) not in referred
        ]
        if gone:
            missing += [f"“{row[name]}” is gone, so its row among the {part_list.label} is left out." for name in gone]
            continue
        part = new_part(manager, item)
        part.pk = FIRST_ROW + index
        if part_list.is_ordered:
            part.position = index
        _assign(part, part_list.columns, row, referred)
        parts.append(part)
    part_list.model._base_manager.bulk_create(parts)
    return missing


def _assign(target, columns, row, referred):
    for column in columns:
        value = row[column.name]
        is_named = column.is_reference and not column.is_empty(value)
        setattr(target, column.name, referred[column.name, value] if is_named else column.from_file(value))


def _referred(columns, rows):
    """The rows that `rows` name, by column and natural key, in one query a column."""
    found = {}
    for column in columns:
        if column.is_reference:
            model = column.model_field.related_model
            keys = {row[column.name] for row in rows}
            for other in model.objects.filter(**{f"{column.key_name}__in": keys}):
                found[column.name, other.natural_key()[0]] = other
    return found
