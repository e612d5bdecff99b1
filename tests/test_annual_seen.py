# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport's pages as someone meets them who has not seen them before: which year, what counts, what is left."""

import io
from datetime import UTC, date, timedelta
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from platssamverkan.look.prose import as_html
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.chapters import put_chapter_in, take_chapter_out
from platssamverkan.reports.annual.figures import Figure
from platssamverkan.reports.annual.filling import COVERED
from platssamverkan.reports.annual.paper import cover_paper, draft_paper
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.tables import figure_table
from platssamverkan.reports.annual.word import word_file
from platssamverkan.reports.annual.workbook import workbook
from platssamverkan.reports.models import AnnualReport, AnnualSection, AnnualShare, AnnualStaffing
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 2
LAST = date(YEAR, 12, 31)


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    """A file without a renderer; each is its own."""
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


def approve(report, by) -> AnnualReport:
    for section in AnnualSection.objects.active().filter(report=report, text=""):
        section.text = "Text."
        actions.save_in_report(record=section, by=by)
    actions.freeze(report=report, through=LAST, by=by)
    actions.approve(report=report, by=by)
    actions.keep_archive_copy(report=report, by=by)
    return AnnualReport.objects.get(pk=report.pk)


@pytest.fixture
def approved(report, chief) -> AnnualReport:
    return approve(report, chief)


def url(name, *args) -> str:
    return reverse(f"reports:{name}", args=args)


def words_of(response) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


class TestTheYear:
    def test_every_form_of_numbers_names_the_years_and_no_year_is_this_one(self, as_user, report):
        client = as_user("forvaltningschef")
        asked = {
            url("annual_staff_create", report.pk, "kalleback"): "Årsarbetare",
            url("annual_budget", report.pk, "kalleback"): "Utfall",
            url("annual_share_create", report.pk): "Kronor",
            url("annual_economy_update", report.pk): "ördela",
        }
        for address, words in asked.items():
            page = words_of(client.get(address))
            assert f"{words} {YEAR}" in page or f"{words}t {YEAR}" in page
            assert f"{words} {YEAR - 1}" in page or f"{words}t {YEAR - 1}" in page
            assert "i år" not in page
            assert "året före" not in page
        assert f"Fördelat {YEAR - 1}" in words_of(client.get(url("annual_economy", report.pk)))

    def test_a_forecast_is_made_on_a_day_that_has_been(self, as_user, report):
        client = as_user("forvaltningschef")
        today = timezone.localdate()
        address = url("annual_economy_update", report.pk)
        for day, status in ((today + timedelta(days=1), 422), (today, 302)):
            answer = client.post(
                address, {"repayment": "130 000", "forecast_on": day, "opened_version": report.economy.version}
            )
            assert answer.status_code == status
            assert ("Den kan inte ligga framåt i tiden." in words_of(answer)) == (status == 422)

    def test_two_who_change_kronor_are_told_that_numbers_differ_not_a_text(self, as_user, cast, report, chief):
        share = AnnualShare(report=report, name="Nordost", kronor=10)
        actions.save_in_report(record=share, by=chief)
        sent = {"name": "Nordost", "kronor": "30", "opened_version": share.version}
        share.kronor = 20
        actions.save_in_report(record=share, by=chief)
        page = words_of(as_user("forvaltningschef").post(url("annualshare_update", share.pk), sent))
        assert "har ändrat uppgifterna. Jämför och välj." in page
        assert f"Kronor {YEAR}" in page


