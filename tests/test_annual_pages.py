# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport's pages: who reaches what, texts that save themselves and lose nothing, comments, files."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.export.models import Export
from platssamverkan.reports.annual import actions
from platssamverkan.reports.models import (
    AnnualComment,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
    OutlineSection,
)
from tests import factories

YEAR = timezone.localdate().year - 1
LAST_DAY = date(YEAR, 12, 31)


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    """What stands in the file is told in test_annual_pdf.py."""
    papers = iter(range(1, 100))
    monkeypatch.setattr(
        "platssamverkan.reports.annual.actions.archive_paper", lambda *args: b"%%PDF-1.7 %d" % next(papers)
    )
    monkeypatch.setattr("platssamverkan.reports.annual.offers.draft_paper", lambda *args: b"%PDF-1.7")
    monkeypatch.setattr("platssamverkan.reports.annual.views.files.cover_paper", lambda *args: b"%PDF-1.7")


@pytest.fixture
def other(cast):
    """A boende of the same förvaltning that is not the enhetschef's."""
    return factories.BoendeFactory(forvaltning=cast.sydvast, name="Bifrost", slug="bifrost")


@pytest.fixture
def report(cast, other) -> AnnualReport:
    return actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=cast["forvaltningschef"])


def section_of(report, boende=None, title="Inledning") -> AnnualSection:
    return AnnualSection.objects.select_related("report").get(report=report, boende=boende, title=title)


@pytest.fixture
def own(cast, report) -> AnnualSection:
    return section_of(report, cast.kalleback, "Arbete under året")


def url(name, *args) -> str:
    return reverse(f"reports:{name}", args=args)


def words_of(response) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


class TestWhoReachesWhat:
    def test_the_enhetschef_has_the_shared_texts_and_her_own_boende(self, as_user, cast, other, report, own):
        client = as_user("enhetschef")
        page = words_of(client.get(report.get_absolute_url()))
        assert own.get_absolute_url() in page
        assert "Bifrost" not in page
        theirs = section_of(report, other, "Mål")
        for address in (theirs.get_absolute_url(), url("annual_budget", report.pk, "bifrost")):
            assert client.get(address).status_code == 404
        shared = section_of(report)
        assert client.get(shared.get_absolute_url()).status_code == 200
        assert client.post(shared.get_absolute_url(), {"text": "Min."}).status_code == 403
        assert client.get(url("annual_economy", report.pk)).status_code == 403

    def test_another_forvaltning_has_nothing_of_it(self, as_user, cast, report, own, django_user_model):
        chief = factories.UserFactory(email="chef.nordost@example.org")
        Assignment.objects.create(user=chief, role=Role.FORVALTNINGSCHEF, forvaltning=cast.nordost)
        cast.users["chef.nordost"] = chief
        for who in ("chef.nordost", "outsider"):
            client = as_user(who)
            assert str(report) not in words_of(client.get(url("annual_list"))).replace("Årsrapporter", "")
            for address in (report.get_absolute_url(), own.get_absolute_url(), url("annual_pdf", report.pk)):
                assert client.get(address).status_code == 404

    def test_it_is_begun_from_the_list(self, as_user, cast):
        chief, start = as_user("forvaltningschef"), url("annualforvaltning_start", cast.sydvast.pk)
        assert chief.get(start).status_code == 405
        for _time in range(2):
            assert chief.post(start, {"year": YEAR}).status_code == 302
        assert chief.post(start, {"year": "nej"}).status_code == 302
        assert AnnualReport.objects.get().year == YEAR
        assert as_user("enhetschef").post(start, {"year": YEAR}).status_code == 403
        assert as_user("forvaltningschef").post(url("annualforvaltning_start", cast.nordost.pk)).status_code == 404


