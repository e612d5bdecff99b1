# SPDX-License-Identifier: EUPL-1.2
"""From an incident to an insats that answers it, and back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions import plans as actions
from kartlaggning.models import Insats, Plan
from tests.factories import IncidentFactory

TODAY = timezone.localdate()


@pytest.fixture
def incident(cast):
    return IncidentFactory(boende=cast.kalleback, headline="Höga röster vid hållplatsen")


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    monkeypatch.setattr("kartlaggning.actions.plans.archive_paper", lambda *args: b"%PDF-1.7 plan")


def test_an_insats_is_written_from_the_incident(as_user, cast, incident):
    client, start = as_user("personal"), reverse("kartlaggning:plan_start", args=["kalleback"])
    page = client.get(incident.get_absolute_url()).content.decode()
    assert "Skriv en insats" in page
    assert "nästa version" not in page
    response = client.post(start, {"handelse": incident.pk})
    plan = Plan.objects.get()
    assert response.url == f"{reverse('kartlaggning:insats_create', args=[plan.pk])}?handelse={incident.pk}"
    assert str(client.get(response.url).context["form"]["incident"].value()) == str(incident.pk)
    sent = {"title": "Fler sittplatser", "term": "short", "incident": incident.pk}
    assert client.post(response.url, sent).status_code == 302
    insats = Insats.objects.get()
    page = client.get(incident.get_absolute_url()).content.decode()
    assert insats.get_absolute_url() in page
    assert incident.get_absolute_url() in client.get(insats.get_absolute_url()).content.decode()


def test_what_is_sent_for_an_incident_goes_nowhere_else(as_user, cast):
    start = reverse("kartlaggning:plan_start", args=["kalleback"])
    response = as_user("personal").post(start, {"handelse": "//elsewhere.example/?a=b&c"})
    assert response.url.endswith("?handelse=%2F%2Felsewhere.example%2F%3Fa%3Db%26c")
    assert as_user("personal").get(response.url).status_code == 200


def test_an_insats_of_several_editions_stands_there_once(as_user, cast, incident):
    plan = actions.start_plan(boende=cast.kalleback, by=cast["personal"])
    plan.review_on = TODAY + timedelta(days=365)
    actions.save_plan(plan=plan, by=cast["personal"])
    insats = Insats.objects.create(
        plan=plan,
        title="Fler sittplatser",
        problem="Få",
        responsible_other="Vi",
        follow_up_on=TODAY,
        incident=incident,
    )
    approved = actions.approve(plan=plan, by=cast["enhetschef"])
    client = as_user("personal")
    assert "Insatsen skrivs i nästa version" in client.get(incident.get_absolute_url()).content.decode()
    actions.review(plan=approved, by=cast["personal"])
    page = client.get(incident.get_absolute_url()).content.decode()
    assert page.count("Fler sittplatser") == 1
    assert insats.get_absolute_url() in page
    chief = as_user("forvaltningschef").get(incident.get_absolute_url()).content.decode()
    assert "Fler sittplatser" in chief
    assert "Skriv en insats" not in chief
