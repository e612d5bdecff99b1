"""The database itself refuses to change a released table: both engines a change, PostgreSQL a removal too.

Gallring says `SET LOCAL platssamverkan.erasing = 'on'`, as for the log and for what is justerat. A later migration that
makes the table anew on SQLite must run `add_triggers` again; a test finds it out if it does not.
"""

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION reports_refuse_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('platssamverkan.erasing', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a released table is never changed' USING ERRCODE = 'restrict_violation';
END
$$
"""


def add_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(REFUSE, params=None)
        schema_editor.execute(
            "CREATE TRIGGER reports_release_fixed BEFORE UPDATE OR DELETE ON reports_release "
            "FOR EACH ROW EXECUTE FUNCTION reports_refuse_released()"
        )
    elif vendor == "sqlite":
        schema_editor.execute(
            "CREATE TRIGGER reports_release_fixed BEFORE UPDATE ON reports_release FOR EACH ROW "
            "BEGIN SELECT RAISE(ABORT, 'a released table is never changed'); END"
        )


def remove_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS reports_release_fixed ON reports_release")
        schema_editor.execute("DROP FUNCTION IF EXISTS reports_refuse_released()")
    elif vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS reports_release_fixed")


class Migration(migrations.Migration):

    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
