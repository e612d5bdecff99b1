# SPDX-License-Identifier: EUPL-1.2
"""What the årsrapport must hold when boenden move and close, names change, and two people write at once."""

import io
import uuid
from datetime import date
from decimal import Decimal

import docx
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from boenden.actions.boende import close_boende
from platssamverkan.ground.actions import EditConflict, Refused, archive_record, save_record
from platssamverkan.ground.days import midnight
from platssamverkan.ground.forms import SUBMISSION_FIELD
from platssamverkan.ground.records import Immutable
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.belonging import may_come_in
from platssamverkan.reports.annual.changes import changes_of
from platssamverkan.reports.annual.chapters import put_chapter_in, take_chapter_out
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.tables import share_table
from platssamverkan.reports.models import (
    AnnualComment,
    AnnualEconomy,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
)
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1
LAST = date(YEAR, 12, 31)


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    """A file without Chromium; each is its own."""
    numbers = iter(range(1, 100))
    monkeypatch.setattr(
        "platssamverkan.reports.annual.actions.archive_paper", lambda *_given: b"%%PDF-1.7 %d" % next(numbers)
    )


@pytest.fixture
def chief(cast):
    return cast["forvaltningschef"]


@pytest.fixture
def report(cast, chief) -> AnnualReport:
    return actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)


def write_all(report, by) -> None:
    for section in AnnualSection.objects.active().filter(report=report, text=""):
        section.text = "Text."
        actions.save_in_report(record=section, by=by)


def approve(report, by) -> AnnualReport:
    write_all(report, by)
    actions.freeze(report=report, through=LAST, by=by)
    actions.approve(report=report, by=by)
    actions.keep_archive_copy(report=report, by=by)
    return AnnualReport.objects.get(pk=report.pk)


@pytest.fixture
def approved(report, chief) -> AnnualReport:
    return approve(report, chief)


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def words(response) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def move(boende, forvaltning):
    boende.refresh_from_db()
    boende.forvaltning = forvaltning
    boende.save()
    return boende


class TestAMovedBoende:
    def test_it_is_no_part_of_the_draft(self, cast, report, chief, as_user):
        boende = move(cast.kalleback, cast.nordost)
        factories.IncidentFactory(boende=boende, happened_at=midnight(date(YEAR, 9, 3)))
        frozen = actions.freeze(report=report, through=LAST, by=chief)
        assert not [row for row in frozen.figures if row["boende"] == str(boende.pk) or row["count"]]
        assert boende.name not in words(as_user("forvaltningschef").get(report.get_absolute_url()))
        section = AnnualSection.objects.filter(report=report, boende=boende).first()
        assert as_user("forvaltningschef").get(section.get_absolute_url()).status_code == 404

    def test_it_does_not_stop_the_approval_and_does_not_come_back(self, cast, report, chief):
        boende = move(cast.kalleback, cast.nordost)
        for section in AnnualSection.objects.filter(report=report, boende=None):
            section.text = "Text."
            actions.save_in_report(record=section, by=chief)
        actions.freeze(report=report, through=LAST, by=chief)
        approved = actions.approve(report=report, by=chief)
        assert boende.name not in [chapter.title for chapter in Document(approved).chapters]

    def test_what_is_approved_stays_with_its_forvaltning(self, cast, approved, as_user):
        move(cast.kalleback, cast.nordost)
        section = AnnualSection.objects.filter(report=approved, boende=cast.kalleback).first()
        assert as_user("forvaltningschef").get(section.get_absolute_url()).status_code == 200


def test_the_chapter_of_an_archived_boende_is_still_the_chiefs_to_write(cast, report, as_user):
    cast.kalleback.refresh_from_db()
    cast.kalleback.archived_at = timezone.now()
    cast.kalleback.save()
    client = as_user("forvaltningschef")
    section = AnnualSection.objects.filter(report=report, boende=cast.kalleback).first()
    sent = {"text": "Boendet stängde i mars.", "opened_version": section.version}
    assert client.post(section.get_absolute_url(), sent).status_code == 302
    assert client.get(url("annual_budget", report.pk, "kalleback")).status_code == 200


