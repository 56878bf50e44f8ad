"""The site's own figures and content in a test's database: loaded the real way once in each process, then copied.

Loading checks every row and takes seconds; a dozen modules need it (tests/browser copies the whole database).
That loading itself is right is tested in tests/content and tests/editorial. The search index is not copied.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

from editorial.content.load import load
from outlook.importing import box

OURS = ("editorial", "roles", "skills", "outlook", "careers", "match")
WRITTEN_BY_SIGNALS = ("SearchEntry", "SearchWord")
_remembered = {}


@transaction.atomic
def put_real_content():
    """Fill the database, which holds no content, with the figures in the box and with all of content/."""
    if _remembered:
        _copy()
        return
    box.load()
    load(settings.CONTENT_DIR)
    content_types = {each.pk: each.natural_key() for each in ContentType.objects.all()}
    for model in _models():
        rows = list(model._base_manager.values())
        for row in rows:
            if "content_type_id" in row:
                row["content_type_id"] = content_types[row["content_type_id"]]
        _remembered[model] = rows


def _models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and model.__name__ not in WRITTEN_BY_SIGNALS
    ]


def _copy():
    content_types = {each.natural_key(): each.pk for each in ContentType.objects.all()}
    for model in reversed(_remembered):
        model._base_manager.all().delete()  # what migrations wrote comes again with the rest
    for model, rows in _remembered.items():
        now = [
            row | {"content_type_id": content_types[row["content_type_id"]]} if "content_type_id" in row else row
            for row in rows
        ]
        model._base_manager.bulk_create([model(**row) for row in now], batch_size=500)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_remembered)):
            cursor.execute(statement)
