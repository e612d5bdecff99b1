"""The database itself refuses to change what is justerat: both engines a change, PostgreSQL a removal too.

Gallring and erasure say `SET LOCAL platssamverkan.erasing = 'on'`, as for the log. A later migration that makes one of
these tables anew on SQLite must run `add_triggers` again; a test finds it out if it does not.
"""

from django.db import migrations

TABLES = ["forum_protokoll", "forum_protokollitem", "forum_justering"]

REFUSE = """
CREATE OR REPLACE FUNCTION forum_refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sealed_at IS NULL OR current_setting('platssamverkan.erasing', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a justerat protokoll is never changed: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""


def add_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(REFUSE, params=None)
    for table in TABLES:
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_sealed BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION forum_refuse_sealed()"
            )
        elif vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_sealed BEFORE UPDATE ON {table} FOR EACH ROW "
                "WHEN OLD.sealed_at IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'a justerat protokoll is never changed'); END"
            )


def remove_triggers(apps, schema_editor):
    on = {"postgresql": " ON {}", "sqlite": ""}.get(schema_editor.connection.vendor)
    if on is None:
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_sealed" + on.format(table))
    if on:
        schema_editor.execute("DROP FUNCTION IF EXISTS forum_refuse_sealed()")


class Migration(migrations.Migration):

    dependencies = [("forum", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
