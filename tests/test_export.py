# SPDX-License-Identifier: EUPL-1.2
"""Exports: one way out for rows, harmless to open, logged before the first byte, and told when cut."""

import csv
import hashlib
import io
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
import vobject
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext_lazy
from xlsxwriter.exceptions import FileCreateError

from platssamverkan.audit.models import AuditEntry
from platssamverkan.documents.actions import StorageFull
from platssamverkan.export import responses, xlsx_writer
from platssamverkan.export.actions import begin_export, end_export, record_export
from platssamverkan.export.columns import Column, getter, shown_getter
from platssamverkan.export.csv_writer import ROWS_A_CHUNK, cell, csv_chunks
from platssamverkan.export.models import Export
from platssamverkan.export.responses import export_response
from platssamverkan.ground.fields import show_telephone
from tests import factories
from tests.conftest import close

COLUMNS = [
    Column("Namn", "name", vcard="name"),
    Column("Roll", "role", vcard="role"),
    Column("Aktör", lambda row: row["actor"], vcard="org"),
    Column("Telefon", "phone", vcard="phone", show=show_telephone),
    Column("E-post", "email", vcard="email"),
    Column("Anteckning", "note", vcard="note"),
    Column("Antal", "count"),
]
LENA = {
    "name": "Lena Wikström",
    "role": "ordförande",
    "actor": "Brf Utsikten; hus 2",
    "phone": "+46701740612",
    "email": "lena@example.org",
    "note": "=1+1",
    "count": -5,
}
ABOUT = {"what": "kontaktlista", "purpose": "Till personalrummet", "scope": "Kallebäcks boende"}


@pytest.fixture
def person(db):
    return factories.UserFactory()


def take_out(person, rows=(LENA,), fmt="csv", columns=COLUMNS, **about):
    return export_response(
        by=person, rows=rows, columns=columns, filename="Kontaktlista Ängön", fmt=fmt, **ABOUT | about
    )


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def sheets_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets


class TestCsv:
    def test_for_excel(self, person):
        response = take_out(person)
        content = body_of(response)
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert rows[0] == [column.header for column in COLUMNS]
        assert rows[1] == [
            "Lena Wikström", "ordförande", "Brf Utsikten; hus 2", "070-174 06 12", "lena@example.org", "'=1+1", "-5",
        ]  # fmt: skip
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"].endswith("Kontaktlista%20%C3%84ng%C3%B6n.csv")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    def test_for_machines(self, person):
        columns = [Column("A", 0), Column("B", 1)]
        content = body_of(take_out(person, rows=[("a,b", 1.5)], fmt="csv-rfc4180", columns=columns))
        assert content == b'A,B\r\n"a,b",1.5\r\n'

    def test_begins_at_once_and_reads_a_chunk_at_a_time(self):
        asked = []
        rows = (asked.append(number) or (number,) for number in range(3 * ROWS_A_CHUNK))
        chunks = csv_chunks(rows, [Column("Nr", 0)])
        assert next(chunks) == "\ufeffNr\r\n".encode()
        assert asked == []
        next(chunks)
        assert len(asked) == ROWS_A_CHUNK
        assert sum(chunk.count(b"\n") for chunk in chunks) == 2 * ROWS_A_CHUNK

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (None, ""),
            ("", ""),
            (True, "ja"),
            (False, "nej"),
            (-5, -5),
            ("-5", "'-5"),
            ("+46 31", "'+46 31"),
            ("@x", "'@x"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("a=1", "a=1"),
            ("'t Hooft", "'t Hooft"),
            (57.5, "57,5"),
            (Decimal("-0.50"), "-0,50"),
            (date(2026, 11, 22), "2026-11-22"),
            (datetime(2026, 11, 22, 21, 15, tzinfo=UTC), "2026-11-22 22:15"),
            (datetime(2026, 11, 22, 21, 15), "2026-11-22 21:15"),  # noqa: DTZ001
            (time(8, 5), "08:05"),
            (gettext_lazy("=ja"), "'=ja"),
        ],
    )
    def test_a_cell(self, value, shown):
        assert cell(value) == shown


class TestColumns:
    def test_a_path_goes_through_attributes_and_mappings_and_stops_at_nothing(self):
        row = {"actor": Column("x", "y")}
        assert getter("actor.header")(row) == "x"
        assert getter("actor.header.missing")({"actor": Column(None, "y")}) is None

    def test_nothing_is_not_shown(self):
        shown = shown_getter(Column("Telefon", "phone", show=show_telephone))
        assert shown({"phone": ""}) == ""
        assert shown({"phone": None}) is None