class TestChapters:
    def test_one_is_taken_out_and_put_in_again_with_its_texts(self, cast, report, chief, as_user):
        section = AnnualSection.objects.filter(report=report, boende=cast.kalleback).first()
        section.text = "Kvar."
        actions.save_in_report(record=section, by=chief)
        client = as_user("forvaltningschef")
        address = url("annual_chapter_out", report.pk, "kalleback")
        assert client.get(address).status_code == 405
        assert client.post(address).status_code == 302
        assert cast.kalleback not in [chapter.boende for chapter in Document(report).chapters]
        assert actions.fill_report(report=report, by=chief) == 0
        assert client.post(url("annual_chapter_in", report.pk, "kalleback")).status_code == 302
        assert AnnualSection.objects.active().get(pk=section.pk).text == "Kvar."

    def test_only_the_chief_and_only_her_own(self, cast, report, chief, as_user):
        address = url("annual_chapter_out", report.pk, "kalleback")
        assert as_user("enhetschef").post(address).status_code == 403
        assert as_user("granne").post(address).status_code == 404
        assert as_user("forvaltningschef").post(url("annual_chapter_in", report.pk, "alma")).status_code == 404
        with pytest.raises(Refused):
            put_chapter_in(report=report, boende=cast.alma, by=chief)

    def test_not_of_an_approved_report(self, cast, approved, chief):
        with pytest.raises(Refused):
            take_chapter_out(report=approved, boende=cast.kalleback, by=chief)

    def test_closed_before_the_year_is_not_there_but_can_be_put_in(self, cast, chief):
        closed = factories.BoendeFactory(
            forvaltning=cast.sydvast, name="Stängt", slug="stangt", status="avslutat", opened_on=date(2010, 1, 1)
        )
        report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
        assert not AnnualSection.objects.filter(report=report, boende=closed).exists()
        assert closed in may_come_in(report)
        assert put_chapter_in(report=report, boende=closed, by=chief)
        assert "Stängt" in [chapter.title for chapter in Document(report).chapters]

    def test_closed_since_is_there(self, cast, chief):
        cast.kalleback.refresh_from_db()
        close_boende(boende=cast.kalleback, by=chief)
        report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
        assert AnnualSection.objects.filter(report=report, boende=cast.kalleback).exists()

    def test_they_stand_in_swedish_order(self, cast, chief):
        for number, name in enumerate(("Ängen", "Åsen", "Öster", "alfa", "Zeta")):
            factories.BoendeFactory(forvaltning=cast.sydvast, name=name, slug=f"a{number}")
        report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
        names = [chapter.title for chapter in Document(report).chapters if chapter.boende]
        assert names == ["alfa", "Kallebäcks boende", "Zeta", "Åsen", "Ängen", "Öster"]


class TestWhatIsApproved:
    def test_names_are_kept(self, approved, cast, chief, as_user):
        client = as_user("forvaltningschef")
        for record in (cast.kalleback, cast.sydvast, chief):
            record.refresh_from_db()
            record.name = f"Omdöpt {uuid.uuid4().hex[:4]}"
            record.save()
        section = approved.sections.exclude(boende=None).first()
        for record in (approved, section):
            page = words(client.get(record.get_absolute_url()))
            assert "Omdöpt" not in page.partition("<main")[2].partition("kommentarer")[0]
        file = docx.Document(io.BytesIO(client.post(url("annual_docx", approved.pk)).content))
        assert "Omdöpt" not in "\n".join(paragraph.text for paragraph in file.paragraphs)
        assert "Omdöpt" not in file.core_properties.author

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE reports_annualreport SET archived_at = CURRENT_TIMESTAMP WHERE status = 'approved'",
            "UPDATE reports_annualreport SET status = 'replaced' WHERE status = 'approved'",
            "UPDATE reports_annualreport SET names = '{}' WHERE status = 'approved'",
        ],
    )
    def test_the_database_refuses(self, approved, change):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

    def test_the_database_refuses_rows_moved_or_put_in(self, approved, chief):
        new = actions.correct(report=approved, correction="Rättat.", by=chief)
        ids = [AnnualReport._meta.pk.get_db_prep_value(one.pk, connection) for one in (approved, new)]
        moved = "UPDATE reports_annualsection SET report_id = %s, title = 'Ny' WHERE report_id = %s AND position = 1"
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(moved, ids)
        share = AnnualShare(report=approved, name="Part")
        with pytest.raises(IntegrityError), transaction.atomic():
            share.save_base(force_insert=True)

    def test_the_models_refuse(self, approved, chief):
        with pytest.raises(Immutable):
            approved.status = AnnualReport.Status.REPLACED
            approved.save()
        approved.refresh_from_db()
        new = actions.correct(report=approved, correction="Rättat.", by=chief)
        section = AnnualSection.objects.filter(report=approved).first()
        section.report = new
        section.title = "Flyttad"
        with pytest.raises(Immutable):
            section.save()
        actions.freeze(report=new, through=LAST, by=chief)
        actions.approve(report=new, by=chief)
        approved.refresh_from_db()
        approved.status = AnnualReport.Status.APPROVED
        with pytest.raises(Immutable):
            approved.save()

    def test_an_archived_boende_gives_its_manager_no_report(self, cast, approved, as_user):
        cast.kalleback.refresh_from_db()
        cast.kalleback.archived_at = timezone.now()
        cast.kalleback.save()
        assert as_user("enhetschef").get(url("annual_list")).status_code == 404


