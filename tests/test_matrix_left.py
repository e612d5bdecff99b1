# SPDX-License-Identifier: EUPL-1.2
"""Genomförande leaves nothing out of what is left, keeps its orders, and its sums lead to the boenden behind them."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions.rounds import start_round
from kartlaggning.models import ArshjulActivity, Kartlaggning, Plan
from platssamverkan.look.words import day_year
from platssamverkan.reports.matrix.report import Report
from tests import factories

URL = reverse("reports:implementation")
TODAY = timezone.localdate()


def text_of(answer):
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def row_of(boende):
    return Report([boende]).rows[0]


def lefts(boende):
    return [left.text for left in row_of(boende).left]


def cell(boende, key):
    return next(cell for column, cell in row_of(boende).steps if column.key == key)


def approved(cast, boende, days):
    return Plan.objects.create(
        boende=boende, status="approved", approved_by=cast["enhetschef"], review_on=TODAY + timedelta(days=days),
        approved_at=datetime(2026, 3, 3, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "told"),
    [(5, "Snart dags: Se över planen senast"), (-5, "Försenat: Se över planen. Det skulle ha varit gjort senast")],
)
def test_what_is_late_and_what_comes_soon_is_said_on_the_page_on_paper_and_in_the_file(cast, as_user, days, told):
    plan = approved(cast, cast.kalleback, days)
    said = f"{told} {day_year(plan.review_on)}."
    report = Report([cast.kalleback])
    words = {"page": text_of(as_user("forvaltningschef").get(URL))}
    words["paper"] = unescape(
        render_to_string("documents/implementation.html", {"report": report, "rows": report.rows})
    )
    asked = {"purpose": "Till ledningsgruppen", "format": "csv"}
    answer = as_user("forvaltningschef").post(reverse("reports:implementation_export"), asked)
    words["file"] = answer.getvalue().decode("utf-8-sig")
    for where, text in words.items():
        flat = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        assert said in flat or (where == "page" and said.replace(":", "", 1) in flat), where


class TestNothingIsLeftOut:
    def test_of_an_analysis_that_has_not_begun(self, cast):
        assert "Gör analysen när kartläggningen är klar." in lefts(cast.kalleback)
        kartlaggning = start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2026), by=cast["personal"])
        assert cell(cast.kalleback, "analys").word == "Inte påbörjad"
        assert "Gör analysen när kartläggningen är klar." in lefts(cast.kalleback)
        kartlaggning.step = "plan"
        kartlaggning.save()
        assert not any("analysen" in left for left in lefts(cast.kalleback))

    @pytest.mark.parametrize(("days", "is_said"), [(0, True), (20, True), (31, False)])
    def test_of_a_review_that_comes_soon(self, cast, days, is_said):
        approved(cast, cast.kalleback, days)
        assert (cell(cast.kalleback, "oversyn").kind == "snart") is is_said
        said = f"Se över planen senast {day_year(TODAY + timedelta(days=days))}."
        assert (said in lefts(cast.kalleback)) is is_said

    def test_of_an_empty_year(self, cast):
        assert cell(cast.kalleback, "arshjul").word == "Tomt i år" and "Fyll årets årshjul." in lefts(cast.kalleback)


def test_a_year_with_nothing_done_has_not_begun(cast):
    year = {"boende": cast.kalleback, "due_on": TODAY}
    ArshjulActivity.objects.create(title="Grannmöte", **year)
    found = cell(cast.kalleback, "arshjul")
    assert (found.kind, found.word, found.detail) == ("planerat", "0 av 1 gjorda", "inget försenat")
    ArshjulActivity.objects.create(title="Enkät", state="done", done_on=TODAY, **year)
    assert cell(cast.kalleback, "arshjul").kind == "pagar"


def test_steps_of_a_level_are_a_list_beneath_one_short_link(cast, as_user):
    page = text_of(as_user("enhetschef").get(URL))
    left = next(left for left in row_of(cast.kalleback).left if left.parts)
    assert f">{left.text}</a><ul><li>{left.parts[0]}</li>" in page and left.parts[0] not in left.text
    assert all(part[1:] in left.whole for part in left.parts)


@pytest.fixture
def three(cast):
    """Of Kallebäck's förvaltning: one planned with something late, one with a plan and less left."""
    planned = factories.BoendeFactory(forvaltning=cast.sydvast, name="Planen", status="planerat", akutnummer="")
    ArshjulActivity.objects.create(boende=planned, title="Sen", due_on=TODAY - timedelta(days=2))
    approved(cast, factories.BoendeFactory(forvaltning=cast.sydvast, name="Ada", slug="ada"), 200)
    return cast


class TestOrders:
    def test_are_what_they_are_called(self, three, as_user):
        client = as_user("forvaltningschef")
        rows = {order: client.get(URL, {"ordning": order}).context["rows"] for order in ("", "kvar", "namn")}
        assert rows[""][0].boende.name == "Planen"  # what is late comes first, planned or not
        counts = [len(row.left) for row in rows["kvar"]]
        assert counts == sorted(counts, reverse=True) and len(set(counts)) > 1
        assert rows["namn"][0].boende.name == "Ada"


class TestSums:
    def test_lead_to_the_boenden_behind_them(self, three, as_user):
        client = as_user("forvaltningschef")
        page = client.get(URL, {"status": "oppet"})
        totals = {total.key: (total, url) for total, url in page.context["totals"]}
        text = page.content.decode()
        for total, url in totals.values():
            assert f'href="{url}"' in text or f'href="{url.replace("&", "&amp;")}"' in text
            assert len(client.get(url).context["rows"]) == total.done
        assert totals["plan"][0].words == "1 av 2" and "status=oppet" in totals["plan"][1]
        shown = client.get(totals["plan"][1])
        assert [row.boende.name for row in shown.context["rows"]] == ["Ada"]
        assert shown.context["report"].total["plan"].words == "1 av 2"  # the sums stay those of all

    def test_a_step_that_is_none_is_told(self, as_user):
        assert "Välj ett steg i listan." in text_of(as_user("enhetschef").get(URL, {"klart": "finns-inte"}))
