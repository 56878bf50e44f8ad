"""The things of the content as JSON: each as its content file has it, without what readers may not see.

A content file, the API, the JSON beside a page and the dataset are read from the same columns
(`editorial.content.kinds`), so that a new column of a model is in all of them at once, and none can say another word.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q
from django.urls import reverse

from careers.models import Reason, Trend
from editorial.content.kinds import kind_of
from editorial.markdown import plain
from editorial.models import FormerSlug, Publishable, Source, Version
from roles.models import Role, SoftwareCategory, Standard
from skills.models import Skill

from .computed import OCCUPATION
from .shapes import Field, Shape, many, of_column, text, texts, whole

# What every thing on this list has is true of all that is public, or is no word for readers.
NOT_TOLD = {"status"}


@dataclass(frozen=True)
class Loaded:
    """One row with all that its JSON says: `version` is the live one on record, or None."""

    item: object
    version: Version | None
    former: list
    site: str


@dataclass(frozen=True)
class Thing:
    """One kind of thing that the API tells of.

    `folder` is its part of the address, `name` what one is called, `title` and `summary` the fields that lists show.
    `also` names links that stand in other files and that the page of the thing shows too.
    """

    folder: str
    name: str
    model: type
    title: str
    summary: str
    also: tuple = field(default=())
    more: tuple = field(default=())  # Fields made of what is loaded
    page: str = ""  # the name of the address of its own page, which has this JSON beside it

    @property
    def kind(self):
        return kind_of(self.model)

    @cached_property
    def lists(self):
        """Every list inside it, of its own file and of others'."""
        return [*self.kind.parts, *(self.kind.part_list(name) for name in self.also)]

    @cached_property
    def shape(self):
        """One thing, whole."""
        columns = [of_column(column, _item) for column in self.kind.columns if column.name not in NOT_TOLD]
        return Shape(
            self.name.capitalize(),
            f"One {self.name}, as its page tells it. Texts are Markdown; [@key] cites a source.",
            (*_identity(self), *columns, *map(_list_field, self.lists), *self.more),
        )

    @cached_property
    def entry(self):
        """One thing as lists name it."""
        return Shape(
            f"{self.name.capitalize()}Entry",
            f"A {self.name} in few words.",
            (
                text(self.kind.key_name, "Its stable short name.", lambda each: self.kind.key_of(each.item)),
                *_identity(self),
                text("name", "What it is called.", lambda each: getattr(each.item, self.title)),
                text("summary", "One plain sentence.", lambda each: plain(getattr(each.item, self.summary))),
            ),
        )

    def public(self):
        """The rows that readers may see."""
        if issubclass(self.model, Publishable):
            return self.model.objects.published()
        return self.model.objects.cited_on_published_pages()

    def with_lists(self, rows):
        """The rows with all their lists, as far as readers see what those name; a query for each list."""
        return with_lists(rows, self.lists)

    def load(self, rows, site):
        """A Loaded for each of `rows`, in two queries more. `site`: scheme and host for whole addresses."""
        rows = list(rows)
        versions = _versions(self.kind, rows)
        former = former_slugs(self.model, rows)
        return [Loaded(row, versions.get(row.pk), former[row.pk], site) for row in rows]

    def page_of(self, item):
        """The path of the page that tells of it, and answers for ever."""
        return item.get_absolute_url() if hasattr(item, "get_absolute_url") else self.address_of(item)

    @property
    def beside(self):
        """The name of the address of the JSON beside its page."""
        return f"{self.name}-beside"

    def address_of(self, item):
        """The path of its JSON."""
        return reverse(f"api:{self.name}", args=[self.kind.key_of(item)])


def with_lists(rows, lists):
    """The rows with these lists loaded, as far as readers see what those name; a query for each list."""
    return rows.prefetch_related(
        *(Prefetch(each.name, visible(each.model.objects.all(), each.columns)) for each in lists)
    )


