# SPDX-License-Identifier: EUPL-1.2
"""The log: one row for everything done, none of it can be changed, and it shows if it was (faults.md, case 25)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from boenden.models import Boende
from platssamverkan.audit import seals
from platssamverkan.audit.actions import log_event, log_reading
from platssamverkan.audit.labels import register_event
from platssamverkan.audit.models import AuditEntry, AuditSeal
from platssamverkan.audit.seals import count_unsealed, seal, verify_seals
from platssamverkan.audit.tasks import seal_log
from platssamverkan.ground.actions import save_record
from tests import factories

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's trigger")


def rows_about(record):
    """The rows of the log about a record."""
    return AuditEntry.objects.filter(object_pk=str(record.pk))


class TestRows:
    def test_a_create_and_a_change_give_one_row_each_with_who(self, cast):
        incident = factories.IncidentFactory.build(boende=cast.kalleback)
        save_record(record=incident, by=cast["personal"])
        incident.headline = "Glas på gångvägen"
        save_record(record=incident, by=cast["enhetschef"])
        created, changed = rows_about(incident).order_by("pk")
        assert (created.kind, created.actor, created.record_name) == ("skapade", cast["personal"], "händelse")
        assert (changed.kind, changed.actor) == ("ändrade", cast["enhetschef"])
        assert list(changed.changes) == ["headline"]

    def test_a_row_goes_with_its_transaction(self, cast):
        incident = factories.IncidentFactory.build(boende=cast.kalleback)
        with pytest.raises(RuntimeError), transaction.atomic():
            save_record(record=incident, by=cast["personal"])
            raise RuntimeError
        assert not rows_about(incident).exists()

    def test_a_reading_and_an_event_are_told_in_words(self, cast):
        log_reading(record=cast.kalleback, by=cast["personal"])
        log_event(record=cast.kalleback, by=cast["enhetschef"], event="test_opened")
        event, reading = rows_about(cast.kalleback).for_list()[:2]
        assert (reading.kind, reading.record_name, reading.event) == ("läste", "boende", "")
        assert event.kind == "ändrade"
        register_event("test_opened", "öppnade")
        assert event.kind == "öppnade"

    def test_changed_fields_have_their_names_on_screen(self, cast):
        incident = factories.IncidentFactory(boende=cast.kalleback)
        incident.affected_neighbourhood = not incident.affected_neighbourhood
        save_record(record=incident, by=cast["personal"])
        row = rows_about(incident).for_list()[0]
        assert row.changed_fields == [incident._meta.get_field("affected_neighbourhood").verbose_name]
        row.changes = {"long_gone": [None, "1"]}
        assert row.changed_fields == ["long_gone"]

    def test_only_who_may_read_the_log_sees_it(self, cast):
        assert AuditEntry.objects.visible_to(cast["systemforvaltare"]).exists()
        for name in ("forvaltningschef", "enhetschef", "personal", "boendeombud", "granne", "ended"):
            assert not AuditEntry.objects.visible_to(cast[name]).exists()

    @pytest.mark.parametrize("count", [1, 30])
    def test_a_page_of_it_is_one_query(self, cast, count, django_assert_num_queries):
        for _ in range(count):
            log_reading(record=cast.kalleback, by=cast["personal"])
        with django_assert_num_queries(1):
            for row in AuditEntry.objects.for_list()[:30]:
                assert (str(row.actor) or row.kind) and row.record_name


class TestRefusal:
    def test_is_logged_with_who_and_where_and_without_the_query(self, cast, as_user):
        from platssamverkan.notices.actions import post_notice
        from platssamverkan.notices.models import Notice

        post_notice(what="w", occasion="o", subject="s", text="t", recipient=cast["personal"], by=None)
        url = reverse("notices:notice_retry", args=[Notice.objects.get().pk])
        assert as_user("personal").post(f"{url}?sok=HEMLIG").status_code == 403
        row = AuditEntry.objects.get(additional_data__event="refused")
        assert (row.kind, row.actor, row.path) == ("nekades en sida", cast["personal"], url)

    def test_of_a_page_with_a_secret_in_its_address_keeps_the_pattern(self, rf, cast):
        from types import SimpleNamespace

        from platssamverkan.look.error_pages import path_to_log

        request = rf.get("/konto/inbjudan/HEMLIG/")
        request.resolver_match = SimpleNamespace(route="konto/inbjudan/<str:token>/", kwargs={"token": "HEMLIG"})
        assert path_to_log(request) == "/konto/inbjudan/<str:token>/"

    def test_a_missing_page_is_no_refusal(self, as_user):
        as_user("personal").get("/finns-inte/")
        assert not AuditEntry.objects.filter(additional_data__event="refused").exists()


class TestUnchanging:
    @pytest.mark.parametrize(
        "change",
        [
            lambda row: row.save(),
            lambda row: row.delete(),
            lambda row: AuditEntry.objects.filter(pk=row.pk).update(actor=None),
            lambda row: AuditEntry.objects.bulk_update([row], ["changes"]),
            lambda row: AuditEntry.objects.all().delete(),
        ],
    )
    def test_a_row_is_never_changed_from_the_code(self, cast, change):
        row = AuditEntry.objects.first()
        with pytest.raises(PermissionError):
            change(row)

    @on_postgresql
    @pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditseal"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_the_database_refuses_too(self, cast, table, statement):
        seal(timezone.now() + timedelta(hours=1))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table))

    @on_postgresql
    def test_the_database_lets_an_erasure_through(self, cast):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL platssamverkan.erasing = 'on'")
            cursor.execute("UPDATE audit_auditentry SET actor_email = NULL")
            cursor.execute("SET LOCAL platssamverkan.erasing = 'off'")
        assert not AuditEntry.objects.filter(actor_email__isnull=False).exists()


def tamper(statement, *values):
    """Change the log behind the application's back, as someone with the database's password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL platssamverkan.erasing = 'on'")
        cursor.execute(statement, values)