class TestXlsx:
    def test_every_text_is_a_text_and_every_number_a_number(self, person):
        row = LENA | {"name": "https://example.org", "role": "=SUM(A1)"}
        content = body_of(take_out(person, rows=[row], fmt="xlsx"))
        (sheet,) = sheets_of(content)
        assert [c.value for c in sheet[1]] == [column.header for column in COLUMNS]
        cells = sheet[2]
        assert [c.value for c in cells] == [
            "https://example.org", "=SUM(A1)", "Brf Utsikten; hus 2", "070-174 06 12", "lena@example.org", "=1+1", -5,
        ]  # fmt: skip
        assert [c.data_type for c in cells] == ["s"] * 6 + ["n"]
        assert not any(c.hyperlink for c in cells)
        assert sheet.freeze_panes == "A2"

    def test_days_and_moments_are_such(self, person):
        values = (
            date(2026, 11, 22), datetime(2026, 11, 22, 21, 15, tzinfo=UTC), date(1899, 1, 1), True, Decimal("1.5"),
            10**20, float("nan"), None, time(8, 5),
        )  # fmt: skip
        columns = [Column(str(n), n) for n in range(len(values))]
        (sheet,) = sheets_of(body_of(take_out(person, rows=[values], fmt="xlsx", columns=columns)))
        assert [c.value for c in sheet[2]] == [
            datetime(2026, 11, 22), datetime(2026, 11, 22, 22, 15), "1899-01-01", "ja", 1.5, str(10**20), "nan", None, "08:05",  # noqa: DTZ001, E501
        ]  # fmt: skip

    def test_a_text_too_long_for_a_cell_is_cut_and_says_so(self, person):
        content = body_of(take_out(person, rows=[("x" * 40_000,)], fmt="xlsx", columns=[Column("A", 0)]))
        value = sheets_of(content)[0]["A2"].value
        assert len(value) == 32_767
        assert value.endswith("x…")

    def test_rows_past_the_sheet_go_on_in_the_next(self, person, monkeypatch):
        monkeypatch.setattr(xlsx_writer, "MAX_ROWS", 4)
        content = body_of(take_out(person, rows=[(n,) for n in range(7)], fmt="xlsx", columns=[Column("A", 0)]))
        values = [[row[0].value for row in sheet.rows] for sheet in sheets_of(content)]
        assert values == [["A", 0, 1, 2], ["A", 3, 4, 5], ["A", 6]]
        assert Export.objects.get().row_count == 7

    def test_a_full_disk_is_told_and_the_row_says_cut(self, person, monkeypatch):
        def full(*args):
            raise FileCreateError("[Errno 28] No space left on device")

        monkeypatch.setattr(responses, "write_xlsx", full)
        with pytest.raises(StorageFull):
            take_out(person, fmt="xlsx")
        assert Export.objects.get().state == Export.State.CUT

    def test_a_fault_of_ours_is_not_called_a_full_disk(self, person):
        with pytest.raises(KeyError):
            take_out(person, rows=[LENA, {}], fmt="xlsx")
        export = Export.objects.get()
        assert (export.state, export.sha256) == (Export.State.CUT, "")


class TestVcard:
    def test_many(self, person):
        fire = {**dict.fromkeys(LENA, ""), "actor": "Räddningstjänsten", "phone": "112", "email": None}
        response = take_out(person, rows=[LENA, fire], fmt="vcf")
        assert response["Content-Type"] == "text/vcard; charset=utf-8"
        assert response["Content-Disposition"].endswith(".vcf")
        lena, organisation = vobject.readComponents(response.content.decode())
        assert lena.version.value == "3.0"
        assert (lena.fn.value, lena.n.value.family, lena.n.value.given) == ("Lena Wikström", "Wikström", "Lena")
        assert lena.org.value == ["Brf Utsikten; hus 2"]
        assert (lena.title.value, lena.tel.value, lena.email.value) == (
            "ordförande", "+46701740612", "lena@example.org",
        )  # fmt: skip
        assert lena.note.value == "=1+1"
        assert (organisation.fn.value, organisation.tel.value) == ("Räddningstjänsten", "112")
        assert "email" not in organisation.contents

    def test_without_any_name_it_is_still_a_card(self, person):
        (card,) = vobject.readComponents(
            take_out(person, rows=[LENA | {"name": "", "actor": ""}], fmt="vcf").content.decode()
        )
        assert card.fn.value == "?"

    @pytest.mark.parametrize("field", ["name", "role", "actor", "phone", "email", "note"])
    @pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
    def test_a_line_end_begins_no_property(self, person, field, end):
        row = LENA | {field: f"x{end}TEL:666{end}END:VCARD{end}BEGIN:VCARD"}
        (card,) = vobject.readComponents(take_out(person, rows=[row], fmt="vcf").content.decode())
        assert [tel.value for tel in card.tel_list] != ["666"]
        assert len(card.tel_list) == 1


