# SPDX-License-Identifier: EUPL-1.2
"""An årsrapport as files: a short one at once, a long one by a worker; what is approved gets its file once."""

import io
from datetime import date, timedelta

import docx
import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from platssamverkan.documents.actions import store_document
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import Export, MadeFile
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.records import Immutable
from platssamverkan.notices.models import Notice
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import AnnualReport, AnnualSection

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1


@pytest.fixture(autouse=True)
def printed(monkeypatch):
    """Files that are laid out in no time, each its own; what was printed for the archive."""
    found = []

    def archive_paper(document):
        found.append(document.report)
        return b"%%PDF-1.7 %d" % len(found)

    monkeypatch.setattr("platssamverkan.reports.annual.actions.archive_paper", archive_paper)
    monkeypatch.setattr("platssamverkan.reports.annual.offers.draft_paper", lambda *_given: b"%PDF-1.7 utkast")
    monkeypatch.setattr("platssamverkan.export.made_actions.wake", lambda task: None)
    return found


@pytest.fixture
def is_long(monkeypatch):
    """Every report is a long one."""
    monkeypatch.setattr("platssamverkan.export.taking_out.PAPER_AT_ONCE", 1)


@pytest.fixture
def chief(cast):
    return cast["forvaltningschef"]


@pytest.fixture
def report(cast, chief) -> AnnualReport:
    """Whole, and not approved."""
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
    for section in AnnualSection.objects.filter(report=report):
        section.text = "Text."
        actions.save_in_report(record=section, by=chief)
    actions.freeze(report=report, through=date(YEAR, 12, 31), by=chief)
    return report


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def approve(client, report):
    read = client.get(report.get_absolute_url()).context["read"]
    return client.post(url("annual_approve", report.pk), {"read": read}, follow=True)


def page(client, report) -> str:
    return client.get(report.get_absolute_url()).content.decode()


class TestTheArchivesFile:
    def test_of_a_short_report_is_there_at_once(self, report, as_user):
        told = approve(as_user("forvaltningschef"), report).content.decode()
        assert "godkänd och sparad för arkivet" in told
        assert not MadeFile.objects.exists()
        assert as_user("enhetschef").get(url("annual_pdf", report.pk)).content == b"%PDF-1.7 1"

    def test_of_a_long_one_is_made_by_a_worker_with_a_notice(self, report, as_user, chief, is_long, printed):
        client, reader = as_user("forvaltningschef"), as_user("enhetschef")
        assert "Filen för arkivet görs nu" in approve(client, report).content.decode()
        made = MadeFile.objects.get()
        assert (made.created_by, made.url, made.format) == (chief, url("annual_pdf", report.pk), "pdf")
        assert made.get_absolute_url() in page(client, report)
        assert "Filen för arkivet är inte färdig än." in page(reader, report)
        assert "Utkastet som PDF" not in page(client, report)
        assert reader.get(url("annual_pdf", report.pk))["Location"] == report.get_absolute_url()
        assert not printed
        make_files()
        made.refresh_from_db()
        stored = AnnualReport.objects.get(pk=report.pk).document
        assert made.is_ready and made.sha256 == stored.sha256
        assert Notice.objects.filter(user=chief, what="export.made").count() == 1
        assert "Filen för arkivet är inte färdig än." not in page(reader, report)
        assert reader.get(url("annual_pdf", report.pk)).content == b"%PDF-1.7 1"
        fetched = client.get(reverse("export:madefile_fetch", args=[made.pk]))
        assert b"".join(fetched) == b"%PDF-1.7 1"

    def test_approved_twice_it_is_made_once(self, report, as_user, is_long, printed):
        client = as_user("forvaltningschef")
        approve(client, report)
        approve(client, report)
        assert MadeFile.objects.count() == 1
        make_files()
        approve(client, report)
        make_files()
        assert len(printed) == 1

    def test_that_did_not_go_is_asked_for_again_on_the_page(self, report, as_user, is_long, monkeypatch):
        client = as_user("forvaltningschef")
        approve(client, report)
        with monkeypatch.context() as broken:
            broken.setattr("platssamverkan.reports.annual.actions.archive_paper", lambda document: 1 / 0)
            make_files()
        assert MadeFile.objects.get().state == MadeFile.State.FAILED
        assert "Gör filen för arkivet" in page(client, report)
        assert "Gör filen för arkivet" not in page(as_user("enhetschef"), report)
        assert as_user("enhetschef").post(url("annual_pdf", report.pk)).status_code == 403
        answer = client.post(url("annual_pdf", report.pk))
        assert answer["Location"] == MadeFile.objects.get(state=MadeFile.State.WAITING).get_absolute_url()
        make_files()
        assert AnnualReport.objects.get(pk=report.pk).document

    def test_comes_after_that_of_the_edition_before(self, report, chief, printed):
        actions.approve(report=report, by=chief)
        new = actions.correct(report=report, correction="En roll saknades.", by=chief)
        actions.freeze(report=new, through=date(YEAR, 12, 31), by=chief)
        actions.approve(report=new, by=chief)
        stored = actions.keep_archive_copy(report=new, by=chief)
        assert printed == [report, new]
        assert stored.previous == AnnualReport.objects.get(pk=report.pk).document

    def test_is_not_of_a_draft(self, report, chief):
        with pytest.raises(Refused):
            actions.keep_archive_copy(report=report, by=chief)

    def test_is_never_another(self, report, chief):
        """Neither in the models nor past them."""
        actions.approve(report=report, by=chief)
        actions.keep_archive_copy(report=report, by=chief)
        approved = AnnualReport.objects.get(pk=report.pk)
        for other in (store_document(content=b"%PDF-1.7 annan", title="Annan", kind="arsrapport", by=chief), None):
            approved.document = other
            with pytest.raises(Immutable):
                approved.save()
            sql = "UPDATE reports_annualreport SET document_id = %s"
            value = other and (other.pk if connection.vendor == "postgresql" else other.pk.hex)
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, [value])


