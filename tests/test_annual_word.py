# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport in Word: headings are headings, tables the frozen numbers, the words Swedish, nothing internal."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import docx
import pytest
from django.utils import timezone
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.word import word_file
from platssamverkan.reports.models import AnnualSection, AnnualShare, AnnualStaffing
from tests import factories

YEAR = timezone.localdate().year - 1


@pytest.fixture
def report(cast, monkeypatch):
    """A report that says something everywhere."""
    monkeypatch.setattr("platssamverkan.reports.annual.actions.archive_paper", lambda *args: b"%PDF-1.7")
    by = cast["forvaltningschef"]
    when = timezone.make_aware(timezone.datetime(YEAR, 6, 1, 12))
    factories.IncidentFactory(
        boende=cast.kalleback, happened_at=when, headline="Hemlig rubrik", internal_text="Bara för boendet."
    )
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=by)
    for section in AnnualSection.objects.filter(report=report):
        section.text = f"Text om {section.title}.\nNy rad.\n\n=Och ett stycke till <b>åäö</b> 🎵."
        actions.save_in_report(record=section, by=by)
    AnnualStaffing.objects.create(
        report=report, boende=cast.kalleback, role="Stödpedagog", now=Decimal("4.5"), before=Decimal(4)
    )
    for name, percent, kronor in (("Nordost", "37.9", 4_187_500), ("Hisingen", "62", 6_862_500)):
        AnnualShare.objects.create(report=report, name=name, percent=Decimal(percent), kronor=kronor)
    actions.freeze(report=report, through=date(YEAR, 12, 31), by=by)
    return report


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def headings(paper) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in paper.paragraphs if p.style.name.startswith(("Title", "Heading"))]


def test_its_outline_is_the_documents(report):
    document = Document(report)
    found = headings(opened(word_file(document)))
    assert found[0] == ("Title", f"Årsrapport {YEAR} för Socialförvaltningen Sydväst")
    expected = []
    for chapter in document.chapters:
        expected.append(("Heading 1", f"{chapter.number}. {chapter.title}"))
        if chapter.boende:
            expected += [("Heading 2", f"{part.number} {part.section.title}") for part in chapter.parts]
    expected.append(("Heading 1", "Så räknas siffrorna"))
    expected += [("Heading 2", one.label) for one in document.definitions]
    assert found[1:] == expected


def test_every_tables_numbers_are_the_frozen_ones(report):
    document = Document(report)
    tables = [table for _chapter, table in document.tables]
    grids = opened(word_file(document)).tables
    assert len(grids) == len(tables) >= 4
    for grid, table in zip(grids, tables, strict=True):
        lines = [*table.lines, *([table.total] if table.total else [])]
        assert [cell.text for cell in grid.rows[0].cells] == table.heads
        for row, line in zip(grid.rows[1:], lines, strict=True):
            said = "\n".join(filter(None, [line.name, line.meta]))
            assert [cell.text for cell in row.cells] == [said, *(cell.text for cell in line.cells)]
            for cell in row.cells[1:]:
                assert cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)
    said = "\n".join(cell.text for grid in grids for row in grid.rows for cell in row.cells)
    assert f"Enhet: händelse. Period: 1 jan.–31 dec. {YEAR}." in said


def test_texts_definitions_and_captions(report):
    document = Document(report)
    paper = opened(word_file(document))
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert "Text om Inledning.\nNy rad." in said
    assert "=Och ett stycke till <b>åäö</b> 🎵." in said
    for one in document.definitions:
        assert f"{one.definition} {one.formula}" in said
    captions = [paragraph.text for paragraph in paper.paragraphs if paragraph.style.name == "Caption"]
    assert captions == [table.title for _chapter, table in document.tables]


def test_it_is_swedish_says_what_it_is_and_has_nothing_internal(report, cast):
    content = word_file(Document(report))
    paper = opened(content)
    assert {tag.get(qn("w:val")) for tag in paper.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    assert paper.core_properties.language == "sv-SE"
    footer = paper.sections[0].footer.paragraphs[0]
    assert footer.text.startswith(f"Årsrapport {YEAR} för Socialförvaltningen Sydväst · version 1 · Utkast\tSida ")
    fields = [found.text for found in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "Utkast: Årsrapporten är inte godkänd." in [paragraph.text for paragraph in paper.paragraphs]
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        everything = b"".join(files.read(name) for name in files.namelist()).decode(errors="ignore")
    for secret in ("Hemlig rubrik", "Bara för boendet", "python-docx"):
        assert secret not in everything
    actions.approve(report=report, by=cast["forvaltningschef"])
    report.refresh_from_db()
    approved = opened(word_file(Document(report)))
    assert "Utkast" not in approved.sections[0].footer.paragraphs[0].text
    assert not [paragraph for paragraph in approved.paragraphs if "Utkast" in paragraph.text]
    assert any(paragraph.text.startswith("Godkänd: ") for paragraph in approved.paragraphs)


def test_what_word_cannot_hold_stops_at_the_door(report, cast, as_user):
    section = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Mål")
    sent = {"text": "Lagat\ufffe,\x0b klart\uffff.", "opened_version": section.version}
    assert as_user("enhetschef").post(section.get_absolute_url(), sent).status_code == 302
    assert "Lagat, klart." in [paragraph.text for paragraph in opened(word_file(Document(report))).paragraphs]


def test_a_report_without_anything_is_a_file_too(cast):
    report = actions.start_report(forvaltning=cast.nordost, year=YEAR, by=cast["forvaltningschef"])
    assert ("Heading 1", "1. Inledning") in headings(opened(word_file(Document(report))))