def test_an_archived_draft_leaves_its_year_free(report, chief):
    archive_record(record=report, by=chief)
    other = AnnualReport(forvaltning=report.forvaltning, year=YEAR)
    save_record(record=other, by=chief)
    assert actions.start_report(forvaltning=report.forvaltning, year=YEAR, by=chief) == other


def test_freezing_asks_one_query_a_boende(cast, chief):
    for number in range(9):
        factories.BoendeFactory(forvaltning=cast.sydvast, name=f"B{number}", slug=f"b{number}")
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
    with CaptureQueriesContext(connection) as queries:
        actions.freeze(report=report, through=LAST, by=chief)
    assert len(queries) < 40


class TestTwoWhoWrite:
    @pytest.mark.parametrize("version", [{}, {"opened_version": ""}])
    def test_what_does_not_say_what_it_saw_overwrites_nothing(self, report, chief, as_user, version):
        section = AnnualSection.objects.filter(report=report).first()
        section.text = "Viktigt"
        actions.save_in_report(record=section, by=chief)
        answer = as_user("forvaltningschef").post(
            url("annualsection_autosave", section.pk), {"text": "Skriver över", **version}
        )
        assert answer.status_code == 409
        section.refresh_from_db()
        assert section.text == "Viktigt"

    def test_a_comment_changed_and_sent_again_is_not_lost(self, report, as_user):
        section = AnnualSection.objects.filter(report=report).first()
        client, address = as_user("forvaltningschef"), url("annualsection_comment", section.pk)
        sent = {f"kommentar-{SUBMISSION_FIELD}": str(uuid.uuid4())}
        assert client.post(address, {"kommentar-text": "Första", **sent}).status_code == 302
        assert client.post(address, {"kommentar-text": "Första", **sent}).status_code == 302
        again = client.post(address, {"kommentar-text": "Något helt annat", **sent})
        assert (again.status_code, "Något helt annat" in words(again)) == (422, True)
        anew = again.context["comment_form"][SUBMISSION_FIELD].value()
        sent = {"kommentar-text": "Något helt annat", f"kommentar-{SUBMISSION_FIELD}": anew}
        assert client.post(address, sent).status_code == 302
        assert AnnualComment.objects.count() == 2

    def test_a_second_correction_shows_both_texts(self, approved, as_user):
        client, address = as_user("forvaltningschef"), url("annual_correct", approved.pk)
        assert client.post(address, {"correction": "Den första."}).status_code == 302
        assert client.post(address, {"correction": "Den första."}).status_code == 302
        second = client.post(address, {"correction": "Den andra viktiga texten."})
        assert second.status_code == 409
        assert "Den första." in words(second)
        assert "Den andra viktiga texten." in words(second)

    def test_a_row_is_removed_and_settled_as_it_is_stored(self, report, chief):
        share = AnnualShare(report=report, name="Part", kronor=1)
        actions.save_in_report(record=share, by=chief)
        stale = AnnualShare.objects.select_related("report").get(pk=share.pk)
        share.kronor = 500
        actions.save_in_report(record=share, by=chief)
        actions.remove_from_report(record=stale, by=chief)
        assert AnnualShare.objects.get(pk=share.pk).kronor == 500
        comment = AnnualComment(report=report, section=report.sections.first(), text="a")
        actions.save_in_report(record=comment, by=chief)
        old = AnnualComment.objects.select_related("report").get(pk=comment.pk)
        comment.text = "ändrad"
        actions.save_in_report(record=comment, by=chief)
        actions.settle_comment(comment=old, by=chief)
        stored = AnnualComment.objects.get(pk=comment.pk)
        assert (stored.text, bool(stored.settled_at)) == ("ändrad", True)

    def test_the_key_is_adopted_as_it_was_read(self, report, chief, as_user):
        economy = AnnualEconomy.objects.get(report=report)
        economy.total = 100
        actions.save_in_report(record=economy, by=chief)
        share = AnnualShare(report=report, name="Part", percent=Decimal(100), kronor=1)
        actions.save_in_report(record=share, by=chief)
        client = as_user("forvaltningschef")
        read = client.get(url("annual_economy", report.pk)).context["read"]
        economy.total = 999
        actions.save_in_report(record=economy, by=chief)
        page = client.post(url("annual_propose", report.pk), {"read": read})
        share.refresh_from_db()
        assert (page.status_code, share.kronor) == (409, 1)
        assert client.post(url("annual_propose", report.pk), {"read": page.context["read"]}).status_code == 302
        share.refresh_from_db()
        assert share.kronor == 999
        with pytest.raises(EditConflict):
            actions.adopt_proposal(report=report, by=chief, read="")


