# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport's verbs: begun from the template, written, its figures frozen, approved for good, corrected."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from boenden.models import Boende
from platssamverkan.ground.actions import EditConflict, Refused
from platssamverkan.ground.records import Immutable
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.changes import changes_of
from platssamverkan.reports.annual.economy import propose, year_of
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import (
    AnnualEconomy,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
    OutlineSection,
)
from tests import factories

THIS_YEAR = timezone.localdate().year
YEAR = THIS_YEAR - 1  # it is over: every day of it can be counted through


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    """What stands in the file is told in test_annual_pdf.py."""
    papers = iter(range(1, 100))
    monkeypatch.setattr(
        "platssamverkan.reports.annual.actions.archive_paper", lambda *args: b"%%PDF-1.7 %d" % next(papers)
    )


@pytest.fixture
def chief(cast):
    return cast["forvaltningschef"]


@pytest.fixture
def report(cast, chief) -> AnnualReport:
    return actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)


def write_all(report, by) -> None:
    for section in AnnualSection.objects.filter(report=report, text=""):
        section.text = f"Det här står om {section.title}."
        actions.save_in_report(record=section, by=by)


@pytest.fixture
def whole(report, chief) -> AnnualReport:
    write_all(report, chief)
    actions.freeze(report=report, through=date(YEAR, 12, 31), by=chief)
    return report


@pytest.fixture
def approved(whole, chief) -> AnnualReport:
    actions.approve(report=whole, by=chief)
    actions.keep_archive_copy(report=whole, by=chief)
    return AnnualReport.objects.get(pk=whole.pk)


class TestBeginning:
    def test_it_has_the_templates_sections_and_every_boendes(self, cast, chief):
        factories.BoendeFactory(forvaltning=cast.sydvast, name="Bifrost")
        planned = factories.BoendeFactory(forvaltning=cast.sydvast, name="Planen", status=Boende.Status.PLANERAT)
        report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
        titles = [chapter.title for chapter in Document(report).chapters]
        assert titles[:5] == ["Inledning", "Uppdrag och tillhörighet", "Året i korthet", "Bifrost", "Kallebäcks boende"]
        assert [part.section.title for part in Document(report).chapters[3].parts][:4] == [
            "Uppdrag", "Målgrupp", "Mål", "Arbete under året",
        ]  # fmt: skip
        assert not report.sections.filter(boende=planned).exists()
        assert not report.sections.filter(boende=cast.alma).exists()
        assert actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief) == report

    def test_a_year_that_has_not_begun_is_refused(self, cast, chief):
        with pytest.raises(Refused):
            actions.start_report(forvaltning=cast.sydvast, year=THIS_YEAR + 1, by=chief)

    def test_what_goes_on_comes_from_last_years(self, cast, chief, report):
        AnnualStaffing.objects.create(report=report, boende=cast.kalleback, role="Stödpedagog", now=4)
        AnnualShare.objects.create(report=report, name="Nordost", percent=40, kronor=400)
        write_all(report, chief)
        actions.freeze(report=report, through=date(YEAR, 12, 31), by=chief)
        actions.approve(report=report, by=chief)
        following = actions.start_report(forvaltning=cast.sydvast, year=THIS_YEAR, by=chief)
        texts = dict(following.sections.filter(boende=cast.kalleback).values_list("title", "text"))
        assert texts["Uppdrag"] == "Det här står om Uppdrag."
        assert not texts["Arbete under året"]
        assert following.staffing.get().before == 4
        share = following.shares.get()
        assert (share.percent, share.kronor, share.percent_before, share.kronor_before) == (None, None, 40, 400)

    def test_a_new_boende_and_a_new_section_are_brought_in(self, cast, chief, report):
        factories.BoendeFactory(forvaltning=cast.sydvast, name="Bifrost")
        OutlineSection.objects.create(forvaltning=cast.sydvast, part="after", title="Bilagor", position=900)
        sections = OutlineSection.objects.filter(part="boende").count()
        assert actions.fill_report(report=report, by=chief) == sections + 1
        assert actions.fill_report(report=report, by=chief) == 0

    def test_one_draft_a_year(self, cast, report):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnualReport(forvaltning=cast.sydvast, year=YEAR, edition=1).save()


