# SPDX-License-Identifier: EUPL-1.2
"""Genomförande: which boende has come how far, what is left, who reads it, and the file."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment, OpeningStep
from kartlaggning.actions.rounds import finish_tool, start_round
from kartlaggning.levels import STEPS, Level
from kartlaggning.levels_reading import lists_of, steps_done
from kartlaggning.models import Analys, ArshjulActivity, Kartlaggning, LevelStep, Plan, Walk
from kartlaggning.steps import missing_for_next
from platssamverkan.accounts.roles import Role
from platssamverkan.export.models import Export
from platssamverkan.reports.matrix.cells import COLUMNS
from platssamverkan.reports.matrix.report import Report
from tests import factories
from tests.queries import queries_of
from tests.test_documents_pdf import text_of

URL = reverse("reports:implementation")
FILE = reverse("reports:implementation_export")
TODAY = timezone.localdate()
WHY = {"purpose": "Underlag till nämnden"}


def report(cast, *boenden, who="forvaltningschef", **how):
    return Report(list(boenden) or [cast.kalleback], **how)


def cell(cast, key, boende=None):
    """One cell of a boende's line, as it is now."""
    row = report(cast, boende or cast.kalleback).rows[0]
    return row.cells[[column.key for column in COLUMNS].index(key)]


def lefts(cast, boende=None):
    return [left.text for left in report(cast, boende or cast.kalleback).rows[0].left]


def round_in(cast, year=2026):
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=year), by=cast["personal"])


def approved(cast, **more):
    return Plan.objects.create(
        boende=cast.kalleback, status="approved", approved_by=cast["enhetschef"],
        approved_at=datetime(2026, 3, 3, tzinfo=UTC), **more,
    )  # fmt: skip


def activity(cast, days, **more):
    return ArshjulActivity.objects.create(
        boende=cast.kalleback, title=f"Om {days}", due_on=TODAY + timedelta(days=days), **more
    )


