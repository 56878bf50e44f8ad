"""Published roles that miss a section of their page."""

from django.db.models import Exists, OuterRef, Q

from editorial import queue
from editorial.admin import PublishableAdmin, Question, in_words
from roles.models import Role

from .role import RoleAdmin

# Sections with a heading of their own on the page, beside those whose lack a role's form warns of.
MORE_SECTIONS = {
    "responsibilities": "task",
    "collaborators": "person to work with",
    "role_categories": "software",
    "differences": "difference from general tech",
    "destinations": "job after this one",
    "employer_notes": "word on employers",
}


def sections():
    """{relation: what a page misses while it is empty}, with what the apps above add to a role's form."""
    known_otherwise = PublishableAdmin.expected  # the queue asks for sources of every page
    own = {name: what for name, what in RoleAdmin.expected.items() if name not in known_otherwise}
    return own | MORE_SECTIONS


def with_gaps(roles):
    """Those of the roles that miss a section, each with a `has_…` for every section: one query."""
    found = {f"has_{name}": Exists(_rows_of(name)) for name in sections()}
    return roles.annotate(**found).filter(~Q(**dict.fromkeys(found, True)))


def _rows_of(name):
    relation = Role._meta.get_field(name)
    return relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})


def gap_in_words(role):
    missing = [f"no {what}" for name, what in sections().items() if not getattr(role, f"has_{name}")]
    return f"Published with {in_words(missing)}. Last changed on {queue.on_day(role.updated_at)}."


class MissesASection(Question):
    """Roles whose page has a heading with nothing below it."""

    title = "Misses a section?"
    parameter_name = "gap"

    def those(self, rows):
        return with_gaps(rows)


RoleAdmin.list_filter = (*RoleAdmin.list_filter, MissesASection)

queue.register(
    queue.Question(
        heading="Role with a missing section",
        model=Role,
        find=lambda: with_gaps(Role.objects.published()).order_by("updated_at", "pk"),
        says=gap_in_words,
        filters={"published": "yes", "gap": "yes"},
    )
)
