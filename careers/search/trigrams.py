"""Finding rows that hold some piece of text without reading every row: an index of trigrams on both databases.

SQLite: an FTS5 table beside the table, kept in step by triggers. PostgreSQL: a GIN index of pg_trgm. Without them
(an old SQLite, a PostgreSQL whose operator may not add the extension) the same rows are found by reading all.
"""

import logging

from django.db import Error, OperationalError, connection, transaction
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

logger = logging.getLogger(__name__)

# Table and the columns that are looked into.
INDEXED = {"careers_searchentry": ["names", "text"], "careers_searchword": ["padded"]}

NO_EXTENSION = (
    "Search works, but reads every page: this PostgreSQL has no pg_trgm, and the site's role may not add it. Let an "
    "administrator run CREATE EXTENSION pg_trgm in this database, then run manage.py rebuild_search."
)
NO_FTS5 = (
    "Search works, but reads every page: this SQLite has no FTS5 with trigrams. Version 3.34 or newer has, unless it "
    "was built without. After an update, run manage.py rebuild_search."
)


def ensure(connection, indexed=INDEXED):
    """Make the indexes where they are missing. Returns "" or a sentence that says why there are none."""
    if connection.vendor == "sqlite":
        return _ensure_fts5(connection, indexed)
    if connection.vendor == "postgresql":
        return _ensure_pg_trgm(connection, indexed)
    return ""


def remove(connection, indexed=INDEXED):
    """Take the indexes away. The extension stays: others may use it."""
    with connection.cursor() as cursor:
        for table, columns in indexed.items():
            if connection.vendor == "sqlite":
                for event in ("insert", "delete", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_trigrams_{event}")
                cursor.execute(f"DROP TABLE IF EXISTS {table}_trigrams")
            elif connection.vendor == "postgresql":
                for column in columns:
                    cursor.execute(f"DROP INDEX IF EXISTS {table}_{column}_trigrams")


def _ensure_fts5(connection, indexed):
    remove(connection, indexed)
    with connection.cursor() as cursor:
        for table, columns in indexed.items():
            own, new, old = (", ".join(f"{prefix}{each}" for each in columns) for prefix in ("", "new.", "old."))
            index = f"{table}_trigrams"
            try:
                cursor.execute(
                    f"CREATE VIRTUAL TABLE {index} USING fts5"
                    f"({own}, content='{table}', content_rowid='id', tokenize='trigram')"
                )
            except OperationalError:
                return NO_FTS5
            add = f"INSERT INTO {index}(rowid, {own}) VALUES (new.id, {new});"  # noqa: S608 - our own names
            drop = f"INSERT INTO {index}({index}, rowid, {own}) VALUES ('delete', old.id, {old});"  # noqa: S608
            cursor.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END")
            cursor.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {drop} END")
            cursor.execute(f"CREATE TRIGGER {index}_update AFTER UPDATE OF {own} ON {table} BEGIN {drop} {add} END")
            cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608
    return ""


def _ensure_pg_trgm(connection, indexed):
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except Error:
        return NO_EXTENSION
    with connection.cursor() as cursor:
        for table, columns in indexed.items():
            for column in columns:
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {table}_{column}_trigrams ON {table} USING gin ({column} gin_trgm_ops)"
                )
    return ""


def rows(build):
    """The rows of the queryset `build(holding)` as a list.

    `holding(queryset, column, pieces)` keeps the rows in which one of the pieces occurs. Pieces are plain words with
    or without a space at either end, three signs or longer. Of a single piece that very many rows hold it may be told
    so (`common=True`), when the first rows in some order are wanted.
    """
    if connection.vendor != "sqlite":
        return list(build(_holding))
    try:
        return list(build(_holding_by_fts5))
    except OperationalError as error:
        if "_trigrams" not in str(error) and "fts5" not in str(error):
            raise
        logger.warning(NO_FTS5)
        return list(build(_holding))


def _holding(queryset, column, pieces, *, common=False):
    if common:  # read in order until there are enough: PostgreSQL would fetch each long text that its index names
        return queryset.alias(place=StrIndex(column, Value(pieces[0]))).filter(place__gt=0)
    found = Q(pk__in=[])
    for piece in pieces:
        found |= Q(**{f"{column}__contains": piece})
    return queryset.filter(found)


def _holding_by_fts5(queryset, column, pieces, *, common=False):
    index = f"{queryset.model._meta.db_table}_trigrams"
    wanted = " OR ".join(f'"{piece}"' for piece in pieces)
    select = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608 - a table of ours; the words are bound
    return queryset.filter(pk__in=RawSQL(select, [f"{column} : ({wanted})"]))  # noqa: S611