class TestWhatIsApproved:
    def test_forms_that_would_only_refuse_lead_to_what_is_read(self, as_user, cast, report, chief):
        share, role = AnnualShare(report=report, name="Nordost"), AnnualStaffing(report=report, role="Stödpedagog")
        role.boende, role.now = cast.kalleback, 4
        for row in (share, role):
            actions.save_in_report(record=row, by=chief)
        approve(report, chief)
        client = as_user("forvaltningschef")
        staffing = AnnualSection.objects.get(report=report, boende=cast.kalleback, kind="staffing").get_absolute_url()
        economy = url("annual_economy", report.pk)
        for address, place in {
            url("annual_freeze", report.pk): report.get_absolute_url(),
            url("annual_share_create", report.pk): report.get_absolute_url(),
            url("annual_staff_create", report.pk, "kalleback"): report.get_absolute_url(),
            url("annual_budget", report.pk, "kalleback"): staffing,
            url("annualstaff_update", role.pk): staffing,
            url("annualshare_update", share.pk): economy,
            url("annual_economy_update", report.pk): economy,
        }.items():
            answer = client.get(address)
            assert (answer.status_code, answer.url) == (302, place), address
        assert "Årsrapporten är godkänd och ändras inte." in words_of(client.get(place))

    def test_what_was_typed_before_it_was_approved_is_kept_when_it_is_sent(self, as_user, approved):
        answer = as_user("forvaltningschef").post(url("annual_share_create", approved.pk), {"name": "Hisingen"})
        assert answer.status_code == 422
        assert "Hisingen" in words_of(answer)

    def test_what_a_newer_version_has_replaced_says_so_first_and_under_dokument(self, as_user, approved, chief):
        newer = actions.correct(report=approved, correction="En siffra.", by=chief)
        client = as_user("forvaltningschef")
        page = words_of(client.get(approved.get_absolute_url()))
        assert "En rättelse är påbörjad" in page.split('class="two')[0]
        approve(newer, chief)
        page = words_of(client.get(approved.get_absolute_url()))
        top = page.split('class="two')[0]
        assert "Den här versionen gäller inte längre." in top
        assert f'href="{newer.get_absolute_url()}"' in top
        assert words_of(client.get(reverse("export:madefile_list"))).count("Ersatt av version 2") == 1

    def test_approved_is_said_once(self, as_user, approved):
        assert (
            "godkänd"
            not in words_of(as_user("forvaltningschef").get(approved.get_absolute_url())).split("Godkänd")[1][:60]
        )


class TestWhatIsLeft:
    def test_it_stands_before_the_sections_each_a_link_and_none_cut_away(self, as_user, cast, report):
        page = words_of(as_user("forvaltningschef").get(report.get_absolute_url()))
        left, chapters = page.index('id="kvar"'), page.index('id="kapitel-1"')
        assert left < chapters
        missing = [section for section in Document(report).sections if section.is_missing]
        assert missing
        for section in missing:
            assert f'<a href="{section.get_absolute_url()}">Skriv avsnittet {section}.</a>' in page[left:chapters]
        assert f'<a href="{url("annual_freeze", report.pk)}">Frys siffrorna.</a>' in page[left:chapters]
        hers = words_of(as_user("enhetschef").get(report.get_absolute_url()))
        own = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Mål")
        assert f'<a href="{own.get_absolute_url()}">Skriv avsnittet' in hers
        assert url("annual_freeze", report.pk) not in hers

    def test_many_unfold(self, as_user, cast, report, chief):
        boende = factories.BoendeFactory(forvaltning=cast.sydvast, name="Bifrost", slug="bifrost")
        put_chapter_in(report=report, boende=boende, by=chief)
        page = words_of(as_user("forvaltningschef").get(report.get_absolute_url()))
        rest = len(Document(report).missing()) - 12
        assert rest > 1 and f"<summary>{rest} saker till</summary>" in page

    def test_neighbouring_sections_are_called_by_their_boende(self, as_user, cast, report):
        section = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Uppdrag")
        pager = words_of(as_user("enhetschef").get(section.get_absolute_url())).split('class="pager"')[1]
        assert f"{cast.kalleback}: Målgrupp" in pager

    def test_whoever_puts_a_chapter_in_again_has_not_written_its_texts(self, as_user, cast, report, chief):
        section = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Mål")
        assert "Senast sparad" not in words_of(as_user("enhetschef").get(section.get_absolute_url()))
        section.text = "Fyra möten."
        actions.save_in_report(record=section, by=cast["enhetschef"])
        take_chapter_out(report=report, boende=cast.kalleback, by=chief)
        put_chapter_in(report=report, boende=cast.kalleback, by=chief)
        page = words_of(as_user("enhetschef").get(section.get_absolute_url()))
        told = page.split("Senast sparad")[1].split("</p>")[0]
        assert str(cast["enhetschef"]) in told
        assert str(chief) not in told


