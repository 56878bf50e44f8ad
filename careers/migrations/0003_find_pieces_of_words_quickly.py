from django.db import migrations

from careers.search import trigrams

# As the tables and columns are called here; a later migration that renames them makes its own indexes.
INDEXED = {"careers_searchentry": ["names", "text"], "careers_searchword": ["padded"]}


def ensure(apps, schema_editor):
    if trouble := trigrams.ensure(schema_editor.connection, INDEXED):
        print(f"\n{trouble}")  # the person who runs migrate reads it


def remove(apps, schema_editor):
    trigrams.remove(schema_editor.connection, INDEXED)


class Migration(migrations.Migration):
    """Trigram indexes for the search, each database in its own way. A database without any still finds all."""

    dependencies = [("careers", "0002_search")]
    operations = [migrations.RunPython(ensure, remove)]
