# SPDX-License-Identifier: EUPL-1.2
"""Crime figures: read from a file with a preview, suppressed is never nought, a new division breaks the series."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.crime.actions import confirm_import, preview_import
from incidents.crime.reading import FigureRow, Reading, number_of, open_figures, period_of, read_figures
from incidents.crime.series import CrimeSeries, KindRow
from incidents.models import CrimeArea, CrimeChoice, CrimeFigure, CrimeImport
from platssamverkan.audit.models import AuditEntry
from platssamverkan.look.words import number
from tests.queries import queries_of

DATA = Path(__file__).parent / "data" / "bra_goteborg_2023_2025.csv"
CREATE = reverse("incidents:crimeimport_create")


def upload(content, name="brott.csv", **more):
    if isinstance(content, str):
        content = content.encode()
    return {"file": SimpleUploadedFile(name, content), "source": "Brå, anmälda brott", **more}


def bring_in(client, content, **more):
    """Upload and confirm; gives the import."""
    answer = client.post(CREATE, upload(content, **more))
    assert answer.status_code == 302, answer.content.decode()
    done = CrimeImport.objects.latest("created_at")
    client.post(reverse("incidents:crimeimport_confirm", args=[done.pk]))
    done.refresh_from_db()
    return done


def figures():
    return {(f.area.name, f.kind, f.year, f.month): f.count for f in CrimeFigure.objects.select_related("area").all()}


def test_the_real_file_comes_in_and_says_where_from(as_user):
    client = as_user("enhetschef")
    client.post(CREATE, upload(DATA.read_bytes(), division=""))
    found = CrimeImport.objects.get()
    page = client.get(found.get_absolute_url()).content.decode()
    assert not CrimeFigure.objects.exists()  # a preview writes nothing
    assert "Importera siffrorna" in page and "Brå, anmälda brott" in page
    client.post(reverse("incidents:crimeimport_confirm", args=[found.pk]))
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert figures() == {(r["omrade"], r["brottstyp"], int(r["ar"]), 0): int(r["antal"]) for r in rows}
    found.refresh_from_db()
    assert found.status == "done" and found.rows == [] and found.new_count == len(rows)


def test_suppressed_is_never_nought(as_user):
    bring_in(as_user("enhetschef"), "år;område;brottstyp;antal\n2024;A;stöld;..\n2025;A;stöld;\n2023;A;stöld;0\n")
    assert figures() == {("A", "stöld", 2024, 0): None, ("A", "stöld", 2025, 0): None, ("A", "stöld", 2023, 0): 0}


def test_months_spaces_and_an_excel_file(as_user):
    book = openpyxl.Workbook()
    book.active.append(["Anmälda brott i Göteborg"])
    book.active.append(["Period", "Region", "Brott", "Anmälda brott"])
    book.active.append(["2025-03", "Göteborg", "alla brott", 1234])
    book.active.append(["2025M04", "Göteborg", "alla brott", "1 250"])
    file = io.BytesIO()
    book.save(file)
    bring_in(as_user("enhetschef"), file.getvalue(), name="brott.xlsx")
    assert figures() == {("Göteborg", "alla brott", 2025, 3): 1234, ("Göteborg", "alla brott", 2025, 4): 1250}


def test_a_second_file_changes_only_what_differs_and_the_log_says_what(as_user):
    client = as_user("enhetschef")
    bring_in(client, "ar;omrade;brottstyp;antal\n2024;A;stöld;10\n2025;A;stöld;12\n")
    logged = AuditEntry.objects.count()
    done = bring_in(client, "ar;omrade;brottstyp;antal\n2024;A;stöld;10\n2025;A;stöld;13\n")
    assert (done.new_count, done.changed_count, done.unchanged_count) == (0, 1, 1)
    assert figures()["A", "stöld", 2025, 0] == 13
    changed = AuditEntry.objects.filter(object_pk=str(CrimeFigure.objects.get(year=2025).pk)).latest("timestamp")
    assert changed.changes["count"] == [12, 13] and AuditEntry.objects.count() > logged


def test_the_preview_shows_each_change_and_the_first_of_what_is_new(as_user):
    client = as_user("enhetschef")
    bring_in(client, "ar;omrade;brottstyp;antal\n2024;Norr;stöld;10\n2025;Norr;stöld;12\n2023;Norr;stöld;..\n")
    new = [f"{year};Söder;rån;{year}" for year in range(1990, 2015)]
    text = ["ar;omrade;brottstyp;antal", "2024;Norr;stöld;10", "2025;Norr;stöld;1300", "2023;Norr;stöld;7", *new]
    client.post(CREATE, upload("\n".join(text)))
    answer = client.get(CrimeImport.objects.latest("created_at").get_absolute_url())
    preview, page = answer.context["preview"], answer.content.decode()
    assert {tuple(line) for line in preview.changes} == {
        ("Norr", "stöld", "2025", "12", str(number(1300))), ("Norr", "stöld", "2023", "visas inte", "7"),
    }  # fmt: skip
    assert "gemensamma för alla boenden" in page and "Är nu" in page and "visas inte</td>" in page
    assert len(preview.new) == 20 and preview.more_new == 5 and "5 till är nya" in page


def test_the_preview_says_which_division_a_figure_gets_and_how_many_more_change(as_user, monkeypatch):
    monkeypatch.setattr("incidents.crime.preview.MOST_CHANGES", 1)
    client = as_user("enhetschef")
    text = "ar;omrade;brottstyp;antal\n2024;Norr;stöld;10\n2025;Norr;stöld;12\n"
    bring_in(client, text)
    client.post(CREATE, upload(text, division="från 2024"))
    page = client.get(CrimeImport.objects.latest("created_at").get_absolute_url()).content.decode()
    assert "(utan angiven områdesindelning)" in page and "(från 2024)" in page and "1 till ändras" in page


def test_wrong_rows_are_told_with_their_line_and_the_rest_comes_in(as_user):
    client = as_user("enhetschef")
    rows = ["ar;omrade;brottstyp;antal", "2025;A;stöld;5", "i fjol;A;rån;1", "2025;A;våld;många",
            "2025;;rån;1", "2025;A;stöld;6", "2025;Bo 19811218-9876;rån;1", "2025-13;A;rån;2"]  # fmt: skip
    client.post(CREATE, upload("\n".join(rows)))
    found = CrimeImport.objects.get()
    page = client.get(found.get_absolute_url()).content.decode()
    assert [line for line, _reason in found.faults] == [3, 4, 5, 6, 7, 8]
    assert "Tiden ska vara ett år" in page and "ett helt tal, eller .." in page and "står på rad 2" in page
    assert "personnummer" in page and "9876" not in page and "9876" not in str(found.rows)
    assert found.new_count == 1


BAD = {
    "no column": (b"ar;antal\n2025;1\n", "brott.csv", "saknar kolumn: Område, Brottstyp"),
    "empty": (b"", "brott.csv", "tom"),
    "a program": (b"MZ\x90\x00", "brott.csv", "ett program"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "brott.csv", "ingen CSV-"),
    "a map": (b'{"type": "FeatureCollection", "features": []}', "brott.json", "ingen tabell"),
    "a broken book": (b"PK\x03\x04rest", "brott.xlsx", "ingen CSV-"),
    "only a header": (b"ar;omrade;brottstyp;antal\n", "brott.csv", "inga rader"),
}


@pytest.mark.parametrize("why", BAD)
def test_bad_files_are_refused_and_what_was_typed_is_kept(as_user, why):
    content, name, words = BAD[why]
    answer = as_user("enhetschef").post(CREATE, upload(content, name, division="från 2025"))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "Brå, anmälda brott" in page and "från 2025" in page
    assert "GeoJSON" not in page and "vCard" not in page
    assert not CrimeImport.objects.exists()


def test_an_import_is_done_once_and_can_be_left(as_user):
    client = as_user("enhetschef")
    done = bring_in(client, "ar;omrade;brottstyp;antal\n2025;A;stöld;5\n")
    client.post(reverse("incidents:crimeimport_cancel", args=[done.pk]))
    done.refresh_from_db()
    assert done.status == "done" and CrimeFigure.objects.count() == 1
    client.post(CREATE, upload("ar;omrade;brottstyp;antal\n2024;A;stöld;5\n"))
    left = CrimeImport.objects.latest("created_at")
    client.post(reverse("incidents:crimeimport_cancel", args=[left.pk]))
    client.post(reverse("incidents:crimeimport_confirm", args=[left.pk]))
    assert CrimeFigure.objects.count() == 1


def many_rows(number):
    rows = [FigureRow(f"Område {n % 40}", f"brott {n // 40 % 10}", 1980 + n // 400, 0, n, "") for n in range(number)]
    assert len({row.key for row in rows}) == number
    return rows


@pytest.mark.parametrize("number", [4000])
def test_many_figures_are_judged_and_written_in_sets(cast, number):
    found = CrimeImport(file_name="stor.csv", sha256="0" * 64, source="Brå")
    with CaptureQueriesContext(connection) as queries:
        preview_import(crime_import=found, reading=Reading(rows=many_rows(number)), by=cast["enhetschef"])
    assert len(queries) <= 8
    with CaptureQueriesContext(connection) as queries:
        confirm_import(crime_import=found, by=cast["enhetschef"])
    writes = [query["sql"] for query in queries if query["sql"].startswith('INSERT INTO "incidents_crimefigure"')]
    assert CrimeFigure.objects.count() == number
    assert len(writes) == 1
    assert len(queries) - len(writes) <= 40 * 6 + 20  # an area is a record of its own, with its row in the log


def test_the_series_breaks_where_the_areas_were_divided_anew(cast):
    by = cast["enhetschef"]
    rows = [FigureRow("Sydväst", "alla brott", year, 0, count, division) for year, count, division in [
        (2021, 100, ""), (2022, None, ""), (2023, 90, ""), (2024, 50, "från 2024"), (2025, 55, "från 2024"),
    ]] + [FigureRow("Göteborg", "alla brott", year, 0, 1000 + year, "") for year in range(2021, 2026)]  # fmt: skip
    found = CrimeImport(file_name="x.csv", sha256="0" * 64, source="Brå")
    preview_import(crime_import=found, reading=Reading(rows=rows), by=by)
    confirm_import(crime_import=found, by=by)
    cast.kalleback.opened_on = date(2023, 5, 1)
    choice = CrimeChoice(
        boende=cast.kalleback, own=CrimeArea.objects.get(name="Sydväst"),
        comparison=CrimeArea.objects.get(name="Göteborg"),
    )  # fmt: skip
    series = CrimeSeries(choice)
    own, other = series.areas
    assert own.values == [100, None, 90, 50, 55] and own.breaks == [3]
    assert own.earlier(4) == 50 and own.earlier(3) is None  # never across a break
    assert "55 anmälda brott 2025" in own.sentence and "50 2024, +5 (+10 %)" in own.sentence
    assert len(series.plots) == 2  # so far apart that each has its own scale
    assert series.plots[0].marks == [(2, "boendet öppnade")] and series.plots[0].breaks == [3]
    assert other.breaks == []
    assert KindRow("alla brott", "55", "50", "") in series.kind_rows


def test_a_year_is_the_sum_of_its_months_only_when_all_are_published(cast):
    months = [FigureRow("A", "alla brott", 2024, month, 10, "") for month in range(1, 13)]
    months += [FigureRow("A", "alla brott", 2025, month, None if month == 3 else 10, "") for month in range(1, 13)]
    found = CrimeImport(file_name="x.csv", sha256="0" * 64, source="Brå")
    preview_import(crime_import=found, reading=Reading(rows=months), by=None)
    confirm_import(crime_import=found, by=None)
    choice = CrimeChoice(boende=cast.kalleback, own=CrimeArea.objects.get())
    assert CrimeSeries(choice).areas[0].values == [120, None]
    assert len(CrimeSeries(choice, monthly=True).periods) == 24


def kept(figures_said):
    """Bring in (area, kind, year, count, division)."""
    rows = [FigureRow(area, kind, year, 0, count, division) for area, kind, year, count, division in figures_said]
    held = CrimeImport(file_name="x.csv", sha256="0" * 64, source="Brå")
    confirm_import(crime_import=preview_import(crime_import=held, reading=Reading(rows=rows), by=None), by=None)


def compares(cast, own, other=""):
    """What Kallebäck compares."""
    found = {area.name: area for area in CrimeArea.objects.all()}
    return CrimeChoice.objects.create(boende=cast.kalleback, own=found[own], comparison=found.get(other))


class TestWhatIsNotThere:
    """Hidden by the source is one thing, in no file another."""

    @pytest.fixture(autouse=True)
    def _figures(self, cast):
        kept([
            ("Sydväst", "alla brott", 2024, 90, ""), ("Sydväst", "alla brott", 2025, 95, ""),
            ("Sydväst", "rån", 2023, 8, ""), ("Sydväst", "rån", 2024, 7, ""), ("Sydväst", "rån", 2025, None, ""),
            ("Sydväst", "bedrägeri", 2024, 5, ""), ("Sydväst", "hot", 2024, None, ""), ("Sydväst", "hot", 2025, 4, ""),
            ("Göteborg", "bilstöld", 2024, 400, ""), ("Göteborg", "bilstöld", 2025, 410, ""),
        ])  # fmt: skip
        self.choice = compares(cast, "Sydväst", "Göteborg")

    def test_a_kind_that_no_file_has_is_not_called_hidden(self, as_user):
        series = CrimeSeries(self.choice, "bilstöld")
        assert series.sentences[0] == "Sydväst: bilstöld finns inte i någon fil som är importerad."
        page = as_user("personal").get(reverse("incidents:crime_series", args=["kalleback"]), {"brott": "bilstöld"})
        text = page.content.decode()
        assert "inte importerad</td>" in text and "siffran inte finns i någon fil" in text
        assert "streck" not in text and "–</td>" not in text

    def test_of_the_latest_year_it_is_said_that_it_is_hidden_or_missing(self):
        said = CrimeSeries(self.choice, "rån").sentences[0]
        assert said.startswith("Sydväst: källan visar inte siffran för 2025. ") and "7 anmälda brott 2024" in said
        said = CrimeSeries(self.choice, "bedrägeri").sentences[0]
        assert said.startswith("Sydväst: siffran för 2025 är inte importerad. ") and "5 anmälda brott 2024" in said
        assert "källan visar inte siffran för 2024" in CrimeSeries(self.choice, "hot").sentences[0]

    def test_the_tables_tell_them_apart(self):
        cells = {row.kind: (row.now, row.before) for row in CrimeSeries(self.choice).kind_rows}
        assert cells["rån"] == ("visas inte", "7") and cells["hot"] == ("4", "visas inte")
        assert cells["bedrägeri"] == ("inte importerad", "5")
        assert cells["bilstöld"] == ("inte importerad", "inte importerad")
        series = CrimeSeries(self.choice, "rån")
        assert [row[1] for row in series.plots[0].rows][-1][0] == "visas inte"
        assert len(series.gap_notes) == 2  # the city has none of it in any file

    def test_a_whole_series_that_the_source_hides(self, cast):
        kept([("Sydväst", "mord", 2024, None, ""), ("Sydväst", "mord", 2025, None, "")])
        assert CrimeSeries(self.choice, "mord").sentences[0] == "Sydväst: källan visar inga siffror för mord."


class TestThePageOfABoende:
    @pytest.fixture(autouse=True)
    def _figures(self, as_user):
        bring_in(as_user("enhetschef"), DATA.read_bytes())

    def choose(self, client, **areas):
        found = {name: CrimeArea.objects.get(name=area).pk for name, area in areas.items()}
        return client.post(reverse("incidents:crimechoice_update", args=["kalleback"]), found)

    def test_shows_both_areas_with_source_and_what_is_counted(self, as_user):
        chief = as_user("enhetschef")
        assert self.choose(chief, own="Sydväst", comparison="Göteborg kommun").status_code == 302
        url = reverse("incidents:crime_series", args=["kalleback"])
        page = as_user("personal").get(url, {"brott": "misshandel"}).content.decode()
        assert "Anmälda brott, inte alla brott" in page and "Brå, anmälda brott" in page
        assert page.count('<svg class="chart"') == 2 and "Visa som tabell" in page and "Sydväst:" in page
        assert queries_of(as_user("personal"), url) <= 8

    def test_the_same_area_twice_is_told_at_its_field(self, as_user):
        answer = self.choose(as_user("enhetschef"), own="Sydväst", comparison="Sydväst")
        assert answer.status_code == 422 and "ett annat område" in answer.content.decode()

    def test_without_the_right_or_outside(self, as_user):
        assert self.choose(as_user("personal"), own="Sydväst").status_code == 403
        assert self.choose(as_user("outsider"), own="Sydväst").status_code == 404
        url = reverse("incidents:crime_series", args=["kalleback"])
        assert as_user("granne").get(url).status_code == 404
        assert as_user("personal").get(CREATE).status_code == 403
        assert as_user("medlem").get(reverse("incidents:crimeimport_list")).status_code == 404
        confirm = reverse("incidents:crimeimport_confirm", args=[CrimeImport.objects.get().pk])
        assert as_user("enhetschef").get(confirm).status_code == 405
        assert as_user("personal").post(confirm).status_code == 403


CELLS = st.text(max_size=12) | st.sampled_from(["2025", "A", "stöld", "..", "7"])


@given(st.lists(st.lists(CELLS, max_size=7), max_size=6))
@settings(max_examples=300, deadline=None)
def test_whatever_a_file_holds_it_is_read_or_refused(rows):
    """A figure or a fault for every row, never an error of ours; and no count that the file does not say."""
    text = "\n".join(["År;Område;Brottstyp;Antal;Månad", *(";".join(row) for row in rows)])
    try:
        reading = read_figures(open_figures(text.encode("utf-8", "ignore"), "csv"), "")
    except ValidationError:
        return
    assert all(row.number is None or row.number >= 0 for row in reading.rows)
    assert len({row.key for row in reading.rows}) == len(reading.rows)


@pytest.mark.parametrize("text", ["1,000", "12.000", "1.000"])
def test_a_thousand_with_a_point_or_comma_is_asked_about(text):
    with pytest.raises(ValueError):
        number_of(text)


@pytest.mark.parametrize(("year", "month"), [("2025-03", "april"), ("2025-00", ""), ("2025-00", "0")])
def test_a_month_that_contradicts_its_period_is_refused(year, month):
    with pytest.raises(ValueError):
        period_of(year, month)


def choice_of_months(cast, division_from_july=""):
    """Kallebäck's year month by month: ten of all, five of one kind."""
    rows = [
        FigureRow("Kallebäck", "alla brott", 2024, month, 10, division_from_july if month > 6 else "")
        for month in range(1, 13)
    ]
    rows += [FigureRow("Kallebäck", "stöld", 2024, month, 5, "") for month in range(1, 13)]
    held = CrimeImport(file_name="m.csv", sha256="0" * 64, source="Brå")
    confirm_import(crime_import=preview_import(crime_import=held, reading=Reading(rows=rows), by=None), by=None)
    return CrimeChoice.objects.create(boende=cast.kalleback, own=CrimeArea.objects.get())