class TestWriting:
    def test_the_button_saves_without_a_script(self, as_user, own):
        client = as_user("enhetschef")
        sent = {"text": "Vi har lagat lampan.", "opened_version": own.version}
        assert client.post(own.get_absolute_url(), sent).status_code == 302
        own.refresh_from_db()
        assert own.text == "Vi har lagat lampan."

    def test_it_saves_itself_version_after_version(self, as_user, own):
        client, address = as_user("enhetschef"), url("annualsection_autosave", own.pk)
        first = client.post(address, {"text": "Vi", "opened_version": own.version}).json()
        second = client.post(address, {"text": "Vi har lagat.", "opened_version": first["version"]}).json()
        assert second["version"] == first["version"] + 1
        assert second["said"].startswith("Sparat")
        own.refresh_from_db()
        assert own.text == "Vi har lagat."
        assert client.get(address).status_code == 405

    def test_the_second_writer_sees_both_texts_and_loses_nothing(self, as_user, own):
        first, second = as_user("enhetschef"), as_user("forvaltningschef")
        opened = own.version
        autosave = url("annualsection_autosave", own.pk)
        assert first.post(autosave, {"text": "Den första.", "opened_version": opened}).status_code == 200
        refused = second.post(autosave, {"text": "Den andra.", "opened_version": opened})
        assert refused.status_code == 409
        assert "Spara" in refused.json()["said"]
        page = second.post(own.get_absolute_url(), {"text": "Den andra.", "opened_version": opened})
        assert page.status_code == 409
        assert "Den första." in words_of(page)
        assert "Den andra." in words_of(page)
        version = page.context["form"]["opened_version"].value()
        sent = {"text": "Den första. Den andra.", "opened_version": version}
        assert second.post(own.get_absolute_url(), sent).status_code == 302
        own.refresh_from_db()
        assert own.text == "Den första. Den andra."

    def test_the_same_words_are_no_conflict(self, as_user, own):
        client, opened = as_user("enhetschef"), own.version
        for address in (url("annualsection_autosave", own.pk), own.get_absolute_url()):
            answer = client.post(address, {"text": "Samma.", "opened_version": opened})
            assert answer.status_code in (200, 302)

    def test_a_personnummer_is_never_kept(self, as_user, own):
        client = as_user("enhetschef")
        sent = {"text": "Ring 19121212-1212 om det.", "opened_version": own.version}
        answer = client.post(url("annualsection_autosave", own.pk), sent)
        assert answer.status_code == 422
        assert "personnummer" in answer.json()["said"]
        page = client.post(own.get_absolute_url(), sent)
        assert page.status_code == 422
        assert "om det." in words_of(page)
        own.refresh_from_db()
        assert not own.text

    def test_comments_are_made_and_settled(self, as_user, cast, own, report):
        enhetschef, chief = as_user("enhetschef"), as_user("forvaltningschef")
        comment = url("annualsection_comment", own.pk)
        assert chief.post(comment, {"kommentar-text": ""}).status_code == 422
        kept = chief.post(comment, {"kommentar-text": "Ring 19121212-1212"})
        assert kept.status_code == 422
        assert "Ring 19121212-1212" in words_of(kept)
        assert chief.post(comment, {"kommentar-text": "Skriv hur många."}).status_code == 302
        row = AnnualComment.objects.get()
        assert "Skriv hur många." in words_of(enhetschef.get(own.get_absolute_url()))
        assert enhetschef.post(url("annualcomment_settle", row.pk)).status_code == 302
        row.refresh_from_db()
        assert row.settled_at
        shared = url("annualsection_comment", section_of(report).pk)
        assert enhetschef.post(shared, {"kommentar-text": "Bra."}).status_code == 302

    def test_roles_and_budget_are_the_boendes(self, as_user, cast, report):
        client = as_user("enhetschef")
        add = url("annual_staff_create", report.pk, "kalleback")
        sent = {"role": "Stödpedagog", "now": "4,5", "before": "4,25"}
        assert client.post(add, sent).status_code == 302
        again = client.post(add, sent)
        assert again.status_code == 422
        assert "Rollen står redan i tabellen." in words_of(again)
        assert client.post(add, {"role": "Kock", "now": "-1"}).status_code == 422
        budget = report.budgets.get(boende=cast.kalleback)
        sent = {"budget": "3 035 tkr", "budget_before": "2 900", "opened_version": budget.version}
        assert client.post(url("annual_budget", report.pk, "kalleback"), sent).status_code == 302
        page = words_of(client.get(section_of(report, cast.kalleback, "Bemanning och budget").get_absolute_url()))
        for said in ("4,50", "+0,25", "+5,9 %", "3 035", "+135", "+4,7 %"):
            assert said in page, said
        row = AnnualStaffing.objects.get()
        assert client.post(url("annualstaff_archive", row.pk)).status_code == 302
        assert not AnnualStaffing.objects.active().exists()


