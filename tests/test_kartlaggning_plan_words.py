# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a plan and of a round say: what is needed when, what is left and where, why a step came back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions.plans import start_plan
from kartlaggning.actions.rounds import send_back
from kartlaggning.models import Analys, Function, Insats, Kartlaggning, Observation, Plan, StepChange, Walk

TODAY = timezone.localdate()


@pytest.fixture
def draft(cast) -> Plan:
    return Plan.objects.create(boende=cast.kalleback)


def page_of(client, row) -> str:
    return client.get(row.get_absolute_url()).content.decode()


def test_what_is_needed_before_approval_is_not_called_optional(as_user, draft):
    client = as_user("personal")
    page = client.get(reverse("kartlaggning:insats_create", args=[draft.pk])).content.decode()
    for label in ("Problem eller behov som den svarar på", "Ansvarig", "Följs upp"):
        assert f'{label} <span class="optional">(behövs innan planen godkänns)</span>' in page
    assert 'Orsak <span class="optional">(valfritt)</span>' in page
    page = client.get(reverse("kartlaggning:plan_update", args=[draft.pk])).content.decode()
    assert 'Ses över senast <span class="optional">(behövs innan planen godkänns)</span>' in page


def test_why_a_step_came_back_stands_at_its_top_until_it_goes_on(as_user, cast):
    kartlaggning = Kartlaggning.objects.create(boende=cast.kalleback, year=2026, step="plan")
    Analys.objects.create(kartlaggning=kartlaggning)
    change = StepChange(kartlaggning=kartlaggning, comment="Fråga dem som bor här.")
    send_back(change=change, by=cast["enhetschef"])
    kartlaggning.refresh_from_db()
    client = as_user("personal")
    for row in (kartlaggning, kartlaggning.analys):
        page = page_of(client, row)
        assert "Skickades tillbaka till analys." in page
        assert "Fråga dem som bor här." in page
    StepChange.objects.create(kartlaggning=kartlaggning, from_step="analys", to_step="plan")
    assert "Skickades tillbaka" not in page_of(client, kartlaggning)


def test_what_is_left_leads_to_the_insats(as_user, draft):
    insats = Insats.objects.create(plan=draft, title="Bänken")
    client = as_user("enhetschef")
    sentence = "Bänken saknar problemet den svarar på, ansvarig och dag för uppföljning."
    assert f'<a href="{insats.get_absolute_url()}">{sentence}</a>' in page_of(client, draft)
    read = client.get(draft.get_absolute_url()).context["read"]
    refused = client.post(reverse("kartlaggning:plan_approve", args=[draft.pk]), {"read": read})
    assert refused.status_code == 422
    assert refused.content.decode().count(sentence) == 2


def test_a_plan_is_written_once_and_then_read(as_user, cast):
    kartlaggning = Kartlaggning.objects.create(boende=cast.kalleback, year=2026, step="plan")
    Analys.objects.create(kartlaggning=kartlaggning)
    client = as_user("personal")
    assert "Skriv planen" in page_of(client, kartlaggning)
    plan = start_plan(boende=cast.kalleback, kartlaggning=kartlaggning, by=cast["personal"])
    page = page_of(client, kartlaggning)
    assert "Skriv planen" not in page
    assert plan.get_absolute_url() in page


def test_taking_something_away_asks_once_more(as_user, cast, draft):
    insats = Insats.objects.create(plan=draft, title="Bänken")
    kartlaggning = Kartlaggning.objects.create(boende=cast.kalleback, year=2026)
    Analys.objects.create(kartlaggning=kartlaggning)
    observation = Observation.objects.create(
        kartlaggning=kartlaggning, kind="skrap", text="Fullt.", place_text="torget"
    )
    walk = Walk.objects.create(kartlaggning=kartlaggning, planned_on=TODAY, time_of_day="day")
    function = Function.objects.create(kartlaggning=kartlaggning, name="Affären", importance=3, use=3)
    client = as_user("personal")
    for page, name, row in (
        (insats, "insats_archive", insats),
        (observation, "observation_archive", observation),
        (walk, "walk_archive", walk),
        (kartlaggning, "function_archive", function),
    ):
        html = page_of(client, page)
        asked = html[: html.index(reverse(f"kartlaggning:{name}", args=[row.pk]))]
        assert asked.rindex('<details class="ask">') > asked.rfind("</details>")
        assert "Ja, ta bort" in html