class TestWhatIsChanged:
    def test_the_forecast_and_the_total(self, approved, chief):
        new = actions.correct(report=approved, correction="x", by=chief)
        economy = AnnualEconomy.objects.get(report=new)
        economy.repayment, economy.total, economy.forecast_on = 999999, 777, LAST
        actions.save_in_report(record=economy, by=chief)
        assert len(changes_of(Document(new), Document(approved)).numbers) == 3

    def test_a_role_called_summa(self, report, chief, cast):
        for role, now in (("Summa", 4), ("Chef", 1)):
            row = AnnualStaffing(report=report, boende=cast.kalleback, role=role, now=Decimal(now))
            actions.save_in_report(record=row, by=chief)
        approved = approve(report, chief)
        new = actions.correct(report=approved, correction="x", by=chief)
        for role, now in (("Summa", 3), ("Chef", 2)):
            row = AnnualStaffing.objects.get(report=new, role=role)
            row.now = Decimal(now)
            actions.save_in_report(record=row, by=chief)
        changed = {change.name for change in changes_of(Document(new), Document(approved)).numbers}
        assert changed == {"Summa", "Chef"}

    def test_two_boenden_of_one_name(self, cast, chief):
        twins = [factories.BoendeFactory(forvaltning=cast.sydvast, name="Samma", slug=slug) for slug in ("s1", "s2")]
        report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
        for number, twin in enumerate(twins):
            row = AnnualStaffing(report=report, boende=twin, role="Chef", now=Decimal(number + 1))
            actions.save_in_report(record=row, by=chief)
        approved = approve(report, chief)
        new = actions.correct(report=approved, correction="x", by=chief)
        for twin in twins:
            row = AnnualStaffing.objects.get(report=new, boende=twin)
            row.now = Decimal(9)
            actions.save_in_report(record=row, by=chief)
        assert len(changes_of(Document(new), Document(approved)).numbers) == 4

    def test_sums_of_different_parts_are_not_compared(self):
        shares = [
            AnnualShare(name="A", kronor=100, kronor_before=100),
            AnnualShare(name="B", kronor=None, kronor_before=900),
        ]
        table = share_table(None, shares, YEAR)
        assert [cell.text for cell in table.total.cells[-2:]] == ["–", "–"]
        assert any("kan inte jämföras" in note for note in table.notes)