class TestSteps:
    def test_figures_are_frozen_in_the_page(self, as_user, cast, report, own):
        client, address = as_user("forvaltningschef"), url("annual_freeze", report.pk)
        assert client.post(address, {"through": f"{YEAR + 1}-01-01"}).status_code == 422
        assert client.post(address, {"through": f"{YEAR}-12-31"}).status_code == 302
        page = words_of(as_user("enhetschef").get(section_of(report, cast.kalleback, "Siffror").get_absolute_url()))
        assert "Enhet: händelse." in page
        assert f"31 dec. {YEAR}" in page
        assert "Kan inte jämföras" in page

    def test_it_is_approved_read_and_corrected(self, as_user, cast, report):
        chief, enhetschef = as_user("forvaltningschef"), as_user("enhetschef")
        approve = url("annual_approve", report.pk)
        assert chief.get(approve).status_code == 405
        read = chief.get(report.get_absolute_url()).context["read"]
        missing = chief.post(approve, {"read": read})
        assert missing.status_code == 422
        assert "Frys siffrorna." in words_of(missing)
        write_all(report, cast["forvaltningschef"])
        assert chief.post(approve, {"read": read}).status_code == 409
        assert enhetschef.get(url("annual_pdf", report.pk)).status_code == 403
        read = chief.get(report.get_absolute_url()).context["read"]
        assert chief.post(approve, {"read": read}).status_code == 302
        assert enhetschef.get(url("annual_pdf", report.pk)).content.startswith(b"%PDF")
        own = section_of(report, cast.kalleback, "Mål")
        late = enhetschef.post(own.get_absolute_url(), {"text": "För sent.", "opened_version": own.version})
        assert late.status_code == 422
        assert "För sent." not in AnnualSection.objects.get(pk=own.pk).text
        correct = url("annual_correct", report.pk)
        assert chief.post(correct, {"correction": ""}).status_code == 422
        assert chief.post(correct, {"correction": "En roll saknades."}).status_code == 302
        new = AnnualReport.objects.get(edition=2)
        mine = section_of(new, cast.kalleback, "Mål")
        assert enhetschef.post(
            mine.get_absolute_url(), {"text": "Rättat mål.", "opened_version": mine.version}
        ).status_code == 302  # fmt: skip
        changes = words_of(enhetschef.get(url("annual_changes", new.pk)))
        assert "Rättat mål." in changes
        assert "Det står om Mål." in changes
        assert f"Rättelse av Årsrapport {YEAR}." in words_of(chief.get(new.get_absolute_url()))

    def test_the_template_is_the_forvaltningschefs(self, as_user, cast, report):
        client = as_user("forvaltningschef")
        add = url("annualforvaltning_outline_add", cast.sydvast.pk)
        sent = {"title": "Samverkan", "part": "boende", "position": "55", "kind": "text", "guidance": "Med vilka."}
        assert client.post(add, sent).status_code == 302
        assert client.post(add, sent).status_code == 422
        wrong = client.post(add, {**sent, "title": "Pengar", "kind": "economy"})
        assert "Ekonomi och fördelningsnyckel gäller hela förvaltningen." in words_of(wrong)
        assert client.post(url("annual_fill", report.pk)).status_code == 302
        assert report.sections.filter(title="Samverkan").count() == 2
        entry = OutlineSection.objects.get(title="Samverkan")
        assert client.post(url("annualoutline_archive", entry.pk)).status_code == 302
        assert "Samverkan" not in words_of(client.get(url("annualforvaltning_outline", cast.sydvast.pk)))

    def test_the_key_is_told_and_the_proposal_is_taken_only_when_asked(self, as_user, report):
        client = as_user("forvaltningschef")
        for name, percent, kronor in (("Nordost", "37,9 %", "4 187 500 kr"), ("Hisingen", "62,0", "6 862 500")):
            sent = {"name": name, "percent": percent, "kronor": kronor}
            assert client.post(url("annual_share_create", report.pk), sent).status_code == 302
        economy = report.economy
        sent = {"total": "11 050 000", "repayment": "1 300 000", "opened_version": economy.version}
        assert client.post(url("annual_economy_update", report.pk), sent).status_code == 422  # no day
        sent["forecast_on"] = f"{YEAR}-10-31"
        assert client.post(url("annual_economy_update", report.pk), sent).status_code == 302
        page = words_of(client.get(url("annual_economy", report.pk)))
        for said in (
            "99,9 % tillsammans",
            "hela summan",
            "4 187 950 kr",
            "4 187 500 kr",
            "lämnar 11 050 kr. I det som är bestämt är de fördelade.",
        ):
            assert said in page, said
        assert AnnualShare.objects.get(name="Nordost").kronor == 4_187_500
        read = client.get(url("annual_economy", report.pk)).context["read"]
        assert client.post(url("annual_propose", report.pk), {"read": read}).status_code == 302
        share = AnnualShare.objects.get(name="Nordost")
        assert (share.kronor, share.percent) == (4_187_950, Decimal("37.9"))

    def test_the_cover_goes_on_after_approval(self, as_user, cast, report):
        write_all(report, cast["forvaltningschef"])
        actions.approve(report=report, by=cast["forvaltningschef"])
        client, cover = as_user("forvaltningschef"), report.cover
        sent = {"diarienummer": "N165-0001/26", "proposal": "Anteckna.", "opened_version": cover.version}
        assert client.post(url("annual_cover", report.pk), sent).status_code == 302
        cover.refresh_from_db()
        assert cover.diarienummer == "N165-0001/26"
        assert client.get(url("annual_cover_pdf", report.pk)).content.startswith(b"%PDF")