class TestFiles:
    def test_each_is_noted(self, report, as_user):
        client = as_user("forvaltningschef")
        assert client.get(url("annual_pdf", report.pk))["Location"] == report.get_absolute_url()
        client.post(url("annual_pdf", report.pk))
        client.post(url("annual_docx", report.pk))
        client.post(url("annual_xlsx", report.pk))
        assert sorted(Export.objects.values_list("format", flat=True)) == ["docx", "pdf", "xlsx"]

    def test_a_long_draft_is_made_by_a_worker_and_fetched_in_dokument(self, report, as_user, is_long):
        client = as_user("forvaltningschef")
        answer = client.post(url("annual_pdf", report.pk))
        made = MadeFile.objects.get()
        assert answer["Location"] == made.get_absolute_url()
        make_files()
        made.refresh_from_db()
        assert made.is_ready and made.row_count == len(Document(report).sections)
        fetch = reverse("export:madefile_fetch", args=[made.pk])
        assert b"".join(client.get(fetch)).startswith(b"%PDF")
        actions.approve(report=report, by=made.created_by)  # what was asked for as a draft stays hers
        assert client.get(fetch).status_code == 200
        for assignment in made.created_by.assignments.all():
            assignment.starts_on = assignment.ends_on = timezone.localdate() - timedelta(days=1)
            assignment.save()
        assert client.get(fetch).status_code == 403

    def test_a_long_text_in_word_too(self, report, as_user, is_long):
        client = as_user("forvaltningschef")
        made_at = client.post(url("annual_docx", report.pk))["Location"]
        made = MadeFile.objects.get()
        assert (made_at, made.format) == (made.get_absolute_url(), "docx")
        make_files()
        fetched = client.get(reverse("export:madefile_fetch", args=[made.pk]))
        assert fetched["Content-Disposition"].endswith(".docx")
        paper = docx.Document(io.BytesIO(b"".join(fetched)))
        assert "Text." in [paragraph.text for paragraph in paper.paragraphs]
        assert Export.objects.get(format="docx").purpose == made.purpose

    def test_sheets_have_whole_names(self, report, as_user):
        book = openpyxl.load_workbook(
            io.BytesIO(as_user("forvaltningschef").post(url("annual_xlsx", report.pk)).content)
        )
        assert "Kallebäcks boende Siffror" in book.sheetnames