def visible(rows, columns):
    """The rows without those that name something unpublished, and with what they name loaded."""
    names = [column.name for column in columns if column.is_reference]
    for column in columns:
        if column.is_reference and issubclass(column.model_field.related_model, Publishable):
            status = Q(**{f"{column.name}__status": Publishable.Status.PUBLISHED})
            rows = rows.filter(status | Q(**{column.name: None}) if column.model_field.null else status)
    return rows.select_related(*names) if names else rows


def _item(loaded):
    return loaded.item


def _identity(thing):
    """What identifies a thing anywhere, and says how old its words are."""
    return (
        text(
            "uri",
            "Its permanent address. When a page moves, the old address leads to the new one for ever.",
            lambda each: f"{each.site}{thing.page_of(each.item)}",
            format="uri",
        ),
        text("self", "Where this JSON is.", lambda each: f"{each.site}{thing.address_of(each.item)}", format="uri"),
        texts("former", "Short names that it once had.", lambda each: each.former),
        whole(
            "version",
            "The number of the version that readers see; 0 when none is on record. It rises with every change.",
            lambda each: each.version.number if each.version else 0,
            minimum=0,
        ),
        text(
            "changed",
            "When that version was published; the list of changes and its feed say the same.",
            lambda each: each.version.published_at if each.version else None,
            missing=True,
            format="date-time",
        ),
    )


def _list_field(part_list):
    row = row_shape(part_list)
    schema = {"type": "array", "description": f"Its {part_list.label}.", "items": row.reference}
    return Field(
        part_list.name,
        schema,
        lambda each: [row.represent(one) for one in getattr(each.item, part_list.name).all()],
        row,
    )


def row_shape(part_list):
    """One row of a list. Rows seen from either end of a link are two shapes: each leaves its own end out."""
    ends = "".join(name.capitalize() for name in sorted(part_list.parent_fields - {"content_type", "object_id"}))
    model = part_list.model
    return Shape(
        f"{model.__name__}{f'Of{ends}' if ends else ''}",
        (model.__doc__ or "").strip().split("\n")[0],
        tuple(of_column(column) for column in part_list.columns),
    )


def _versions(kind, rows):
    """{pk: the version that readers see}, in one query."""
    numbers = [row.pk for row in rows]
    found = Version.objects.filter(kind=kind.folder, item_id__in=numbers).latest_of_each().defer("data")
    return {version.item_id: version for version in found}


def former_slugs(model, rows):
    """{pk: former slugs in alphabetical order}, in one query; nothing is asked for what has no slug."""
    found = defaultdict(list)
    if issubclass(model, Publishable):
        own_type = ContentType.objects.get_for_model(model)
        former = FormerSlug.objects.filter(content_type=own_type, object_id__in=[row.pk for row in rows])
        for pk, slug in former.order_by("slug").values_list("object_id", "slug"):
            found[pk].append(slug)
    return found


def _official(loaded):
    """The official occupations of a role, the nearest first."""
    links = sorted(loaded.item.role_occupations.all(), key=lambda link: not link.is_primary)
    return [link.occupation for link in links]


ROLES = Thing(
    "roles",
    "role",
    Role,
    "title",
    "tagline",
    ("role_reasons", "trend_impacts", "role_occupations"),
    (many("occupations", "Their codes in official lists, the nearest occupation first.", OCCUPATION, _official),),
    page="careers:role",
)
SKILLS = Thing("skills", "skill", Skill, "name", "summary", ("role_skills",), page="careers:skill")
SOFTWARE = Thing(
    "software", "category", SoftwareCategory, "name", "summary", ("role_categories",), page="careers:software-category"
)
STANDARDS = Thing(
    "standards",
    "standard",
    Standard,
    "name",
    "summary",
    ("role_standards", "category_standards"),
    page="careers:standard",
)
TRENDS = Thing("trends", "trend", Trend, "name", "summary", page="careers:trend")
REASONS = Thing("reasons", "reason", Reason, "title", "claim")
SOURCES = Thing("sources", "source", Source, "title", "note")

THINGS = (ROLES, SKILLS, SOFTWARE, STANDARDS, TRENDS, REASONS, SOURCES)
BY_NAME = {thing.name: thing for thing in THINGS}
