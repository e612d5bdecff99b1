# SPDX-License-Identifier: EUPL-1.2
"""Any text at all: it comes back from every kind of file, and is a formula in none (faults.md, case 17)."""

import csv
import io

import openpyxl
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from platssamverkan.export.columns import Column
from platssamverkan.export.csv_writer import EXCEL, RFC4180, csv_chunks, harmless, original
from platssamverkan.export.vcard_writer import vcards
from platssamverkan.export.xlsx_writer import write_xlsx
from platssamverkan.ground.middleware import is_storable

# what the guard at the door lets through is all that can be in a row
TEXTS = st.text(st.characters(codec="utf-8").filter(is_storable), max_size=60)
RISKY = st.builds(str.__add__, st.text(alphabet="'=+-@\t\r\n＝＋－＠;,\"", min_size=1, max_size=4), TEXTS)
COLUMNS = [Column("A", 0), Column("B", 1)]
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@settings(deadline=None)
@given(TEXTS | RISKY)
@example("''=1")
@example("'")
@example("")
@example(" =1+1")
@example("\u00a0'=1")
@example("' \u3000@x")
@example("a;'=1,'' +4")
def test_what_is_made_harmless_is_and_can_be_had_back(text):
    assert not harmless(text).startswith(FORMULA)
    assert not harmless(text).strip(" \u00a0\u2009\u3000\u200b\ufeff").startswith(FORMULA)
    assert original(harmless(text)) == text


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS | RISKY, TEXTS | RISKY), max_size=5), st.sampled_from([EXCEL, RFC4180]))
def test_csv_keeps_every_text_and_has_no_formula(rows, flavour):
    text = b"".join(csv_chunks(rows, COLUMNS, flavour)).decode("utf-8-sig" if flavour == EXCEL else "utf-8")
    delimiter = ";" if flavour == EXCEL else ","
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))[1:]
    assert [tuple(map(original, row)) for row in read] == rows
    assert not any(cell.startswith(FORMULA) for row in read for cell in row)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS | RISKY, TEXTS | RISKY), max_size=5), st.sampled_from([EXCEL, RFC4180]))
@example([("ute", 'Lampa;=HYPERLINK("http://x.example")')], RFC4180)
@example([("ute", 'Lampa, "=1+1,')], EXCEL)
@example([("ute", "Lampa\n=1+1,")], EXCEL)
def test_csv_read_with_the_other_separator_has_no_formula(rows, flavour):
    """None that begins with = or @; + and − behind a separator are below. A first line end is guarded as a sign."""
    rows = [tuple(text.lstrip("\t\r\n") for text in row) for row in rows]
    text = b"".join(csv_chunks(rows, COLUMNS, flavour)).decode("utf-8-sig")
    other = "," if flavour == EXCEL else ";"
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=other):
        assert not any(cell.strip().startswith(("=", "@", "＝", "＠")) for cell in row)


@pytest.mark.parametrize("text", ["a,+cmd|'x'!A1", "a;-2+3", 'b,"-1', "c;'＋x"])
def test_a_sign_right_behind_a_separator_is_no_formula(text):
    assert harmless(text) == f"{text[:2]}'{text[2:]}" and original(harmless(text)) == text


@pytest.mark.parametrize("text", ["Trasig bänk, 450,- eller så", "- måla\n- laga, byt", "a; b, c", "- ett\r\n- två"])
def test_ordinary_texts_stay_as_they_are(text):
    assert harmless(text).removeprefix("'") == text


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(TEXTS | RISKY, TEXTS | RISKY), max_size=5))
@example(rows=[("_x000D_", "_x0041_")])
@example(rows=[("a\rb\r\nc", " kant ")])
@example(rows=[("{=1}", "https://example.org")])
def test_xlsx_keeps_every_text_and_has_no_formula(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("xlsx") / "x.xlsx"
    write_xlsx(path, rows, COLUMNS)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            read = sheet.cell(number, column)
            assert read.data_type in (("s", "inlineStr") if text else ("n",))  # n: an empty cell
            assert unescape(read.value or "") == text  # openpyxl leaves Excel's own escapes (_x000D_) to its caller
            assert read.hyperlink is None


NAMES = TEXTS.map(lambda text: " ".join(text.split()))


@settings(deadline=None)
@given(NAMES, NAMES, NAMES, TEXTS)
@example("Brf; Utsikten, \\n hus", "a\\,b", "x", "rad ett\nrad två; tre")
def test_vcard_parses_back(name, organisation, phone, note):
    columns = [Column(kind, n, vcard=kind) for n, kind in enumerate(("name", "org", "phone", "note"))]
    (card,) = vobject.readComponents(vcards([(name, organisation, phone, note)], columns).decode())
    assert card.fn.value == (name or organisation or "?")
    assert [tel.value for tel in card.contents.get("tel", [])] == ([phone] if phone else [])
    assert set(card.contents) <= {"version", "fn", "n", "org", "tel", "note"}