class TestEconomy:
    def share(self, report, name, percent, kronor=None) -> AnnualShare:
        return AnnualShare.objects.create(report=report, name=name, percent=percent, kronor=kronor)

    def test_both_are_kept_as_decided_and_the_page_says_what_they_sum_to(self, report):
        """The city's own key: 99.9 per cent, and kronor that are all there (domain.md, "Reports")."""
        decided = [("Nordost", "37.9", 4_187_500), ("Centrum", "19.4", 2_144_350), ("Sydväst", "15.5", 1_718_150),
                   ("Hisingen", "27.1", 3_000_000)]  # fmt: skip
        shares = [self.share(report, name, Decimal(percent), kronor) for name, percent, kronor in decided]
        year = year_of(shares, 11_050_000)
        assert (year.percent, year.kronor) == (Decimal("99.9"), 11_050_000)
        assert "99,9" in year.sentences[0]
        assert "hela summan" in year.sentences[1]
        proposal = propose(AnnualEconomy(report=report, total=11_050_000), shares)
        assert proposal.kronor == [4_187_950, 2_143_700, 1_712_750, 2_994_550]
        assert "11 050 kr" in proposal.told.replace("\u202f", " ").replace("\xa0", " ")
        assert [share.kronor for share in AnnualShare.objects.filter(report=report).order_by("created_at")] == [
            kronor for _name, _percent, kronor in decided
        ]

    def test_the_last_krona_is_told(self, report, chief):
        shares = [
            self.share(report, name, Decimal(percent))
            for name, percent in (("A", "33.33"), ("B", "33.33"), ("C", "33.34"))
        ]
        report.economy.total = 100
        actions.save_in_report(record=report.economy, by=chief)
        proposal = propose(report.economy, shares)
        assert sum(proposal.kronor) == 100
        assert "C" in proposal.told
        actions.adopt_proposal(report=report, by=chief)
        assert [share.kronor for share in report.shares.order_by("created_at")] == proposal.kronor

    def test_no_key_no_proposal(self, report, chief):
        with pytest.raises(Refused):
            actions.adopt_proposal(report=report, by=chief)
        assert propose(AnnualEconomy(total=10), [AnnualShare(percent=60), AnnualShare(percent=50)]) is None


class TestApproval:
    def test_it_says_what_is_missing(self, report, chief):
        with pytest.raises(Refused) as refused:
            actions.approve(report=report, by=chief)
        assert refused.value.missing[0] == "Frys siffrorna."
        assert "Skriv avsnittet Inledning." in refused.value.missing
        assert "Skriv avsnittet Kallebäcks boende: Mål." in refused.value.missing

    def test_it_is_approved_as_it_was_read(self, whole, chief):
        read = actions.read_mark(Document(whole))
        section = whole.sections.first()
        section.text = "Något annat."
        actions.save_in_report(record=section, by=chief)
        with pytest.raises(EditConflict):
            actions.approve(report=whole, by=chief, read=read)
        actions.approve(report=whole, by=chief, read=actions.read_mark(Document(whole)))

    def test_it_stands_still(self, approved, chief, cast):
        assert approved.document.kind == "arsrapport"
        section = approved.sections.first()
        with pytest.raises(Refused):
            actions.save_in_report(record=section, by=chief)
        with pytest.raises(Refused):
            actions.freeze(report=approved, through=date(YEAR, 12, 31), by=chief)
        for row in (
            section,
            approved.economy,
            AnnualStaffing(report=approved, boende=cast.kalleback, role="Ny", now=1),
        ):
            with pytest.raises(Immutable):
                row.save()
            with pytest.raises(Immutable):
                row.delete()
        approved.year -= 1
        with pytest.raises(Immutable):
            approved.save()
        with pytest.raises(Immutable):
            AnnualSection.objects.update(text="")
        assert actions.approve(report=approved, by=chief) == approved
        assert actions.keep_archive_copy(report=approved, by=chief) == approved.document

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE reports_annualsection SET text = 'annat'",
            "UPDATE reports_annualfreeze SET through = counted_at",
            "UPDATE reports_annualeconomy SET total = 1",
            "UPDATE reports_annualbudget SET budget = 1",
            "UPDATE reports_annualreport SET correction = 'annat'",
        ],
    )
    def test_the_database_refuses_too(self, approved, change):
        """Also past the application: a part of it, and what the report itself said when it was approved."""
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

    def test_a_correction_is_a_new_edition_that_names_the_old(self, approved, chief, cast):
        new = actions.correct(report=approved, correction="En roll saknades.", by=chief)
        assert (new.edition, new.previous, new.correction) == (2, approved, "En roll saknades.")
        assert not changes_of(Document(new), Document(approved))
        assert actions.correct(report=approved, correction="En gång till.", by=chief) == new
        section = new.sections.get(title="Inledning")
        section.text = "Rättad inledning."
        actions.save_in_report(record=section, by=chief)
        AnnualStaffing.objects.create(report=new, boende=cast.kalleback, role="Stödpedagog", now=2)
        found = changes_of(Document(new), Document(approved))
        assert [(change.title, change.kind, change.now) for change in found.texts] == [
            ("Inledning", "changed", "Rättad inledning.")
        ]
        assert ("Stödpedagog", "–", "2,00") in {(change.name, change.before, change.now) for change in found.numbers}
        actions.approve(report=new, by=chief)
        actions.keep_archive_copy(report=new, by=chief)
        approved.refresh_from_db()
        assert approved.status == "replaced"
        assert new.document is None
        assert AnnualReport.objects.get(pk=new.pk).document.previous == approved.document

    def test_a_draft_is_not_corrected(self, report, chief):
        with pytest.raises(Refused):
            actions.correct(report=report, correction="Nej.", by=chief)