class TestACell:
    def test_of_a_boende_where_nothing_has_begun(self, cast):
        cast.forum.ended_on = TODAY
        cast.forum.save()
        row = report(cast).rows[0]
        kinds = {column.key: cell.kind for column, cell in row.steps}
        assert kinds.pop("kontakter") == "pagar"  # the contact list is shared with a neighbour
        assert set(kinds.values()) == {"planerat"} and all(cell.word and cell.url for cell in row.cells)
        assert "Börja kartläggningen." in lefts(cast) and "Skriv planen." in lefts(cast)

    def test_tells_the_need(self, cast):
        cast.kalleback.need = "conflict"
        found = cell(cast, "behov")  # the tick is for the answer, not for the conflict
        assert (found.kind, found.word, found.detail) == ("klart", "Angivet", "Konflikter")

    def test_follows_the_round(self, cast):
        kartlaggning = round_in(cast)
        assert cell(cast, "kartlaggning").word == "Pågår 2026" and cell(cast, "analys").kind == "planerat"
        kartlaggning.step = "analys"
        kartlaggning.save()
        assert (cell(cast, "kartlaggning").kind, cell(cast, "analys").kind) == ("klart", "pagar")
        later = round_in(cast, 2027)
        assert (cell(cast, "kartlaggning").word, cell(cast, "kartlaggning").detail) == (
            "Pågår 2027",
            "2026 års är klar",
        )
        assert str(later.pk) in cell(cast, "kartlaggning").url

    def test_follows_the_plan_and_its_review(self, cast):
        draft = Plan.objects.create(boende=cast.kalleback)
        assert (cell(cast, "plan").kind, cell(cast, "oversyn").kind) == ("pagar", "planerat")
        draft.status, draft.approved_by = "approved", cast["enhetschef"]
        draft.approved_at, draft.review_on = datetime(2026, 3, 3, tzinfo=UTC), TODAY + timedelta(days=200)
        draft.save()
        assert cell(cast, "plan").kind == cell(cast, "oversyn").kind == "klart"
        assert cell(cast, "oversyn").detail == "godkänd 3 mars 2026, inte sedd över än"
        for days, kind in ((20, "snart"), (-1, "forsenat")):
            draft.review_on = TODAY + timedelta(days=days)
            draft.save()
            assert cell(cast, "oversyn").kind == kind
        assert lefts(cast)[0].startswith("Se över planen. Det skulle ha varit gjort")

    def test_counts_the_year(self, cast):
        activity(cast, -3)
        activity(cast, 0)
        ArshjulActivity.objects.create(boende=cast.kalleback, title="Gjord", due_on=TODAY, state="done", done_on=TODAY)
        activity(cast, 0, state="skipped", reason="Gäller inte här")
        assert (cell(cast, "arshjul").kind, cell(cast, "arshjul").word, cell(cast, "arshjul").detail) == (
            "forsenat", "1 försenad", "1 av 3 gjorda"
        )  # fmt: skip
        assert lefts(cast)[0] == "Gör den försenade aktiviteten i årshjulet."

    def test_says_whether_the_forum_meets(self, cast):
        assert (cell(cast, "forum").word, cell(cast, "forum").detail) == ("Startat", "inget möte än")
        assert f"Kalla till första mötet i {cast.forum}." in lefts(cast)
        factories.MeetingFactory(forum=cast.forum, days=-400, status="held")
        assert cell(cast, "forum").kind == "snart" and any("inte mötts på ett år" in left for left in lefts(cast))
        factories.MeetingFactory(forum=cast.forum, days=9, status="planned")
        assert cell(cast, "forum").kind == "klart" and "nästa" in cell(cast, "forum").detail
        factories.ForumFactory(boenden=[cast.kalleback], name="Husmötet", kind="husmote")
        assert cell(cast, "forum").word == "Möts"  # a husmöte is no forum with the surroundings

    def test_counts_steps_as_the_page_of_the_levels_does(self, cast):
        LevelStep.objects.create(boende=cast.kalleback, step="principer", done_on=TODAY)
        factories.NeighbourFactory(boende=cast.kalleback, is_bridge=True)  # ticks a step by itself
        lists = lists_of(cast.kalleback, LevelStep.objects.filter(boende=cast.kalleback))
        done = {line.step.value for found in lists for line in found.lines if line.is_done}
        assert steps_done([cast.kalleback])[cast.kalleback.pk] == done >= {"principer", "vanliga"}
        count = len(done & {step.value for step in STEPS[Level.CONTACTS]})
        assert cell(cast, "kontakter").word == f"{count} av 7 steg"


