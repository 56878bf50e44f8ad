"""How things look as JSON, said once: what is answered and what is described come from the same lines.

A `Shape` is a list of `Field`s. Each has a name, a JSON Schema, and a function that finds its value; so a value
that is not described cannot be answered, and a field that is described is always there.
"""

from dataclasses import dataclass
from operator import attrgetter

from django.db import models

ANY_SIGN_BUT_NUL = r"^[^\x00]*$"


@dataclass(frozen=True)
class Field:
    """One value. `shape` is set where it holds other shapes, one or many of them."""

    name: str
    schema: dict
    of: object
    shape: object = None


@dataclass(frozen=True)
class Shape:
    """One kind of JSON object, under the name that the description gives it."""

    name: str
    says: str
    fields: tuple

    def represent(self, thing):
        """`thing` as plain data."""
        return {field.name: field.of(thing) for field in self.fields}

    @property
    def schema(self):
        return {
            "type": "object",
            "description": self.says,
            "properties": {field.name: field.schema for field in self.fields},
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
        }

    @property
    def reference(self):
        return {"$ref": f"#/components/schemas/{self.name}"}

    def all_shapes(self):
        """{name: Shape} of this one and of all that it holds."""
        found = {self.name: self}
        for field in self.fields:
            if field.shape is not None:
                found |= field.shape.all_shapes()
        return found


def _may_be_missing(schema, *, missing):
    if not missing:
        return schema
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    allowed = {"type": [schema["type"], "null"]}
    return schema | allowed | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})


def plain(kind, name, says, of=None, *, missing=False, **more):
    """A Field that holds a text, a number or a truth: `kind` is JSON Schema's name for it."""
    schema = {"type": kind, "description": says, **more}
    return Field(name, _may_be_missing(schema, missing=missing), of or attrgetter(name))


def text(name, says, of=None, **more):
    return plain("string", name, says, of, **more)


def whole(name, says, of=None, **more):
    return plain("integer", name, says, of, **more)


def flag(name, says, of=None):
    return plain("boolean", name, says, of)


def texts(name, says, of):
    """A list of texts."""
    return Field(name, {"type": "array", "description": says, "items": {"type": "string"}}, lambda thing: [*of(thing)])


def one(name, says, shape, of, *, missing=False):
    """Another shape inside; `missing`: or nothing."""

    def value(thing):
        inner = of(thing)
        return None if inner is None else shape.represent(inner)

    schema = _may_be_missing(shape.reference, missing=missing)
    return Field(name, {"description": says, **schema}, value, shape)


def many(name, says, shape, of):
    """A list of other shapes."""
    schema = {"type": "array", "description": says, "items": shape.reference}
    return Field(name, schema, lambda thing: [shape.represent(each) for each in of(thing)], shape)


def of_column(column, item=lambda row: row):
    """The Field of a column of a content file: its limits, choices and explanation are those of the model.

    `item` finds the row in what the shape is made of.
    """
    return Field(column.name, schema_of(column), lambda row: column.of(item(row)))


# What stands in a content file for each kind of model field; the first that fits counts.
TYPES = [
    (models.BooleanField, {"type": "boolean"}),
    (models.DecimalField, {"type": "number"}),
    (models.IntegerField, {"type": "integer"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.URLField, {"type": "string", "format": "uri"}),
    (models.Field, {"type": "string"}),
]


def schema_of(column):
    """The JSON Schema of a column's values, from its model field."""
    field = column.model_field
    if column.is_reference:
        named = f"The {column.key_name} of the {field.related_model._meta.verbose_name}."
        schema = {"type": "string", "description": named}
    else:
        schema = dict(next(schema for kind, schema in TYPES if isinstance(field, kind)))
        schema["description"] = _explained(field)
    if column.words:
        schema |= {"type": "string", "enum": [*column.words.values()]}
    elif field.choices and not column.is_reference:
        schema["enum"] = [value for value, _ in field.choices]
    if field.blank and not field.null:
        schema.pop("format", None)  # an empty text is no address and no date
        if "enum" in schema and "" not in schema["enum"]:
            schema["enum"] = [*schema["enum"], ""]
    return _may_be_missing(schema, missing=field.null)


def _explained(field):
    """What editors are told of the field, and the words that readers see for each choice."""
    parts = [str(field.help_text) or f"{str(field.verbose_name)[:1].upper()}{str(field.verbose_name)[1:]}."]
    if field.choices:
        parts.append(f"On pages: {'; '.join(str(label) for _, label in field.choices)}.")
    return " ".join(parts)
