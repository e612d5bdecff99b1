# SPDX-License-Identifier: EUPL-1.2
"""Files that are no such files: refused with what to do instead, and nothing of them kept (faults.md, case 18)."""

import csv
import io
import json
import re
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from boenden.actions.imports import claim_import
from boenden.imports import uploads
from boenden.imports.jobs import run_imports
from boenden.models import Actor, ActorImport, ContactPerson
from platssamverkan.export.models import Export
from tests import factories
from tests.test_imports import PERSONS, URL, _nobody_is_woken, bring_in, outcomes, personal, preview, upload, xlsx  # noqa: F401

BOOK = {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}


def archive(entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return file.getvalue()


REFUSED = {
    "a renamed program": (b"MZ\x90\x00\x03", "lista.csv", "ett program"),
    "a renamed script": (b"#!/bin/sh\nrm -rf /\n", "lista.csv", "ett program"),
    "an honest program": (b"MZ\x90\x00\x03", "lista.exe", "ingen CSV-"),
    "nothing": (b"", "lista.csv", "tom"),
    "only spaces": (b"\n ; ;\n", "lista.csv", "tom"),
    "only a header": (b"Namn;Slag\n", "lista.csv", "inga rader"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "lista.csv", "ingen CSV-"),
    "a page": (b"<!DOCTYPE html><p>", "lista.csv", "ingen CSV-"),
    "a PDF": (b"%PDF-1.7", "lista.csv", "ingen CSV-"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lista.xlsx", "gamla Excelformatet"),
    "another archive": (archive({"a.txt": b"x"}), "lista.xlsx", "ingen CSV-"),
    "a broken archive": (b"PK\x03\x04rest", "lista.xlsx", "ingen CSV-"),
    "a hollow book": (archive(BOOK), "lista.xlsx", "skadad"),
    "entities": (
        archive(BOOK | {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}),
        "lista.xlsx",
        "skadad",
    ),
    "too many entries": (archive(BOOK | {f"x/{n}": b"" for n in range(2001)}), "lista.xlsx", "200 MB"),
    "deep JSON": (b'{"a":' * 5000, "karta.json", "skadad"),
    "other JSON": (b'{"type": "Topology"}', "karta.json", "ingen CSV-"),
    "no features": (b'{"type": "FeatureCollection", "features": []}', "karta.geojson", "inga rader"),
    "a broken card": (b"BEGIN:VCARD\nN", "kort.vcf", ""),
    "a number in the header": (b"Namn;811218-9876\nBrf;x\n", "lista.csv", "personnummer"),
}


@pytest.mark.parametrize(("content", "name", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_what_to_do(personal, content, name, said):  # noqa: F811
    answer = upload(personal, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ActorImport.objects.exists()
    assert not default_storage.exists("imports")


def test_a_file_that_unfolds_beyond_all_measure_is_refused_unopened(personal, monkeypatch):  # noqa: F811
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **kwargs: pytest.fail("opened"))
    bomb = archive(BOOK | {"xl/worksheets/sheet1.xml": bytes(201 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    answer = upload(personal, bomb, "lista.xlsx")
    assert answer.status_code == 422
    assert "200 MB" in answer.content.decode()


def test_a_file_that_is_too_large_is_refused_unread(personal, monkeypatch):  # noqa: F811
    monkeypatch.setattr(uploads, "LARGEST", 10)
    answer = upload(personal, "Namn;Slag\nBrf Ett;brf\n")
    assert answer.status_code == 422
    assert "20 MB" in answer.content.decode()


def test_too_many_rows_are_refused_when_they_are_read(personal, monkeypatch):  # noqa: F811
    monkeypatch.setattr("boenden.imports.tables.MOST_ROWS", 20)
    shown = preview(personal, "Namn;Slag\n" + "Brf;brf\n" * 21)
    assert shown.status == "misslyckad"
    assert "50 000 rader" in personal.get(f"{URL}{shown.pk}/").content.decode()
    assert not shown.file


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\hemligt\\lista.csv", "lista.csv"),
        ("a\u202etxt.csv", "atxt.csv"),
        ("811218-9876.csv", "fil"),
        ("å" * 300 + ".csv", None),
    ],
)
def test_the_files_name_is_shown_without_its_path(personal, name, kept):  # noqa: F811
    assert upload(personal, "Namn;Slag\nBrf Ett;brf\n", name).status_code == 302
    shown = ActorImport.objects.get()
    assert kept is None or shown.file_name == kept
    assert str(shown.pk) in shown.file.name, "it is stored under a name that nobody chose"


def test_a_file_and_its_kind_are_asked_for(personal):  # noqa: F811
    answer = personal.post(f"{URL}ny/", {"kind": "aktorer"})
    assert answer.status_code == 422
    answer = personal.post(f"{URL}ny/", {"kind": "vad", "file": SimpleUploadedFile("a.csv", b"Namn\nx\n")})
    assert answer.status_code == 422


FORMULAS = ['=HYPERLINK("http://x")', "=cmd|'/c calc'!A1", "@SUM(A1)", "+1+1", "-2+3"]


def read_back(answer, fmt):
    """The cells of a file that was sent, as a spreadsheet has them; none of a workbook's is a formula."""
    content = b"".join(answer.streaming_content)
    if fmt == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    cells = [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]
    assert {cell.data_type for row in cells for cell in row} <= {"s", "inlineStr", "n", "d", "b"}
    return [[cell.value for cell in row] for row in cells]


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_formulas_in_cells_are_texts_and_stay_texts(personal, fmt):  # noqa: F811
    rows = [["Namn", "Slag", "Adress", "Kontakt", "Tfn"]]
    rows += [[text, "brf", f"Gatan {number}", "@SUM(A1)", "+46 31 390 06 10"] for number, text in enumerate(FORMULAS)]
    rows += [["=cmd|'/c calc'!A1", "okänt", "", "", ""]]
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows(rows)
    done = bring_in(personal, content.getvalue(), **PERSONS)
    assert outcomes(done) == ["ny"] * 5 + ["felaktig"]
    made = Actor.objects.filter(name__in=FORMULAS)
    assert set(made.values_list("name", "phone", "persons__name")) == {
        (n, "+46313900610", "@SUM(A1)") for n in FORMULAS
    }
    faulty = read_back(personal.post(f"{URL}{done.pk}/felaktiga/{fmt}/"), fmt)
    sent = {"what": "aktorer", "format": fmt, "purpose": "prov"}
    written = read_back(personal.post("/boenden/kalleback/filer/", sent), fmt)
    assert faulty[1][2].lstrip("'") == "=cmd|'/c calc'!A1"
    assert {row[0].lstrip("'") for row in written} >= set(FORMULAS)
    if fmt == "csv":  # opened in a spreadsheet, where only a sign before them keeps them from being worked out
        assert not [cell for row in [*faulty, *written] for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_formula_that_nobody_has_worked_out_is_an_empty_cell(personal):  # noqa: F811
    book = xlsx([["Namn", "Slag", "Adress", "Tfn"], ["Brf Ett", "brf", "=1+1", '=HYPERLINK("http://x")']])
    done = bring_in(personal, book, "a.xlsx")
    assert outcomes(done) == ["ny"]
    assert Actor.objects.filter(name="Brf Ett").values_list("address", "phone").get() == ("", "")


def test_what_nobody_goes_on_with_is_left_and_its_file_goes(personal):  # noqa: F811
    upload(personal, "Namn;Slag\nBrf Ett;brf\n")
    old = timezone.now() - timedelta(days=15)
    QuerySet(ActorImport).update(changed_at=old)
    run_imports()
    left = ActorImport.objects.get()
    assert (left.status, left.file.name) == ("avbruten", "")
    assert default_storage.listdir("imports/" + left.pk.hex[:2])[1] == []


class TestFiles:
    URL = "/boenden/kalleback/filer/"

    def test_each_content_in_each_form(self, as_user, cast):
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        factories.ContactPersonFactory(actor=actor, name="Anna Ek")
        factories.ContactFactory(boende=cast.kalleback, actor=actor)
        chef = as_user("forvaltningschef")
        for what in ("aktorer", "personer", "kontakter"):
            for fmt in ("csv", "xlsx", "vcf"):
                answer = chef.post(self.URL, {"what": what, "format": fmt, "purpose": "utskick"})
                assert answer.status_code == (422 if (what, fmt) == ("kontakter", "vcf") else 200)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if answer.status_code == 200 and fmt != "xlsx":
                    assert "Brf Ängen" in content.decode()
        assert Export.objects.filter(purpose="utskick", scope_id=cast.kalleback.pk).count() == 8

    def test_it_asks_what_for_and_keeps_what_was_chosen(self, as_user):
        answer = as_user("personal").post(self.URL, {"what": "personer", "format": "vcf", "purpose": ""})
        assert answer.status_code == 422
        assert "Skriv vad uppgifterna ska användas till" in answer.content.decode()
        assert re.search(r'<input[^>]*value="personer"[^>]*checked', answer.content.decode())

    @pytest.mark.pdf
    def test_on_paper(self, as_user, cast):
        from pypdf import PdfReader

        actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        answer = as_user("personal").post(self.URL, {"what": "aktorer", "format": "pdf", "purpose": "väggen"})
        assert answer["Content-Type"] == "application/pdf"
        text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        assert "Brf Ängen" in text
        assert Export.objects.get().format == "pdf"

    def test_one_card(self, as_user, cast):
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        person = factories.ContactPersonFactory(actor=actor, name="Anna Ek")
        url = f"/boenden/kalleback/personer/{person.pk}/kontaktkort/"
        assert "FN:Anna Ek" in as_user("personal").post(url).content.decode()
        assert as_user("personal").get(url).status_code == 405
        assert as_user("outsider").post(url).status_code == 404


class TestOtherKinds:
    def test_persons_belong_to_actors_that_are_there(self, personal, cast):  # noqa: F811
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        person = factories.ContactPersonFactory(actor=actor, name="Anna Ek", role="kassör")
        text = (
            "Förening;Namn;Roll;Tfn\nBRF ÄNGEN;Anna Ek;ordförande;\nBrf Ängen;Bo Ek;;0701740613\n"
            "Okänd;Cia Ek;;0701740613\nBrf Ängen;Didi Ek;;\n;Ek;;\nBrf Ängen;;;\n"
        )
        done = bring_in(personal, text, kind="personer", lawful_ground="samtycke", source="brev", column_0="actor.name")
        assert outcomes(done) == ["andrad", "ny", "felaktig", "felaktig", "felaktig", "felaktig"]
        person.refresh_from_db()
        assert (person.role, person.phone, person.lawful_ground) == ("ordförande", "+46701740612", "uppdrag")
        assert actor.persons.get(name="Bo Ek").source == "brev"

    def test_contacts_come_into_the_log(self, personal, cast):  # noqa: F811
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        head = "När;Hur;Vad det gällde;Vad det handlade om;Aktör;Det här lovade vi;Lovat senast\n"
        text = head + (
            "2026-01-02;telefon;fråga;Undrade över ljuset;brf ängen;ringa;2026-01-09\n"
            "2026-01-02;telefon;fråga;Undrade över ljuset;brf ängen;ringa;2026-01-09\n"
            "2026-01-03;fax;fråga;Annat;;;\n2026-01-03;besök;fråga;Annat;Okänd;;\n"
            "2026-01-03;besök;fråga;Ring 070-174 06 12;;;\n2099-01-03;besök;fråga;Annat;;;\n"
            "2026-01-03;besök;;Annat;;;\n2026-01-03;besök;fråga;Annat;;ringa;\n"
        )
        done = bring_in(personal, text, kind="kontakter")
        assert outcomes(done) == ["ny", "oforandrad"] + ["felaktig"] * 6
        contact = cast.kalleback.contacts.get()
        assert (contact.actor, contact.follow_up_by, contact.channel) == (actor, cast["personal"], "phone")
        changed = bring_in(personal, head + "2026-01-02;besök;fråga;Undrade över ljuset;;;\n", kind="kontakter")
        assert outcomes(changed) == ["andrad"]

    def test_lines_of_the_contact_list(self, personal, cast):  # noqa: F811
        group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
        entry = factories.ContactListEntryFactory(group=group, hours="jämt")
        head = "Grupp;Namn;Roll eller svarstid;Telefon;När ska jag ringa?;Delas\n"
        text = head + (
            "Störning pågår;Störningsjouren;alltid;031-390 06 31;;\n"
            "Störning pågår;Vaktmästaren;;031-390 06 32;Trasig dörr.;ja\n"
            "Störning pågår;Störningsjouren;;;;nej\nFinns inte;A;;031-390 06 32;B;\n"
            "Störning pågår;Utan nummer;;;B;\nStörning pågår;Utan när;;031-390 06 32;;\n"
        )
        done = bring_in(personal, text, kind="lista")
        assert outcomes(done) == ["andrad", "ny", "oforandrad", "felaktig", "felaktig", "felaktig"]
        entry.refresh_from_db()
        assert (entry.own_phone, entry.hours, entry.is_shared) == ("+46313900631", "alltid", False)
        assert group.entries.get(label="Vaktmästaren").is_shared is False

    def test_two_rows_that_disagree_about_a_line_or_a_person(self, personal, cast):  # noqa: F811
        factories.ContactListGroupFactory(contact_list=cast.contact_list)
        text = (
            "Grupp;Namn;Telefon;När ska jag ringa?\n"
            "Störning pågår;Vaktmästaren;031-390 06 32;Trasig dörr.\n"
            "Störning pågår;Vaktmästaren;031-390 06 33;Trasig dörr.\n"
            "Störning pågår;vaktmästaren;0313900632;\n"
        )
        done = bring_in(personal, text, kind="lista")
        assert outcomes(done) == ["ny", "felaktig", "oforandrad"]
        assert done.rows.get(line=3).reasons == ["Rad 2 säger något annat: telefon. Behåll en av raderna."]
        assert done.rows.get(line=4).reasons == ["Samma som rad 2."]
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        text = "Aktör;Namn;Roll;Tfn\nBrf Ängen;Bo Ek;kassör;0701740613\nBrf Ängen;Bo Ek;ordförande;0701740613\n"
        done = bring_in(personal, text, kind="personer", **PERSONS)
        assert outcomes(done) == ["ny", "felaktig"]
        assert actor.persons.get().role == "kassör"


@pytest.mark.services
def test_ten_thousand_rows_come_in(personal, django_assert_max_num_queries):  # noqa: F811
    rows = "".join(f"Brf {number};brf;Solgatan {number}\n" for number in range(10_000))
    shown = preview(personal, f"Namn;Slag;Adress\n{rows}")
    assert (shown.new_count, shown.faulty_count, shown.done, shown.total) == (10_000, 0, 10_000, 10_000)
    personal.post(f"{URL}{shown.pk}/bekrafta/")
    with django_assert_max_num_queries(1200):  # as SQLite counts, some for each hundred rows, none for each row
        run_imports()
    shown.refresh_from_db()
    assert shown.status == "klar"
    assert Actor.objects.filter(name__startswith="Brf ", neighbours__boende=shown.boende).count() == 10_000


def test_what_fresh_eyes_found_in_real_files(personal):  # noqa: F811
    """Swapped coordinates, a loose semicolon, a check without a how."""
    done = bring_in(
        personal,
        "Namn;Slag;Latitud;Longitud;Kontaktperson;Tfn;Kontrollerad\n"
        "Brf Bytt;brf;12,01;57,68;;;\n"
        "Brf Lös;brf;57,68;12,01;;;;och mer\n"
        "Brf Kollad;brf;57,68;12,01;Anna Ek;031-390 06 10;2026-01-31\n",
        **PERSONS,
    )
    assert outcomes(done) == ["felaktig", "felaktig", "ny"]
    assert "har bytt plats" in done.rows.get(line=2).reasons[0]
    assert "fler celler" in done.rows.get(line=3).reasons[0]
    assert ContactPerson.objects.get(name="Anna Ek").verified_how == "register"


def test_an_older_file_does_not_set_a_later_check_back(personal, cast):  # noqa: F811
    neighbour = factories.NeighbourFactory(boende=cast.kalleback, actor__name="Brf Ängen")
    person = factories.ContactPersonFactory(
        actor=neighbour.actor, name="Anna Ek", phone="+46313900610", verified_on=date(2026, 6, 1), verified_how="self"
    )
    header = "Namn;Slag;Kontaktperson;Tfn;Kontrollerad;Hur den kontrollerades"
    text = f"{header}\nBrf Ängen;;Anna Ek;031-390 06 10;2026-01-31;ringde\n"
    done = bring_in(personal, text, **PERSONS)
    person.refresh_from_db()
    assert (person.verified_on, person.verified_how) == (date(2026, 6, 1), "self")
    assert "kontrollerad" not in " ".join(done.rows.get().reasons)


class TestHowFar:
    def page(self, client, actor_import, **values):
        """The page of the import, in some state of its work."""
        QuerySet(ActorImport).filter(pk=actor_import.pk).update(**values)
        text = client.get(f"{URL}{actor_import.pk}/").content.decode()
        return re.sub(r"[ \n]+", " ", text)

    def test_it_says_what_is_going_on(self, personal):  # noqa: F811
        shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
        soon = timezone.now() + timedelta(seconds=60)
        reading = {"status": "laser", "lease_until": soon}
        assert "Börjar strax." in self.page(personal, shown, done=0, total=0, status="laser")
        assert "12\u202f400 rader lästa." in self.page(personal, shown, done=12_400, total=12_400, **reading)
        assert "200 av 12\u202f400 rader." in self.page(personal, shown, done=200, **reading)
        writing = {"status": "importerar", "done": 12_400, "new_count": 12_400}
        assert "Sparar 12\u202f400 rader. Det kan ta" in self.page(personal, shown, **writing)

    def test_it_waits_for_another_and_the_uncounted_come_first(self, personal):  # noqa: F811
        large, small = (preview(personal, f"Namn;Slag\nBrf {name};brf\n") for name in "AB")
        at_work = {"status": "importerar", "lease_until": timezone.now() + timedelta(seconds=60)}
        self.page(personal, large, **at_work)
        assert "Väntar på att en annan import ska bli klar." in self.page(
            personal, small, status="laser", total=0, done=0
        )
        QuerySet(ActorImport).filter(pk=large.pk).update(lease_until=None)
        assert claim_import(by=None).pk == small.pk


@pytest.mark.parametrize(("name", "what"), [("a.csv", "Rad"), ("a.geojson", "Objekt")])
def test_a_refused_row_is_found_by_its_number(personal, name, what):  # noqa: F811
    """Its name is not kept, so the page does not call it nameless."""
    content = "Namn;Slag;Anteckning\nBrf Ett;brf;811218-9876\n;brf;\n"
    if name.endswith("json"):
        tags = {"name": "Brf Ett", "Namn": "Brf Ett", "Slag": "brf", "ref": "811218-9876"}
        point = {"type": "Point", "coordinates": [12.0, 57.7]}
        feature = {"type": "Feature", "geometry": point, "properties": tags}
        content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    shown = preview(personal, content, name)
    page = personal.get(f"{URL}{shown.pk}/").content.decode()
    assert "Raden visas inte" in page
    assert f'data-label="{what}"' in page
    assert ("Utan namn" in page) is name.endswith("csv"), "the other row says itself that it has none"


def test_a_failed_import_keeps_no_rows(personal, cast):  # noqa: F811
    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
    personal.post(f"{URL}{shown.pk}/bekrafta/")
    QuerySet(ActorImport).filter(pk=shown.pk).update(attempts=3)
    run_imports()
    shown.refresh_from_db()
    row = shown.rows.get()
    assert (shown.status, row.cells, row.title, row.reasons) == ("misslyckad", [], "", [])


def test_what_is_asked_for_when_there_are_persons_is_not_called_optional(personal):  # noqa: F811
    page = personal.get(upload(personal, "Namn;Slag;Kontaktperson;Tfn\nBrf Ett;brf;Anna Ek;0701740612\n")["Location"])
    assert "Varför får kontaktpersonerna sparas?" in page.content.decode()
    assert "(valfritt)" not in page.content.decode()