@pytest.fixture
def sealed(cast, monkeypatch):
    """A log under three seals or more."""
    monkeypatch.setattr(seals, "ROWS", 5)
    assert seal(timezone.now() + timedelta(minutes=10)) == AuditEntry.objects.count()
    assert AuditSeal.objects.count() >= 3


class TestSeals:
    def test_rows_wait_five_minutes(self, cast):
        old = seal_log()  # the cast's own rows, when the tests have run for long
        log_reading(record=cast.kalleback, by=cast["personal"])
        assert seal_log() == 0
        assert seal(timezone.now() + timedelta(minutes=6)) == AuditEntry.objects.count() - old
        assert seal(timezone.now() + timedelta(minutes=6)) == 0

    def test_the_chain_holds_and_grows(self, sealed, cast):
        assert verify_seals() is None
        log_reading(record=cast.kalleback, by=cast["personal"])
        assert seal(timezone.now() + timedelta(minutes=10)) == 1
        assert verify_seals() is None
        assert str(AuditSeal.objects.last()).startswith(f"{AuditSeal.objects.count()}: ")

    @pytest.mark.parametrize(
        "column", ["object_pk", "object_repr", "actor_id", "action", "changes", "additional_data", "timestamp"]
    )
    def test_a_changed_row_is_found(self, sealed, cast, column):
        second = AuditSeal.objects.get(number=2)
        values = {
            "object_pk": "1",
            "object_repr": "x",
            "actor_id": cast["granne"].pk.hex if connection.vendor == "sqlite" else cast["granne"].pk,
            "action": 3,
            "changes": "{}",
            "additional_data": '{"event": "x"}',
            "timestamp": timezone.now() - timedelta(days=1),
        }
        tamper(f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s", values[column], second.entry_ids[0])  # noqa: S608
        assert verify_seals() == second

    def test_a_removed_row_is_found(self, sealed):
        second = AuditSeal.objects.get(number=2)
        tamper("DELETE FROM audit_auditentry WHERE id = %s", second.entry_ids[-1])
        assert verify_seals() == second

    def test_a_seal_made_anew_over_a_changed_row_breaks_the_next(self, sealed):
        first, second = AuditSeal.objects.all()[:2]
        tamper("UPDATE audit_auditentry SET object_pk = 'x' WHERE id = %s", first.entry_ids[0])
        tamper("UPDATE audit_auditseal SET digest = %s WHERE id = %s", seals.digest_of("", first.entry_ids), first.pk)
        assert verify_seals() == second

    def test_a_removed_seal_is_found(self, sealed):
        tamper("DELETE FROM audit_auditseal WHERE number = %s", 2)
        assert verify_seals().number == 3

    def test_an_address_taken_out_breaks_nothing(self, sealed):
        tamper("UPDATE audit_auditentry SET actor_email = %s", None)
        assert verify_seals() is None

    def test_a_row_that_was_committed_late_is_sealed_with_the_next(self, sealed, cast):
        log_reading(record=cast.kalleback, by=cast["personal"])
        late = AuditEntry.objects.first()
        tamper("UPDATE audit_auditentry SET timestamp = %s WHERE id = %s", timezone.now() - timedelta(hours=2), late.pk)
        assert seal() == 1
        assert AuditSeal.objects.last().entry_ids == [late.pk]
        assert verify_seals() is None

    def test_a_row_put_in_with_an_old_date_stands_out(self, sealed, cast):
        assert count_unsealed() == 0
        log_reading(record=cast.kalleback, by=cast["personal"])
        forged = AuditEntry.objects.first()
        tamper(
            "UPDATE audit_auditentry SET timestamp = %s WHERE id = %s", timezone.now() - timedelta(days=90), forged.pk
        )
        assert seal() == 0
        assert count_unsealed() == 1

    def test_of_two_sealers_at_once_one_does_it(self, cast, monkeypatch):
        now = timezone.now() + timedelta(minutes=10)
        to_seal = seals.to_seal

        def other_was_quicker(last, moment):
            ids = to_seal(last, moment)
            monkeypatch.setattr(seals, "to_seal", to_seal)
            assert seal(moment) == len(ids)
            return ids

        monkeypatch.setattr(seals, "to_seal", other_was_quicker)
        assert seal(now) == 0
        assert AuditSeal.objects.count() == 1
        assert verify_seals() is None


class TestCommand:
    def run(self):
        out = StringIO()
        call_command("verify_audit", stdout=out)
        return out.getvalue()

    def test_says_that_the_log_is_whole_with_the_last_digest(self, sealed):
        assert AuditSeal.objects.last().digest in self.run()

    def test_says_that_there_is_nothing_yet(self, cast):
        assert "inga sigill" in self.run()

    def test_fails_where_the_chain_breaks(self, sealed):
        tamper("DELETE FROM audit_auditentry WHERE id = %s", AuditSeal.objects.get(number=2).entry_ids[0])
        with pytest.raises(CommandError, match="sigill 2"):
            self.run()

    def test_fails_on_an_old_row_outside_the_chain(self, cast):
        tamper("UPDATE audit_auditentry SET timestamp = %s", timezone.now() - timedelta(days=2))
        with pytest.raises(CommandError, match="saknar sigill"):
            self.run()


def test_the_name_of_a_boende_is_not_in_its_rows(cast):
    boende = Boende.objects.get(pk=cast.kalleback.pk)
    boende.name = "Ett nytt namn"
    save_record(record=boende, by=cast["systemforvaltare"])
    assert "Ett nytt namn" not in str(rows_about(boende).first().changes)
