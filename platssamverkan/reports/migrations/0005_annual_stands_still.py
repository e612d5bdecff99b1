# SPDX-License-Identifier: EUPL-1.2
"""The database itself refuses to change an approved årsrapport, to archive it, to replace it by nothing, and to put rows
into it or move them there: both engines a change, PostgreSQL a removal too. Its file may come once, after the approval.

Gallring says `SET LOCAL platssamverkan.erasing = 'on'`, as for what is released. A later migration that makes one of the
tables anew on SQLite must run `add_triggers` again; a test finds it out if it does not.
"""

from django.db import migrations

PARTS = ("section", "comment", "freeze", "staffing", "budget", "economy", "share")
SAID = "an approved report is never changed"
KEPT = (
    "forvaltning_id", "year", "edition", "previous_id", "correction", "approved_at", "approved_by_id", "archived_at",
    "names",
)  # fmt: skip
CORRECTED = (
    "EXISTS (SELECT 1 FROM reports_annualreport c "
    "WHERE c.previous_id = OLD.id AND c.status = 'draft' AND c.archived_at IS NULL)"
)
MAY_FOLLOW = f"(NEW.status = OLD.status OR (OLD.status = 'approved' AND NEW.status = 'replaced' AND {CORRECTED}))"

FILE_DIFFERS = "(OLD.document_id IS NOT NULL AND (NEW.document_id IS NULL OR NEW.document_id <> OLD.document_id))"

REFUSE_PART = f"""
CREATE OR REPLACE FUNCTION reports_refuse_approved_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('platssamverkan.erasing', true), '') <> 'on' THEN
        IF TG_OP <> 'INSERT' AND EXISTS (
            SELECT 1 FROM reports_annualreport WHERE id = OLD.report_id AND status <> 'draft'
        ) THEN
            RAISE EXCEPTION '{SAID}' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP <> 'DELETE' AND EXISTS (
            SELECT 1 FROM reports_annualreport WHERE id = NEW.report_id AND status <> 'draft'
        ) THEN
            RAISE EXCEPTION '{SAID}' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$
"""
REFUSE_REPORT = f"""
CREATE OR REPLACE FUNCTION reports_refuse_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('platssamverkan.erasing', true), '') <> 'on' AND OLD.status <> 'draft' THEN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION '{SAID}' USING ERRCODE = 'restrict_violation';
        ELSIF NOT {MAY_FOLLOW} OR {FILE_DIFFERS} OR {" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT)} THEN
            RAISE EXCEPTION '{SAID}' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$
"""


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_PART, params=None)
        schema_editor.execute(REFUSE_REPORT, params=None)
        for part in PARTS:
            schema_editor.execute(
                f"CREATE TRIGGER reports_annual{part}_fixed BEFORE INSERT OR UPDATE OR DELETE ON reports_annual{part} "
                "FOR EACH ROW EXECUTE FUNCTION reports_refuse_approved_part()"
            )
        schema_editor.execute(
            "CREATE TRIGGER reports_annualreport_fixed BEFORE UPDATE OR DELETE ON reports_annualreport "
            "FOR EACH ROW EXECUTE FUNCTION reports_refuse_approved()"
        )
    elif schema_editor.connection.vendor == "sqlite":
        for part in PARTS:
            for name, verb, ids in (("fixed", "UPDATE", "OLD.report_id, NEW.report_id"), ("full", "INSERT", "NEW.report_id")):
                schema_editor.execute(
                    f"CREATE TRIGGER reports_annual{part}_{name} BEFORE {verb} ON reports_annual{part} FOR EACH ROW WHEN "
                    f"EXISTS (SELECT 1 FROM reports_annualreport WHERE id IN ({ids}) AND status <> 'draft') "
                    f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
                )
        differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
        schema_editor.execute(
            "CREATE TRIGGER reports_annualreport_fixed BEFORE UPDATE ON reports_annualreport FOR EACH ROW WHEN "
            f"OLD.status <> 'draft' AND (NOT {MAY_FOLLOW} OR {FILE_DIFFERS} OR {differs}) BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )


def remove_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    names = ["reports_annualreport_fixed", *(f"reports_annual{part}_fixed" for part in PARTS)]
    for name in names:
        table = f" ON {name.removesuffix('_fixed')}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS reports_refuse_approved_part()")
        schema_editor.execute("DROP FUNCTION IF EXISTS reports_refuse_approved()")
    elif vendor == "sqlite":
        for part in PARTS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS reports_annual{part}_full")


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_annual")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
