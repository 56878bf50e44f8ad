"""Triggers that count every change to what readers see.

PostgreSQL: deferred to the end of the transaction, where the row of the stamp is locked for a moment only, so that two
editors never wait for one another; and once in a transaction, however many rows it writes. What is rolled back, such
as the rehearsal of a draft, is never counted. SQLite has one writer at a time and counts each row.
"""

from django.apps import apps
from django.db import connections

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
COUNT = "UPDATE delivery_contentstamp SET number = number + 1 WHERE id = 1"


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
    """Put the row and the triggers where they are missing, for the tables that are there."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if "delivery_contentstamp" not in there:  # its migration was undone
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO delivery_contentstamp (id, number) VALUES (1, 1) ON CONFLICT DO NOTHING")
        put = {"sqlite": _put_on_sqlite, "postgresql": _put_on_postgresql}[connection.vendor]
        put(cursor, [table for table in watched_tables() if table in there])


def _put_on_sqlite(cursor, tables):
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {PREFIX}_{event.lower()}_{table} AFTER {event} ON {table} "
                f"BEGIN {COUNT}; END"
            )


def _put_on_postgresql(cursor, tables):
    # The setting lives until the transaction ends, so that only its first row counts.
    cursor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {PREFIX}_count() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('careers.content_stamp', true) IS DISTINCT FROM txid_current()::text THEN
                PERFORM set_config('careers.content_stamp', txid_current()::text, true);
                {COUNT};
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for table in tables:
        cursor.execute(f"DROP TRIGGER IF EXISTS {PREFIX} ON {table}")
        cursor.execute(
            f"CREATE CONSTRAINT TRIGGER {PREFIX} AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {PREFIX}_count()"
        )