class TestTablesAndFiles:
    def test_what_most_rows_share_is_said_once_under_the_table(self):
        day, before = date(YEAR, 1, 1), date(YEAR - 1, 1, 1)
        why = "Kan inte jämföras: systemet användes inte då."
        one = Figure("k", "K", "u", "d", "s", "f", day, day, before, before, 4, None, reason=why)
        table = figure_table("T", [one, one, one], YEAR)
        assert [line.cells[2].text for line in table.lines] == ["–*"] * 3
        assert not any("jämföras" in line.meta for line in table.lines)
        assert [note for note in table.notes if "jämföras" in note] == [f"* {why}"]
        assert any(note.startswith("– betyder") for note in table.notes)

    def test_files_say_unit_period_and_source_of_every_row_and_when_they_were_made(self, cast, report, chief):
        for role, now in (("Stödpedagog", "4.5"), ("Enhetschef", "4")):
            row = AnnualStaffing(report=report, boende=cast.kalleback, role=role, now=Decimal(now), before=Decimal(4))
            actions.save_in_report(record=row, by=chief)
        actions.save_in_report(record=AnnualShare(report=report, name="Nordost", kronor=10), by=chief)
        actions.freeze(report=report, through=LAST, by=chief)
        document = Document(report)
        staffing = next(table for _chapter, table in document.tables if table.short == "Årsarbetare")
        assert [line.cells[2].text for line in staffing.lines] == ["+0,50", "0"]
        book = openpyxl.load_workbook(io.BytesIO(workbook(document)[0]))
        assert "Alla boenden tillsammans" in book.sheetnames
        about = [row[:2] for row in book["Om rapporten"].iter_rows(values_only=True)]
        assert book.sheetnames[0] == "Om rapporten"
        assert {("Läge", "utkast"), ("Version", 1)} <= set(about)
        for name in book.sheetnames[1:-1]:
            head, *rows = book[name].iter_rows(values_only=True)
            assert all("Källa: " in row[len(head) - 1] for row in rows if row[1] is not None), name
        made = docx.Document(io.BytesIO(word_file(document))).core_properties
        now = timezone.now().astimezone(UTC).replace(tzinfo=None)
        assert made.created == made.modified
        assert abs(now - made.created.replace(tzinfo=None)) < timedelta(hours=1)

    def test_a_role_without_last_years_number_says_why_there_is_no_sum(self, cast, report, chief):
        for role, before in (("Stödpedagog", Decimal(4)), ("Nattpersonal", None)):
            row = AnnualStaffing(report=report, boende=cast.kalleback, role=role, now=Decimal("3.25"), before=before)
            actions.save_in_report(record=row, by=chief)
        [table] = [table for _chapter, table in Document(report).tables if table.short == "Årsarbetare"]
        assert [cell.text for cell in table.total.cells] == ["–", "6,50", "–", "–"]
        assert table.notes == (f"Summan för {YEAR - 1} går inte att räkna: tal saknas för Nattpersonal.",)

    def test_the_workbook_has_the_forecast_as_a_number(self, report, chief):
        economy = report.economy
        economy.repayment, economy.forecast_on = 250_000, LAST
        actions.save_in_report(record=economy, by=chief)
        fresh = Document(AnnualReport.objects.get(pk=report.pk))
        book = openpyxl.load_workbook(io.BytesIO(workbook(fresh)[0]))
        about = {row[0]: row[1] for row in book["Om rapporten"].iter_rows(values_only=True)}
        assert about["Prognos för återbetalning, kronor"] == 250_000
        assert about["Prognosen gjord"].date() == LAST

    def test_contents_lead_to_subsections_and_typed_lists_are_lists(self, cast, report, chief, monkeypatch):
        monkeypatch.setattr(
            "platssamverkan.reports.annual.paper.render_pdf",
            lambda *, template, context, title, archive: render_to_string(template, context),
        )
        section = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Mål")
        section.text = "Vi ville nå:\r\n- svar <i>inom</i> en vecka\r\n- fyra möten\r\n\r\nOch mer."
        actions.save_in_report(record=section, by=chief)
        document = Document(report)
        words = draft_paper(document)
        part = next(part for chapter in document.chapters for part in chapter.parts if part.section == section)
        assert f'href="#avsnitt-{part.number}"' in words
        assert f'id="avsnitt-{part.number}"' in words
        assert "<ul><li>svar &lt;i&gt;inom&lt;/i&gt; en vecka</li><li>fyra möten</li></ul>" in words
        styles = [line.style.name for line in docx.Document(io.BytesIO(word_file(document))).paragraphs]
        assert styles.count("List Bullet") == 2

    def test_a_text_becomes_paragraphs_and_lists(self):
        assert as_html("En rad\nen till\n\n\nNästa - inte en lista\n-inte heller") == (
            "<p>En rad<br>en till</p>\n<p>Nästa - inte en lista<br>-inte heller</p>"
        )
        assert (as_html(""), as_html("* <b>")) == ("", "<ul><li>&lt;b&gt;</li></ul>")