def write_all(report, by) -> None:
    """Every text, and figures."""
    for section in AnnualSection.objects.filter(report=report, text=""):
        section.text = f"Det står om {section.title}."
        actions.save_in_report(record=section, by=by)
    actions.freeze(report=report, through=LAST_DAY, by=by)


class TestFiles:
    def test_every_table_is_in_the_workbook(self, as_user, cast, report):
        factories.IncidentFactory(boende=cast.kalleback, happened_at=timezone.now())
        AnnualStaffing.objects.create(report=report, boende=cast.kalleback, role="=Farlig()", now=2, before=1)
        actions.freeze(report=report, through=LAST_DAY, by=cast["forvaltningschef"])
        answer = as_user("forvaltningschef").post(url("annual_xlsx", report.pk))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
        staffing = next(sheet for sheet in book if "Kallebäck" in sheet.title and sheet["A1"].value == "Yrkesroll")
        assert staffing["A2"].value == "=Farlig()"
        assert staffing["A2"].data_type == "s"
        assert [staffing.cell(2, column).value for column in (2, 3, 4, 5)] == [1, 2, 1, 100]
        assert len({sheet.title.lower() for sheet in book}) == len(book.sheetnames)
        noted = Export.objects.get()
        assert (noted.format, noted.state) == ("xlsx", "whole")

    def test_word_is_fetched_and_noted(self, as_user, report):
        answer = as_user("forvaltningschef").post(url("annual_docx", report.pk))
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        assert answer.content.startswith(b"PK")
