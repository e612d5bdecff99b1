# SPDX-License-Identifier: EUPL-1.2
"""Before an årsrapport is approved: what stops it, what is told, how it is numbered, and a draft begun by mistake."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from platssamverkan.ground.actions import Refused
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.chapters import put_chapter_in, take_chapter_out
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import AnnualBudget, AnnualReport, AnnualSection, AnnualShare, AnnualStaffing
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1
LAST = date(YEAR, 12, 31)


@pytest.fixture
def chief(cast):
    return cast["forvaltningschef"]


@pytest.fixture
def victor(cast):
    return factories.BoendeFactory(forvaltning=cast.sydvast, name="Ankarets boende", slug="ankaret")


@pytest.fixture
def report(cast, chief, victor) -> AnnualReport:
    """Of two boenden, written and with frozen figures."""
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
    for section in AnnualSection.objects.filter(report=report):
        section.text = "Text."
        actions.save_in_report(record=section, by=chief)
    actions.freeze(report=report, through=LAST, by=chief)
    return report


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def page(client, report) -> str:
    return client.get(report.get_absolute_url()).content.decode()


class TestFiguresAndChapters:
    def test_an_enhetschef_is_not_told_of_chapters_that_are_not_hers_as_of_ones_that_are_gone(
        self, report, as_user, cast
    ):
        """She reads one chapter; the figures of the others are counted all the same."""
        assert "inte är med längre" not in page(as_user("enhetschef"), report)
        assert not Document(report, cast["enhetschef"]).stale_figures()

    def test_a_chapter_that_is_not_counted_stops_it(self, report, chief, victor, as_user):
        """The sum would be of other boenden than those that stand in the report."""
        take_chapter_out(report=report, boende=victor, by=chief)
        actions.freeze(report=report, through=LAST, by=chief)
        put_chapter_in(report=report, boende=victor, by=chief)
        with pytest.raises(Refused) as refused:
            actions.approve(report=report, by=chief)
        assert refused.value.missing == ["De frysta siffrorna saknar Ankarets boende. Frys dem igen."]
        assert "De frysta siffrorna saknar Ankarets boende." in page(as_user("forvaltningschef"), report)
        actions.freeze(report=report, through=LAST, by=chief)
        assert actions.approve(report=report, by=chief).is_approved

    def test_nor_is_one_that_is_counted_and_taken_out(self, report, chief, victor):
        take_chapter_out(report=report, boende=victor, by=chief)
        with pytest.raises(Refused) as refused:
            actions.approve(report=report, by=chief)
        assert ["med längre" in sentence for sentence in refused.value.missing] == [True]

    def test_the_sum_says_whom_it_counts(self, report, chief, victor):
        def note():
            [table] = [
                table for _chapter, table in Document(report).tables if table.title == "Alla boenden tillsammans"
            ]
            return table.notes[0]

        assert note() == "Boenden som räknas: Ankarets boende, Kallebäcks boende."
        take_chapter_out(report=report, boende=victor, by=chief)
        actions.freeze(report=report, through=LAST, by=chief)
        assert note() == "Boenden som räknas: Kallebäcks boende."


class TestWhatIsTold:
    def test_roles_and_budget_that_nobody_has_written(self, report, cast, chief, victor):
        said = "Yrkesroller eller budget är inte inskrivna för {}."
        assert said.format("Ankarets boende, Kallebäcks boende") in Document(report).to_look_at()
        AnnualStaffing.objects.create(report=report, boende=victor, role="Stödpedagog", now=2)
        budget = AnnualBudget.objects.get(report=report, boende=victor)
        assert said.format("Ankarets boende, Kallebäcks boende") in Document(report).to_look_at()
        budget.budget = 100
        actions.save_in_report(record=budget, by=chief)
        assert said.format("Kallebäcks boende") in Document(report).to_look_at()

    def test_kronor_and_per_cent_that_are_not_whole(self, report, chief):
        economy = report.economy
        economy.total = 100
        actions.save_in_report(record=economy, by=chief)
        share = AnnualShare.objects.create(report=report, name="Nordost", percent=100, kronor=99)
        assert any("Det saknas 1\N{NO-BREAK SPACE}kr" in told for told in Document(report).to_look_at())
        share.kronor = 100
        actions.save_in_report(record=share, by=chief)
        assert not any("saknas" in told or "hela summan" in told for told in Document(report).to_look_at())

    def test_it_asks_once_more_and_says_what_is_left(self, report, as_user):
        shown = page(as_user("forvaltningschef"), report)
        asked = shown[shown.index('<details class="ask">') :]
        assert (
            asked.index("Godkänn årsrapporten") < asked.index("Yrkesroller eller budget") < asked.index("Ja, godkänn")
        )


def test_a_section_has_one_number_for_all_its_readers(report, cast, as_user):
    mine, whole = Document(report, cast["enhetschef"]), Document(report)
    numbers = {part.section.pk: part.number for chapter in whole.chapters for part in chapter.parts}
    read = {part.section.pk: part.number for chapter in mine.chapters for part in chapter.parts}
    assert 0 < len(read) < len(numbers)
    assert read == {pk: numbers[pk] for pk in read}
    assert {chapter.title: chapter.number for chapter in mine.chapters}.items() <= {
        chapter.title: chapter.number for chapter in whole.chapters
    }.items()


class TestADraftBegunByMistake:
    def test_is_taken_away_and_comes_back_with_its_texts(self, report, cast, chief, as_user):
        client, reader = as_user("forvaltningschef"), as_user("enhetschef")
        answer = client.post(url("annual_archive", report.pk))
        assert answer["Location"] == url("annual_list")
        for reading in (client, reader):
            assert reading.get(report.get_absolute_url()).status_code == 404
            assert str(report.pk) not in reading.get(url("annual_list")).content.decode()
        section = AnnualSection.objects.filter(report=report, boende=cast.kalleback).first()
        assert reader.get(section.get_absolute_url()).status_code == 404
        again = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
        assert again == report
        assert AnnualSection.objects.get(pk=section.pk).text == "Text."
        assert client.get(report.get_absolute_url()).status_code == 200

    def test_not_of_what_is_approved_nor_a_correction(self, report, chief, as_user):
        client = as_user("forvaltningschef")
        actions.approve(report=report, by=chief)
        client.post(url("annual_archive", report.pk))
        new = actions.correct(report=report, correction="En roll saknades.", by=chief)
        assert "Ta bort utkastet" not in page(client, new)
        answer = client.post(url("annual_archive", new.pk), follow=True)
        assert "En rättelse tas inte bort." in answer.content.decode()
        assert AnnualReport.objects.active().filter(pk__in=[report.pk, new.pk]).count() == 2


def test_a_chapter_that_was_taken_out_is_out_of_the_correction_too_with_all_its_texts(report, chief, victor, cast):
    take_chapter_out(report=report, boende=victor, by=chief)
    actions.freeze(report=report, through=LAST, by=chief)
    approved = actions.approve(report=report, by=chief)
    newer = actions.correct(report=approved, correction="En siffra.", by=chief)
    assert actions.fill_report(report=newer, by=chief) == 0
    assert not AnnualSection.objects.active().filter(report=newer, boende=victor).exists()
    put_chapter_in(report=newer, boende=victor, by=chief)
    texts = AnnualSection.objects.active().filter(report=newer, boende=victor).values_list("text", flat=True)
    assert set(texts) == {"Text."}


def test_only_what_does_not_sum_is_told_before_approval(report, chief):
    economy = report.economy
    economy.total = 100
    actions.save_in_report(record=economy, by=chief)
    for name, percent in (("Nordost", "60"), ("Sydväst", "39.9")):
        share = AnnualShare(report=report, name=name, percent=Decimal(percent), kronor=50)
        actions.save_in_report(record=share, by=chief)
    told = Document(AnnualReport.objects.get(pk=report.pk)).to_look_at()
    assert "Andelarna blir 99,9 % tillsammans. Det saknas 0,1 %." in [words.replace("\xa0", " ") for words in told]
    assert not any("Kronorna blir hela summan" in words for words in told)


def test_a_replaced_edition_says_when_it_was_approved_not_when_it_was_replaced(report, chief, as_user):
    approved = actions.approve(report=report, by=chief)
    newer = actions.correct(report=approved, correction="En siffra.", by=chief)
    actions.approve(report=newer, by=chief)
    assert "godkändes " in page(as_user("forvaltningschef"), approved)
    assert "godkändes " not in page(as_user("forvaltningschef"), newer)