class TestWhatIsLeft:
    def test_in_a_round_agrees_with_its_own_page(self, cast):
        kartlaggning = round_in(cast)
        assert len(missing_for_next(kartlaggning)) == 4 + 1 + (not cast.kalleback.neighbours.in_use().exists())
        assert "Gör klart 4 verktyg i kartläggningen 2026." in lefts(cast)
        assert any("promenad" in left for left in lefts(cast)) and "Knyt minst en aktör till boendet." in lefts(cast)
        Walk.objects.create(
            kartlaggning=kartlaggning, planned_on=TODAY, walked_on=TODAY, walkers="Två", time_of_day="day"
        )
        for check in kartlaggning.tools.all():
            finish_tool(check=check, by=cast["personal"])
        factories.NeighbourFactory(boende=cast.kalleback)
        assert missing_for_next(Kartlaggning.objects.get(pk=kartlaggning.pk)) == []
        assert "Gå vidare till analysen: kartläggningen 2026 är klar." in lefts(cast)

    def test_in_an_analysis_agrees_with_its_own_page(self, cast):
        kartlaggning = round_in(cast)
        kartlaggning.step = "analys"
        kartlaggning.save()
        analys = Analys.objects.get(kartlaggning=kartlaggning)
        analys.functions_text = "Mataffären."
        analys.save()
        assert len(analys.missing()) == 4 and "Svara på 4 frågor i analysen 2026." in lefts(cast)
        for name in Analys.QUESTIONS:
            setattr(analys, name, "Svar.")
        analys.save()
        assert "Gå vidare till planen: analysen 2026 är klar." in lefts(cast)

    def test_at_a_planned_boende_is_what_comes_before_the_opening(self, cast):
        planned = factories.BoendeFactory(forvaltning=cast.sydvast, status="planerat", akutnummer="")
        OpeningStep.objects.create(boende=planned, step="police", done_on=TODAY)
        assert lefts(cast, planned) == planned.missing_for_opening()
        assert sum("akutnummer" in left for left in lefts(cast, planned)) == 1  # said once
        assert report(cast, planned).rows[0].opening == "1 av 6 steg före öppningen"

    def test_at_a_closed_one_is_nothing_and_what_was_done_stays(self, cast):
        closed = factories.BoendeFactory(forvaltning=cast.sydvast, status="avslutat", need="conflict")
        activity(cast, -5)
        assert report(cast, closed).rows[0].cells[0].kind == "installt"  # a need is not a step that was taken
        for step in STEPS[Level.RAD]:
            LevelStep.objects.create(boende=closed, step=step, done_on=TODAY)
        assert lefts(cast, closed) == []
        kinds = {found.kind for found in report(cast, closed).rows[0].cells}
        assert kinds == {"klart", "installt"} and report(cast, closed).counted == "1 avslutat"

    def test_on_levels_without_a_forum_is_not_asked_for(self, cast):
        assert any("nivån Platssamverkansråd" in left for left in lefts(cast))
        cast.forum.ended_on = TODAY
        cast.forum.save()
        assert not any("nivån Platssamverkansråd" in left for left in lefts(cast))


class TestThePage:
    def test_says_the_day_the_sum_and_each_boende(self, as_user, cast):
        factories.BoendeFactory(forvaltning=cast.sydvast, name="Högsbo", status="planerat", akutnummer="")
        approved(cast)
        page = as_user("forvaltningschef").get(URL).content.decode()
        assert "1 öppet boende och 1 planerat. Av de öppna har 0 en färdig kartläggning, 1 en gällande plan" in page
        assert "läget den" in page and "Högsbo" in page and "0 av 6 steg före öppningen" in page
        assert 'id="kvar-kalleback"' in page and "Alma" not in page
        assert page.index("Kallebäcks boende</a>") < page.index("Högsbo</a>")  # open before planned

    def test_can_be_narrowed_and_ordered(self, as_user, cast):
        factories.BoendeFactory(forvaltning=cast.sydvast, name="Akka", slug="akka", status="avslutat")
        client = as_user("forvaltningschef")

        def shown(**asked):
            return [row.boende.name for row in client.get(URL, asked).context["rows"]]

        assert shown() == ["Kallebäcks boende", "Akka"]
        assert shown(ordning="namn") == ["Akka", "Kallebäcks boende"]
        assert shown(kvar="on") == ["Kallebäcks boende"] and shown(status="avslutat") == ["Akka"]
        assert shown(status="finns-inte") == []
        assert "Inget boende passar urvalet" in client.get(URL, {"status": "planerat"}).content.decode()
        assert client.get(URL, {"sida": "2"}).status_code == 404

    def test_offers_förvaltningar_to_those_with_several(self, as_user, cast):
        assert "forvaltning" not in as_user("forvaltningschef").get(URL).context["filter_form"].fields
        Assignment.objects.create(user=cast["forvaltningschef"], role=Role.FORVALTNINGSCHEF, forvaltning=cast.nordost)
        client = as_user("forvaltningschef")
        assert len(client.get(URL).context["rows"]) == 2
        rows = client.get(URL, {"forvaltning": str(cast.nordost.pk)}).context["rows"]
        assert [row.boende for row in rows] == [cast.alma]

    def test_takes_the_same_queries_for_two_and_for_thirty(self, as_user, cast):
        client = as_user("forvaltningschef")
        factories.BoendeFactory(forvaltning=cast.sydvast, status="planerat", akutnummer="")
        round_in(cast)
        few = queries_of(client, URL)
        for number in range(30):
            boende = factories.BoendeFactory(forvaltning=cast.sydvast, status="planerat" if number % 3 else "oppet",
                                             akutnummer="+46313900610")  # fmt: skip
            start_round(kartlaggning=Kartlaggning(boende=boende, year=2026), by=cast["personal"])
            factories.ForumFactory(boenden=[boende])
            Plan.objects.create(boende=boende)
        assert queries_of(client, URL) <= few <= 15


