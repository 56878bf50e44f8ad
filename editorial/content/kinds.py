"""Which models travel as files, and how one item looks as plain data.

An app takes part by calling `register` in its own `content_kinds.py`. Fields are read from the model,
so a new column is in the files as soon as it is in the model.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from graphlib import TopologicalSorter

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.module_loading import autodiscover_modules
from django.utils.text import slugify

from editorial.models import FormerSlug, Publishable

NOT_CONTENT = {"updated_at"}
EXPECTED = [
    (models.BooleanField, (bool,), "true or false"),
    (models.DecimalField, (int, float), "a number"),
    (models.IntegerField, (int,), "a whole number"),
    (models.DateField, (datetime.date, str), "a date such as 2026-11-22"),
    ((models.CharField, models.TextField), (str,), "text. Put it in quotes"),
]


@dataclass(frozen=True)
class Column:
    """One field of a model as it stands in a file."""

    model_field: models.Field

    @property
    def name(self):
        return self.model_field.name

    @property
    def is_reference(self):
        return self.model_field.is_relation

    @property
    def key_name(self):
        """Of a reference: the field by which files name the other row."""
        names = {each.name for each in self.model_field.related_model._meta.concrete_fields}
        return next(name for name in ("slug", "key", "code") if name in names)

    @cached_property
    def words(self):
        """For a number with choices: the word in the file for each number in the database."""
        if isinstance(self.model_field, models.IntegerField) and self.model_field.choices:
            return {value: slugify(label) for value, label in self.model_field.choices}
        return {}

    def is_empty(self, value):
        """Whether the file says that there is nothing here, and there may be nothing."""
        return value is None and self.model_field.null

    @property
    def may_be_left_out(self):
        """A default that changes from day to day, such as today's date, does not count."""
        default = self.model_field.default
        return self.model_field.blank or (self.model_field.has_default() and not callable(default))

    @property
    def default(self):
        value = self.model_field.get_default()
        return self.to_file(value.value if isinstance(value, models.Choices) else value)

    def of(self, item):
        """The value of this field on `item`, as it stands in a file."""
        value = getattr(item, self.name)
        if self.is_reference:
            return value.natural_key()[0] if value else None
        return self.to_file(value)

    def to_file(self, value):
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return self.words.get(value, value)

    def from_file(self, value):
        """The database value. Raises ValueError with a sentence when the file's word is unknown."""
        if self.words:
            for number, word in self.words.items():
                if word == value:
                    return number
            raise ValueError(f"“{value}” is not one of: {', '.join(self.words.values())}.")
        if self.is_empty(value):
            return None
        for field_class, types, name in EXPECTED:
            if isinstance(self.model_field, field_class) and type(value) not in types:
                raise ValueError(f"{value!r} is not {name}.")
        if isinstance(self.model_field, models.DecimalField):
            return Decimal(str(value))
        return value


def _columns(model, without=()):
    return [
        Column(each)
        for each in model._meta.concrete_fields
        if not each.primary_key and each.name not in NOT_CONTENT and each.name not in without
    ]


@dataclass(frozen=True)
class PartList:
    """A list inside an item: ordered parts, or links to other items."""

    name: str
    model: type
    parent_fields: frozenset

    @cached_property
    def is_ordered(self):
        return any(each.name == "position" for each in self.model._meta.concrete_fields)

    @cached_property
    def columns(self):
        left_out = self.parent_fields | ({"position"} if self.is_ordered else set())
        return _columns(self.model, without=left_out)

    @property
    def label(self):
        """What the list is called in a sentence."""
        return self.name.replace("_", " ")

    @property
    def references(self):
        return [column.name for column in self.columns if column.is_reference]

    def of(self, item):
        rows = getattr(item, self.name).all()
        if self.references:
            rows = rows.select_related(*self.references)
        return self.as_data(rows)

    def as_data(self, rows):
        """Loaded rows as plain data."""
        return [{column.name: column.of(row) for column in self.columns} for row in rows]