class TestTheCover:
    """The template says "inte funnit några särskilda aspekter" four times; that is nobody's judgement yet."""

    PROPOSED = "Förslag ur mallen, som ingen har gått igenom."

    @pytest.fixture
    def paper(self, monkeypatch):
        """The cover's words on paper."""
        monkeypatch.setattr(
            "platssamverkan.reports.annual.paper.render_pdf",
            lambda *, template, context, title: render_to_string(template, context),
        )
        return lambda report: cover_paper(AnnualReport.objects.get(pk=report.pk).cover)

    def test_the_templates_assessments_are_proposals_until_somebody_has_gone_through_them(
        self, as_user, approved, paper
    ):
        client, address = as_user("forvaltningschef"), url("annual_cover", approved.pk)
        assert words_of(client.get(address)).count(self.PROPOSED) == 4
        assert "bedömningarna är inte genomgångna" in words_of(client.get(approved.get_absolute_url()))
        words = paper(approved)
        assert ("<b>Utkast.</b>" in words, words.count(self.PROPOSED)) == (True, 4)
        assert "Årsrapporten är inte godkänd" not in words

        kept = {name: getattr(approved.cover, name) or "" for name in COVERED}
        sent = {**kept, "children": "Barn har fått ett eget blad.", "opened_version": approved.cover.version}
        assert client.post(address, sent).status_code == 302
        assert paper(approved).count(self.PROPOSED) == 3  # a text of one's own is no proposal, but all are to be read

        approved.cover.refresh_from_db()
        sent |= {"is_gone_through": "on", "opened_version": approved.cover.version, "social": ""}
        refused = client.post(address, sent)
        assert refused.status_code == 422 and set(refused.context["form"].errors) == {"social"}
        assert "Barn har fått ett eget blad." in words_of(refused)
        sent["social"] = "Grannarna har svarat."
        assert client.post(address, sent).status_code == 302
        assert "Det saknas text under sammanfattning" in paper(approved)
        assert "beskrivning av ärendet och förvaltningens bedömning." in words_of(
            client.get(approved.get_absolute_url())
        )

        approved.cover.refresh_from_db()
        needed = dict.fromkeys(("summary", "description", "assessment"), "Året har gått.")
        sent |= {**needed, "opened_version": approved.cover.version}
        assert client.post(address, sent).status_code == 302
        words = paper(approved)
        assert ("Utkast" in words, words.count(self.PROPOSED)) == (False, 0)
        assert self.PROPOSED not in words_of(client.get(address))

    @pytest.mark.parametrize(("day", "said"), [("1890-01-01", "Välj en senare dag"), ("2999-01-01", "ett år bort")])
    def test_a_day_that_no_namnd_meets_is_told_at_its_field(self, as_user, approved, day, said):
        sent = {"dated": day, "diarienummer": "N165-0001/26", "opened_version": approved.cover.version}
        refused = as_user("forvaltningschef").post(url("annual_cover", approved.pk), sent)
        assert refused.status_code == 422 and said in str(refused.context["form"].errors["dated"])
        assert refused.context["form"]["diarienummer"].value() == "N165-0001/26"

    def test_a_correction_is_gone_through_anew_and_the_old_cover_says_that_it_is_replaced(
        self, as_user, approved, chief, paper
    ):
        cover = approved.cover
        cover.is_gone_through = True
        actions.save_cover(cover=cover, by=chief)
        newer = actions.correct(report=approved, correction="En siffra.", by=chief)
        assert not newer.cover.is_gone_through
        approve(newer, chief)
        assert "<b>Ersatt.</b>" in paper(approved)
        answer = as_user("forvaltningschef").get(url("annual_cover", approved.pk))
        assert (answer.status_code, answer.url) == (302, approved.get_absolute_url())