def test_who_reads_it(as_user, cast):
    assert [row.boende for row in as_user("enhetschef").get(URL).context["rows"]] == [cast.kalleback]
    assert [row.boende for row in as_user("outsider").get(URL).context["rows"]] == [cast.alma]
    for who in ("personal", "systemforvaltare", "boendeombud", "granne", "sammankallande", "ended"):
        assert as_user(who).get(URL).status_code == 404
        assert as_user(who).post(FILE, WHY | {"format": "csv"}).status_code == 404
    assert as_user("forvaltningschef").post(URL).status_code == 405
    front = reverse("reports:picture_list")
    assert URL in as_user("forvaltningschef").get(front).content.decode()
    assert URL not in as_user("personal").get(front).content.decode()


class TestTheFile:
    def test_holds_what_the_page_shows_and_is_noted(self, as_user, cast):
        cast.kalleback.name = "=Kallebäck"
        cast.kalleback.save()
        factories.BoendeFactory(forvaltning=cast.sydvast, name="Stängt", status="avslutat")
        answer = as_user("forvaltningschef").post(f"{FILE}?status=oppet", WHY | {"format": "csv"})
        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
        assert [row["Boende"] for row in rows] == ["'=Kallebäck"]
        assert rows[0]["Läget den"] == TODAY.isoformat() and rows[0]["Plan"] == "Ingen plan"
        assert "Skriv planen." in rows[0]["Det som återstår"] and rows[0]["Något försenat"] == "nej"
        export = Export.objects.get()
        assert (export.what, export.purpose, export.row_count) == ("genomförande", WHY["purpose"], 1)
        assert export.created_by == cast["forvaltningschef"]

    def test_is_excel_too(self, as_user):
        answer = as_user("enhetschef").post(FILE, WHY | {"format": "xlsx"})
        assert answer.getvalue().startswith(b"PK") and "Genomf" in answer["Content-Disposition"]

    def test_is_not_given_without_a_purpose(self, as_user):
        answer = as_user("forvaltningschef").post(FILE, {"format": "csv", "purpose": ""})
        assert answer.status_code == 422 and "Skriv vad uppgifterna" in answer.content.decode()
        assert not Export.objects.exists()

    def test_asks_first_and_says_that_it_follows_the_list(self, as_user):
        page = as_user("forvaltningschef").get(f"{FILE}?status=oppet").content.decode()
        assert "samma urval som listan" in page and "Utskrift på A4" in page
        assert f"{URL}?status=oppet" in page


@pytest.mark.pdf
def test_on_paper_it_is_a_tagged_lying_a4(as_user, cast, tmp_path):
    from tests.test_documents_pdf import Judge

    approved(cast, review_on=TODAY - timedelta(days=3))
    factories.BoendeFactory(forvaltning=cast.sydvast, name="Högsbo", status="planerat", akutnummer="")
    answer = as_user("forvaltningschef").post(FILE, WHY | {"format": "pdf"})
    judge = Judge(tmp_path)
    judge.ask("genomforande", answer.content, "PDFUA-1")
    text = " ".join(text_of(answer.content).split())
    for said in ("Läget den", "Försenad sedan", "Gäller, version 1", "0 av 6 steg före öppningen", "Försenat:"):
        assert said in text
    assert Export.objects.get().format == "pdf"
