"""The database itself refuses to change what is being, or has been, signed: texts, parties, amounts, signatures.

Both engines refuse a change and a row that is slipped in, PostgreSQL a removal too. Gallring and erasure say
`SET LOCAL platssamverkan.erasing = 'on'`, as for the log. The triggers ask about each other's tables: a later migration
that makes one of TABLES anew on SQLite must run `remove_triggers` before and `add_triggers` after (by import_module,
for the name begins with a number); without it SQLite stops there and says which trigger is in the way.
"""

from django.db import migrations

FROZEN = "EXISTS (SELECT 1 FROM forum_agreementversion v WHERE v.id = {row}.agreement_version_id AND v.sha256 <> '')"
SIGNED = "EXISTS (SELECT 1 FROM forum_signature s WHERE s.party_id = OLD.id AND s.archived_at IS NULL)"
SOMEBODY_SIGNED = (
    "EXISTS (SELECT 1 FROM forum_signature s JOIN forum_agreementparty p ON p.id = s.party_id "
    "WHERE p.agreement_version_id = OLD.id AND p.supplement = 0 AND s.archived_at IS NULL)"
)
PARTY_STANDS = (
    f"((OLD.supplement = 0 AND {FROZEN.format(row='OLD')}) "
    f"OR (OLD.supplement > 0 AND (OLD.sealed_at IS NOT NULL OR {SIGNED})))"
)
TEXT = "purpose areas principles steering more starts_on ends_on review_on change_note"
PARTY = "agreement_version_id actor_id forvaltning_id contributes supplement joined_on archived_at"


def conditions(differs):
    """table -> (when a change is refused, a removal, a new row); `differs` says that a column gets another value."""

    def changed(columns):
        return "(" + " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns.split()) + ")"

    return {
        "forum_agreementversion": (
            f"OLD.sha256 <> '' AND ({changed(TEXT + ' agreement_id number previous_id archived_at')}"
            f" OR (NEW.sha256 <> '' AND {changed('sha256')})"
            f" OR (NEW.sha256 = '' AND {SOMEBODY_SIGNED})"
            f" OR (OLD.sealed_at IS NOT NULL AND {changed('sha256 sealed_at sealed_by_id document_id')})"
            " OR (OLD.state = 'galler' AND NEW.state NOT IN ('galler', 'ersatt'))"
            " OR (OLD.state = 'ersatt' AND NEW.state <> 'ersatt'))",
            "OLD.sha256 <> ''",
            "",
        ),
        "forum_agreementparty": (
            f"({PARTY_STANDS} AND {changed(PARTY)})"
            f" OR (OLD.sealed_at IS NOT NULL AND {changed('sealed_at document_id')})",
            PARTY_STANDS,
            f"NEW.supplement = 0 AND {FROZEN.format(row='NEW')}",
        ),
        "forum_agreementpost": (
            f"{FROZEN.format(row='OLD')} AND {changed('agreement_version_id name amount archived_at')}",
            FROZEN.format(row="OLD"),
            FROZEN.format(row="NEW"),
        ),
        "forum_signature": ("1 = 1", "1 = 1", ""),
    }


TABLES = list(conditions(""))
VERBS = ("UPDATE", "DELETE", "INSERT")
REFUSAL = "what is signed is never changed"
REFUSE = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('platssamverkan.erasing', true) IS DISTINCT FROM 'on' THEN
        {checks}
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$
"""
CHECK = """IF TG_OP = '{verb}' THEN
            IF {condition} THEN
                RAISE EXCEPTION '{refusal}: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END IF;
        END IF;"""


def add_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        for table, found in conditions("IS DISTINCT FROM").items():
            checks = [
                CHECK.format(verb=verb, condition=condition, refusal=REFUSAL)
                for verb, condition in zip(VERBS, found, strict=True)
                if condition
            ]
            schema_editor.execute(REFUSE.format(table=table, checks="\n        ".join(checks)), params=None)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_signed BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            )
    elif vendor == "sqlite":
        for table, (change, _removal, new) in conditions("IS NOT").items():
            for verb, condition in (("UPDATE", change), ("INSERT", new)):
                if condition:
                    schema_editor.execute(
                        f"CREATE TRIGGER {table}_signed_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW "
                        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                    )


def remove_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_signed ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")
        elif vendor == "sqlite":
            for verb in ("update", "insert"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_signed_{verb}")


class Migration(migrations.Migration):

    dependencies = [("forum", "0002_protokoll_never_changes")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