class TestTheRow:
    def test_is_there_before_the_first_byte_and_ended_after_the_last(self, person):
        response = take_out(person, rows=[LENA] * 3, scope_id=(scope := uuid.uuid4()))
        export = Export.objects.get()
        assert (export.state, export.row_count, export.created_by) == (Export.State.BEGUN, None, person)
        content = body_of(response)
        export.refresh_from_db()
        assert (export.state, export.row_count) == (Export.State.WHOLE, 3)
        assert export.sha256 == hashlib.sha256(content).hexdigest()
        assert (export.what, export.purpose, export.scope) == tuple(ABOUT.values())
        assert (export.scope_id, export.format) == (scope, "csv")
        close(response)
        assert Export.objects.get().version == export.version  # closing what is through changes nothing
        assert str(export) == "kontaktlista (CSV för Excel)"

    def test_is_in_the_audit_log_in_the_persons_name_without_texts(self, person):
        body_of(take_out(person))
        entries = AuditEntry.objects.filter(object_pk=str(Export.objects.get().pk))
        assert [entry.actor for entry in entries] == [person, person]
        assert "personalrummet" not in str([entry.changes for entry in entries])

    @pytest.mark.parametrize("fmt", ["xlsx", "vcf"])
    def test_knows_the_checksum_of_a_ready_file(self, person, fmt):
        content = body_of(take_out(person, rows=[LENA, LENA], fmt=fmt))
        export = Export.objects.get()
        assert (export.state, export.row_count) == (Export.State.WHOLE, 2)
        assert export.sha256 == hashlib.sha256(content).hexdigest()

    def test_says_cut_when_the_receiver_is_gone(self, person):
        response = take_out(person, rows=[LENA] * (3 * ROWS_A_CHUNK))
        chunks = iter(response.streaming_content)
        next(chunks)
        next(chunks)
        close(response)
        export = Export.objects.get()
        assert (export.state, export.row_count, export.sha256) == (Export.State.CUT, ROWS_A_CHUNK, "")

    def test_says_cut_when_nobody_ever_read(self, person):
        close(take_out(person))
        assert Export.objects.get().state == Export.State.CUT

    def test_says_cut_when_a_row_fails_and_the_file_does_not_look_whole(self, person):
        response = take_out(person, rows=[LENA, {}])
        with pytest.raises(KeyError):
            body_of(response)
        close(response)
        assert Export.objects.get().state == Export.State.CUT

    def test_a_format_there_is_not_is_404_and_leaves_no_row(self, person):
        for fmt in ("pdf", "exe", ""):
            with pytest.raises(Http404):
                take_out(person, fmt=fmt)
        assert not Export.objects.exists()

    @pytest.mark.parametrize("missing", ["what", "purpose"])
    @pytest.mark.parametrize("fmt", ["csv", "xlsx", "vcf"])
    def test_nothing_leaves_without_a_purpose(self, person, missing, fmt):
        with pytest.raises(ValueError, match="what for"):
            take_out(person, fmt=fmt, **{missing: " "})
        assert not Export.objects.exists()

    def test_nothing_leaves_with_a_personnummer_in_the_purpose(self, person):
        with pytest.raises(ValidationError):
            take_out(person, purpose="Till 19121212-1212")
        assert not Export.objects.exists()

    def test_of_a_ready_pdf(self, person):
        export = record_export(content=b"%PDF", row_count=4, fmt="pdf", by=person, **ABOUT)
        assert (export.state, export.row_count, export.format) == (Export.State.WHOLE, 4, "pdf")
        assert export.sha256 == hashlib.sha256(b"%PDF").hexdigest()

    def test_many_boenden_fit_in_the_scope(self, person):
        begin_export(fmt="csv", by=person, **ABOUT | {"scope": "Boende, " * 100})
        assert len(Export.objects.get().scope) == 200

    @pytest.mark.parametrize(
        "fields",
        [
            {"purpose": ""},
            {"what": ""},
            {"state": "whole"},
            {"row_count": 3},
            {"sha256": "0" * 64},
        ],
        ids=lambda fields: next(iter(fields)),
    )
    def test_the_database_refuses_one_that_does_not_add_up(self, db, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export(**{"what": "x", "purpose": "y", "format": "csv"} | fields).save()

    def test_a_cut_one_has_no_checksum(self, person):
        export = begin_export(fmt="csv", by=person, **ABOUT)
        with pytest.raises(IntegrityError), transaction.atomic():
            end_export(export=export, state=Export.State.CUT, row_count=1, sha256="0" * 64, by=person)
