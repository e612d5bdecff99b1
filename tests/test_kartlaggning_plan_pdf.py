# SPDX-License-Identifier: EUPL-1.2
"""A plan on paper: everything that stands in it, what it leaves out, and that the files are accessible and for good."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone

from kartlaggning.actions import plans as actions
from kartlaggning.models import Insats, InsatsEvaluation, Observation, Plan
from kartlaggning.plan_paper import draft_paper
from tests.factories import IncidentFactory
from tests.test_documents_pdf import Judge, text_of, unbroken
from tests.worlds.kartlaggning import begun_round

pytestmark = pytest.mark.pdf

TODAY = timezone.localdate()
LONG = "samordnarflaggstångsknoppsförgyllarassistent" * 8
SAID = (
    "Två bänkar vid hållplatsen", "Det finns ingenstans att sitta.", "Backen är brant.", "Någonstans att vila.",
    "Trappan blir fri.", "Dubbel funktion", "2. Helt, rent, funktionellt och vackert", "19 000 kr", "Fastighetsägaren",
    "Färre i trappan.", "Fler på gångvägen.", "Belysning, tunneln", "En händelse", "Fler sitter där.", "Vi ser att 🎵",
    "Godkänd", "Enhetschef Ek", "Bara omgivningen",
)  # fmt: skip


def whole_plan(cast) -> Plan:
    """A plan with an insats that says everything, and one that says little."""
    incident = IncidentFactory(boende=cast.kalleback, headline="Hemlig rubrik", internal_text="Bara för boendet.")
    observation = Observation.objects.create(
        kartlaggning=begun_round(cast), seen_on=TODAY, kind="belysning", text="Mörkt.", place_text="tunneln"
    )
    plan = actions.start_plan(boende=cast.kalleback, by=cast["personal"])
    plan.insights, plan.review_on = f"Vi ser att 🎵 {LONG} <b>inte</b>", TODAY + timedelta(days=365)
    actions.save_plan(plan=plan, by=cast["personal"])
    insats = Insats.objects.create(
        plan=plan, title="Två bänkar vid hållplatsen", problem="Det finns ingenstans att sitta.", cost=19000,
        cause="Backen är brant.", principles=[1, 2], value_brukare="Någonstans att vila.", incident=incident,
        value_surroundings="Trappan blir fri.", responsible_other="Fastighetsägaren", start_on=TODAY, due_on=TODAY,
        follow_up_on=TODAY, effect_short="Färre i trappan.", effect_long="Fler på gångvägen.", observation=observation,
    )  # fmt: skip
    InsatsEvaluation.objects.create(insats=insats, effect="Fler sitter där.", verdict="keep")
    Insats.objects.create(plan=plan, title="Städa", problem="Skräp.", responsible=cast["personal"], follow_up_on=TODAY)
    return plan


def test_the_papers_of_a_plan(cast, tmp_path):
    judge = Judge(tmp_path)
    draft = whole_plan(cast)
    sheet = draft_paper(draft, list(Insats.objects.filter(plan=draft).for_plan()))
    judge.ask("utkast", sheet, "PDFUA-1")
    assert "Utkast. Planen är inte godkänd." in text_of(sheet)
    plan = actions.approve(plan=draft, by=cast["enhetschef"])
    content = plan.document.read_verified()
    judge.ask("plan", content, "PDFUA-1", "PDFA-3A")
    text = text_of(content)
    for said in SAID:
        assert unbroken(said) in unbroken(text), said
    for hidden in ("Utkast", "Hemlig rubrik", "Bara för boendet."):
        assert hidden not in text
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.metadata.title == "Plan för Kallebäcks boende, version 1"
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    following = actions.review(plan=plan, by=cast["personal"])
    Insats.objects.create(plan=following, title="Alldeles ny")
    sheet = draft_paper(following, list(Insats.objects.filter(plan=following).for_plan()))
    assert "Ny: Alldeles ny" in text_of(sheet)
    verdicts = judge.verdicts()
    assert len(verdicts) == 3
    assert all(passed for passed, _rules in verdicts.values()), verdicts
