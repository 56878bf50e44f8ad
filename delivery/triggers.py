"""Triggers that count every change to what readers see.

PostgreSQL: deferred to the end of the transaction, where the row of the stamp is locked for a moment only, so that two
editors never wait for one another; and once in a transaction, however many rows it writes. What is rolled back, such
as the rehearsal of a draft, is never counted. SQLite has one writer at a time and counts each row.
"""

from django.apps import apps
from django.db import connections, transaction

# The apps whose tables readers see, each without those that they don't.
SEEN = {
    "editorial": {"LoadedContent", "OpenForm", "SourceCheck"},
    "roles": set(),
    "skills": set(),
    "outlook": set(),
    "careers": set(),
    "match": set(),
}
PREFIX = "content_stamp"
# Never a number that was there before, also not after a backup was brought back: the clock, in milliseconds, or more.
COUNT = {
    "sqlite": "UPDATE delivery_contentstamp SET number = "
    "max(number + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) WHERE id = 1",
    "postgresql": "UPDATE delivery_contentstamp SET number = "
    "greatest(number + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) WHERE id = 1",
}


def watched_tables():
    """The tables that hold what readers see, with those that link two of them."""
    models = [
        model
        for app, unseen in SEEN.items()
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model.__name__ not in unseen
    ]
    return sorted(model._meta.db_table for model in models)


def ensure(using):
    """Put the row and the triggers where they are missing, for the tables that are there, and count once.

    Counting once covers what a migration changed while a table had no trigger.
    """
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if "delivery_contentstamp" not in there:  # its migration was undone
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute("INSERT INTO delivery_contentstamp (id, number) VALUES (1, 1) ON CONFLICT DO NOTHING")
        put = {"sqlite": _put_on_sqlite, "postgresql": _put_on_postgresql}[connection.vendor]
        put(cursor, [table for table in watched_tables() if table in there])
        cursor.execute(COUNT[connection.vendor])


def remove(using):
    """Take the triggers of SQLite away before a migration: no table that one of them names could be made anew."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}_%"])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _put_on_sqlite(cursor, tables):
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {PREFIX}_{event.lower()}_{table} AFTER {event} ON {table} "
                f"BEGIN {COUNT['sqlite']}; END"
            )


def _put_on_postgresql(cursor, tables):
    # The setting lives until the transaction ends, so that only its first row counts.
    cursor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {PREFIX}_count() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('careers.content_stamp', true) IS DISTINCT FROM txid_current()::text THEN
                PERFORM set_config('careers.content_stamp', txid_current()::text, true);
                {COUNT["postgresql"]};
            END IF;
            RETURN NULL;
        END $$
        """
    )
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [PREFIX])
    watched = {name for (name,) in cursor.fetchall()}
    for table in tables:
        if table in watched:
            continue
        cursor.execute(
            f"CREATE CONSTRAINT TRIGGER {PREFIX} AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {PREFIX}_count()"
        )