@dataclass(frozen=True)
class Kind:
    """A model that travels as one file per row."""

    folder: str
    model: type
    part_names: tuple = field(default=())
    after_write: object = None

    @cached_property
    def key_name(self):
        names = {each.name for each in self.model._meta.concrete_fields}
        return "slug" if "slug" in names else "key"

    @cached_property
    def columns(self):
        columns = _columns(self.model)
        return sorted(columns, key=lambda column: column.name != self.key_name)

    @property
    def is_publishable(self):
        return issubclass(self.model, Publishable)

    @cached_property
    def parts(self):
        names = [*self.part_names, *(["citations"] if self.is_publishable else [])]
        return [self.part_list(name) for name in names]

    def part_list(self, name):
        relation = self.model._meta.get_field(name)
        if hasattr(relation, "object_id_field_name"):
            parent = {relation.object_id_field_name, relation.content_type_field_name}
        else:
            parent = {relation.field.name}
        return PartList(name, relation.related_model, frozenset(parent))

    @property
    def models_referred_to(self):
        """The models whose rows its files name."""
        columns = [*self.columns, *(column for part_list in self.parts for column in part_list.columns)]
        return {column.model_field.related_model for column in columns if column.is_reference}

    def key_of(self, item):
        return getattr(item, self.key_name)

    def as_data(self, item):
        """One row with its parts, as plain data in the order of the file."""
        data = {column.name: column.of(item) for column in self.columns}
        if self.is_publishable:
            former = former_slugs(item)
            if former:
                data["former_slugs"] = former
        for part_list in self.parts:
            data[part_list.name] = part_list.of(item)
        return data

    def label_of(self, name):
        """What editors call a field or a list."""
        labels = {column.name: column.model_field.verbose_name for column in self.columns}
        label = labels.get(name, name.replace("_", " "))
        return label[0].upper() + label[1:]

    def completed(self, data):
        """Older data in today's shape: what has come since gets its default, what is gone is left out."""
        same = {column.name: data.get(column.name, column.default) for column in self.columns}
        if self.is_publishable and data.get("former_slugs"):
            same["former_slugs"] = data["former_slugs"]
        for part_list in self.parts:
            same[part_list.name] = [
                {column.name: row.get(column.name, column.default) for column in part_list.columns}
                for row in data.get(part_list.name, [])
            ]
        return same

    def changed_names(self, before, after):
        """The names of the fields and lists in which two items differ."""
        before, after = self.comparable(before), self.comparable(after)
        return [name for name in {**before, **after} if before.get(name) != after.get(name)]

    def comparable(self, data):
        """The same data with links in a fixed order, since their order means nothing."""
        same = dict(data)
        for part_list in self.parts:
            if not part_list.is_ordered:
                same[part_list.name] = sorted(data[part_list.name], key=_as_json)
        return same

    def digest(self, data):
        """SHA-256 of the item, the same whatever the order of its links."""
        return hashlib.sha256(_as_json(self.comparable(data)).encode()).hexdigest()


def _as_json(data):
    return json.dumps(data, sort_keys=True, default=str, ensure_ascii=False)


def former_slugs(page):
    """The slugs that lead to `page` by a permanent redirect, in alphabetical order."""
    own_type = ContentType.objects.get_for_model(type(page))
    rows = FormerSlug.objects.filter(content_type=own_type, object_id=page.pk)
    return sorted(rows.values_list("slug", flat=True))


_kinds = {}


def register(folder, model, parts=(), after_write=None):
    """Let `model` travel as one YAML file per row in `content/<folder>/`.

    `after_write` is called without arguments when rows were written, once for a whole load, within the same
    transaction: for what is worked out from the rows.
    """
    _kinds[folder] = Kind(folder, model, tuple(parts), after_write)
    _in_order.cache_clear()


def extend(folder, part, *, after):
    """Let items of another app's kind carry a list of this app, placed after the list `after` in their files."""
    names = list(_kinds[folder].part_names)
    if part not in names:
        names.insert(names.index(after) + 1, part)
        _kinds[folder] = replace(_kinds[folder], part_names=tuple(names))
        _in_order.cache_clear()


def all_kinds():
    """Every registered kind, in the order of loading: what is referred to comes first."""
    return list(_in_order())


@cache
def _in_order():
    autodiscover_modules("content_kinds")
    by_model = {kind.model: kind for kind in _kinds.values()}
    order = TopologicalSorter()
    for kind in _kinds.values():
        order.add(kind.model, *(model for model in kind.models_referred_to if model in by_model))
    return tuple(by_model[model] for model in order.static_order())


def kind_of(model):
    """The kind whose rows are of `model`. Raises KeyError for a model that does not travel as files."""
    return {kind.model: kind for kind in all_kinds()}[model]


def kind_named(folder):
    """The kind with that folder. Raises KeyError when there is none."""
    return {kind.folder: kind for kind in all_kinds()}[folder]
