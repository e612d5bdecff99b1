# SPDX-License-Identifier: EUPL-1.2
"""An årsrapport and the nämnd's cover on paper: what stands there, and that the files are accessible and for good."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.paper import cover_paper, draft_paper
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import AnnualReport, AnnualSection, AnnualShare, AnnualStaffing
from tests import factories
from tests.test_documents_pdf import Judge, text_of, unbroken

pytestmark = pytest.mark.pdf

YEAR = timezone.localdate().year - 1
LONG = "samordnarflaggstångsknoppsförgyllarassistent" * 8
SAID = (
    "Innehåll", "1. Inledning", "Kallebäcks boende", "Arbete under året", "Enhet: händelse.", f"31 dec. {YEAR}",
    "Stödpedagog", "+0,5", "+12,5 %", "99,9 % tillsammans", "Nordost", "4 187 500 kr", "Prognos för återbetalning",
)  # fmt: skip


def whole_report(cast) -> AnnualReport:
    """A report that says something everywhere."""
    by = cast["forvaltningschef"]
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=by)
    factories.IncidentFactory(boende=cast.kalleback, headline="Hemlig rubrik", internal_text="Bara för boendet.")
    for section in AnnualSection.objects.filter(report=report):
        section.text = f"Text om {section.title} 🎵 {LONG} <b>inte</b>\n\nOch ett stycke till."
        actions.save_in_report(record=section, by=by)
    AnnualStaffing.objects.create(
        report=report, boende=cast.kalleback, role="Stödpedagog", now=Decimal("4.5"), before=Decimal(4)
    )
    for name, percent, kronor in (("Nordost", "37.9", 4_187_500), ("Hisingen", "62", 6_862_500)):
        AnnualShare.objects.create(report=report, name=name, percent=Decimal(percent), kronor=kronor)
    economy = report.economy
    economy.total, economy.repayment, economy.forecast_on = 11_050_000, 1_300_000, date(YEAR, 10, 31)
    actions.save_in_report(record=economy, by=by)
    actions.freeze(report=report, through=date(YEAR, 12, 31), by=by)
    return report


def test_the_papers_of_an_arsrapport(cast, tmp_path):
    judge = Judge(tmp_path)
    report = whole_report(cast)
    sheet = draft_paper(Document(report))
    judge.ask("utkast", sheet, "PDFUA-1")
    assert "Utkast. Årsrapporten är inte godkänd." in text_of(sheet)
    approved = actions.approve(report=report, by=cast["forvaltningschef"])
    content = actions.keep_archive_copy(report=report, by=cast["forvaltningschef"]).read_verified()
    judge.ask("arsrapport", content, "PDFUA-1", "PDFA-3A")
    text = text_of(content).replace("\u202f", " ").replace("\xa0", " ")
    for said in SAID:
        assert unbroken(said) in unbroken(text), said
    for secret in ("Hemlig rubrik", "Bara för boendet", "Utkast."):
        assert secret not in text
    cover = approved.cover
    cover.diarienummer, cover.summary, cover.first_signature = "N165-0001/26", "En sammanfattning.", "Alva Berg"
    actions.save_cover(cover=cover, by=cast["forvaltningschef"])
    paper = cover_paper(cover)
    judge.ask("tjansteutlatande", paper, "PDFUA-1")
    text = text_of(paper)
    headings = [
        "Förslag till beslut", "Sammanfattning", "Bedömning ur ekonomisk dimension", "Bedömning ur ekologisk dimension",
        "Bedömning ur social dimension", "Bedömning utifrån barnets rättigheter", "Bilagor", "Ärendet",
        "Beskrivning av ärendet", "Förvaltningens bedömning", "Sändlista", "Avdelningschef", "Förvaltningsdirektör",
    ]  # fmt: skip
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "N165-0001/26" in text
    verdicts = judge.verdicts()
    assert len(verdicts) == 4
    assert all(passed for passed, _rules in verdicts.values()), verdicts