def test_a_break_and_the_opening_stand_in_the_tables_too_beside_the_figures(cast, as_user):
    cast.kalleback.opened_on = date(2024, 5, 1)
    cast.kalleback.save()
    kept([("Sydväst", "rån", 2023, 80, ""), ("Sydväst", "rån", 2024, 70, ""), ("Sydväst", "rån", 2025, 40, "från 2025"),
          ("Norr", "rån", 2023, 81, ""), ("Norr", "rån", 2024, 71, ""), ("Norr", "rån", 2025, 41, "")])  # fmt: skip
    series = CrimeSeries(compares(cast, "Sydväst", "Norr"))
    assert [row[2] for row in series.plots[0].rows] == ["", "boendet öppnade", "områdesindelningen ändrades: Sydväst"]
    assert "kan inte jämföras med året före, eftersom området delades in på nytt" in series.sentences[0]
    (row,) = series.kind_rows
    assert (row.now, row.before) == ("40", "70") and row.mark.startswith("områdesindelningen ändrades 2025")
    page = as_user("personal").get(reverse("incidents:crime_series", args=["kalleback"])).content.decode()
    assert page.count('<span class="meta">Boendet öppnade</span>') == 1
    assert ">70</td>" in page.partition("Alla brottstyper")[2]


def test_a_year_of_two_divisions_has_no_sum(cast):
    assert CrimeSeries(choice_of_months(cast, "från juli 2024")).areas[0].values == [None]


def test_the_table_of_kinds_sums_months_as_the_drawing_does(cast):
    series = CrimeSeries(choice_of_months(cast))
    assert series.areas[0].values == [120]
    assert {row.kind: row.now for row in series.kind_rows} == {"alla brott": "120", "stöld": "60"}


def test_two_who_bring_in_the_same_at_once_are_told_so(as_user, monkeypatch):
    client = as_user("enhetschef")
    client.post(CREATE, upload("ar;omrade;brottstyp;antal\n2025;A;stöld;5"))
    waiting = CrimeImport.objects.get()

    def too_late(**kwargs):
        raise IntegrityError

    monkeypatch.setattr("incidents.crime.actions.insert_figures", too_late)
    address = reverse("incidents:crimeimport_confirm", args=[waiting.pk])
    assert "Försök igen" in client.post(address, follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.status == "preview"
