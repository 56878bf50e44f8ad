"""Makes a database with many roles: python benchmarks/grow.py 5000 copies the roles of content/, with all their parts.

DATABASE_URL names a database that holds the content already.
"""

import copy
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SLICE = 500


def grow(count):
    """Bring the number of published roles up to `count`."""
    from django.contrib.contenttypes.models import ContentType

    from editorial.models import Citation
    from roles.models import Role

    first = list(Role.objects.published())
    kind = ContentType.objects.get_for_model(Role)
    parts = {
        relation.related_model: (relation.field.attname, list(relation.related_model.objects.all()))
        for relation in Role._meta.related_objects
        if relation.one_to_many and relation.field.name == "role"
    }
    citations = list(Citation.objects.filter(content_type=kind))
    for start in range(len(first), count, SLICE):
        made = []
        for number in range(start, min(start + SLICE, count)):
            source = first[number % len(first)]
            made.append((source.pk, number, _copy(source, number, title=f"{source.title} {number}")))
        Role.objects.bulk_create([role for _, _, role in made])
        for model, (attribute, rows) in parts.items():
            model.objects.bulk_create(
                [
                    _copy(row, number, **{attribute: role.pk})
                    for old, number, role in made
                    for row in rows
                    if getattr(row, attribute) == old
                ],
                batch_size=SLICE,
            )
        Citation.objects.bulk_create(
            [
                _copy(row, number, object_id=role.pk)
                for old, number, role in made
                for row in citations
                if row.object_id == old
            ],
            batch_size=SLICE,
        )


def _copy(row, number, **changes):
    """The row once more; what must be unique gets the number."""
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.adding, made.pk = True, None
    for field in row._meta.fields:
        if field.unique and not field.primary_key and not field.is_relation:
            setattr(made, field.attname, f"{getattr(row, field.attname)}-{number}")
    for name, value in changes.items():
        setattr(made, name, value)
    return made


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    with transaction.atomic():
        grow(int(sys.argv[1]))
    call_command("rebuild_search", verbosity=0)

    from roles.models import Role
    from skills.models import RoleSkill

    print(f"{Role.objects.published().count()} roles, {RoleSkill.objects.count()} links to skills")
