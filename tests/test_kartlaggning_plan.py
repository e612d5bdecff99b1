# SPDX-License-Identifier: EUPL-1.2
"""Plans and insatser: what is asked before approval, what stands still after it, reviews, balance, evaluation."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions import plans as actions
from kartlaggning.models import ArshjulActivity, Insats, InsatsEvaluation, Plan
from kartlaggning.plan_changes import changes
from kartlaggning.plan_reading import balance
from platssamverkan.documents.actions import StorageFull
from platssamverkan.ground.actions import Refused
from tests.factories import IncidentFactory

TODAY = timezone.localdate()
WHOLE = {
    "title": "Två bänkar vid hållplatsen",
    "problem": "Det finns ingenstans att sitta.",
    "responsible_other": "Fastighetsägaren",
    "follow_up_on": TODAY + timedelta(days=90),
}


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    """What stands in the file is told in test_kartlaggning_plan_pdf.py."""
    papers = iter(range(1, 100))
    monkeypatch.setattr("kartlaggning.actions.plans.archive_paper", lambda *args: b"%%PDF-1.7 %d" % next(papers))
    monkeypatch.setattr("kartlaggning.views.plan_papers.draft_paper", lambda *args: b"%PDF-1.7 utkast")


@pytest.fixture
def plan(cast) -> Plan:
    started = actions.start_plan(boende=cast.kalleback, by=cast["personal"])
    started.review_on = TODAY + timedelta(days=365)
    return actions.save_plan(plan=started, by=cast["personal"])


def make_insats(plan, **fields) -> Insats:
    return Insats.objects.create(plan=plan, **{**WHOLE, **fields})


@pytest.fixture
def approved(cast, plan) -> Plan:
    make_insats(plan)
    return actions.approve(plan=plan, by=cast["enhetschef"])


def url(name, row) -> str:
    return reverse(f"kartlaggning:{name}", args=[row.pk])


def read_by(client, plan) -> str:
    """The mark of the plan as it stands on the person's page."""
    return client.get(plan.get_absolute_url()).context["read"]


def test_the_arshjul_shows_the_review_at_once(cast, plan, django_capture_on_commit_callbacks):
    make_insats(plan)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve(plan=plan, by=cast["enhetschef"])
    review = ArshjulActivity.objects.get(boende=cast.kalleback, entry__source="plan_review")
    assert review.title == "Se över planen, version 1"
    assert review.url == plan.get_absolute_url()


class TestPlan:
    def test_it_is_begun_once(self, cast, as_user):
        client, start = as_user("personal"), reverse("kartlaggning:plan_start", args=["kalleback"])
        assert client.get(start).status_code == 405
        for _time in range(2):
            assert client.post(start).status_code == 302
        plan = Plan.objects.get()
        assert client.get(plan.get_absolute_url()).status_code == 200
        assert as_user("forvaltningschef").post(start).status_code == 403
        assert as_user("outsider").get(plan.get_absolute_url()).status_code == 404

    def test_it_says_what_is_missing_and_is_not_approved(self, as_user, cast, plan):
        make_insats(plan, title="Ny skylt", problem="", follow_up_on=None)
        chief = as_user("enhetschef")
        response = chief.post(url("plan_approve", plan), {"read": read_by(chief, plan)})
        assert response.status_code == 422
        assert "Ny skylt saknar problemet den svarar på och dag för uppföljning." in response.content.decode()
        plan.refresh_from_db()
        assert plan.is_draft

    def test_cause_and_expected_effect_are_not_required(self, approved):
        assert approved.is_in_force

    def test_the_enhetschef_approves_what_she_has_read(self, as_user, cast, plan):
        make_insats(plan)
        approve = url("plan_approve", plan)
        assert as_user("personal").post(approve).status_code == 403
        assert as_user("enhetschef").get(approve).status_code == 405
        chief = as_user("enhetschef")
        read = read_by(chief, plan)
        assert chief.post(approve, {"read": "something else"}).status_code == 409
        assert chief.post(approve, {"read": read}).status_code == 302
        plan.refresh_from_db()
        assert (plan.status, plan.approved_by) == ("approved", cast["enhetschef"])

    def test_an_approved_plan_stands_still(self, as_user, cast, approved):
        insats = approved.insatser.get()
        client = as_user("enhetschef")
        sent = {"title": "Annat", "term": "short", "opened_version": insats.version}
        response = client.post(url("insats_update", insats), sent)
        assert response.status_code == 422
        assert "godkänd och ändras inte" in response.content.decode()
        client.post(url("insats_archive", insats))
        plan = {"insights": "Nytt.", "opened_version": approved.version}
        assert client.post(url("plan_update", approved), plan).status_code == 422
        assert client.get(url("insats_create", approved)).status_code == 200
        assert client.post(url("insats_create", approved), {"title": "Ny", "term": "short"}).status_code == 422
        insats.refresh_from_db()
        assert (insats.title, insats.archived_at) == (WHOLE["title"], None)

    def test_a_review_opens_the_next_edition_and_shows_what_changed(self, as_user, cast, plan):
        kept, changed = make_insats(plan, title="Kvar"), make_insats(plan, title="Ska ändras")
        stopped = make_insats(plan, title="Ska sluta")
        actions.approve(plan=plan, by=cast["enhetschef"])
        InsatsEvaluation.objects.create(insats=stopped, effect="Ingen.", verdict="stop")
        client = as_user("personal")
        for _time in range(2):
            response = client.post(url("plan_review", plan))
        following = Plan.objects.get(previous=plan)
        assert response.url == following.get_absolute_url()
        copy = following.insatser.get(origin=changed)
        copy.problem = "Något annat."
        copy.save()
        make_insats(following, title="Alldeles ny")
        found = {
            (change.insats.title, change.kind, *(field.label for field in change.fields))
            for change in changes(following, Insats.objects.filter(plan=following).for_plan())
            if change.insats
        }
        assert found == {
            ("Ska ändras", "changed", "problem eller behov som den svarar på"),
            ("Alldeles ny", "new"),
            ("Ska sluta", "gone"),
        }
        assert following.insatser.filter(origin=kept).exists()

    def test_a_review_says_what_each_field_was_and_becomes(self, as_user, cast, plan):
        insats = make_insats(plan, cost=1500, principles=[1], due_on=date(2027, 5, 1))
        actions.approve(plan=plan, by=cast["enhetschef"])
        following = actions.review(plan=plan, by=cast["personal"])
        following.insights, following.review_on = "Det nya. " * 20, date(2099, 1, 2)
        following.save()
        copy = following.insatser.get(origin=insats)
        copy.cost, copy.principles, copy.due_on, copy.responsible_other = 2500, [1, 2], None, "Stadsmiljö"
        copy.save()
        page = as_user("personal").get(following.get_absolute_url()).content.decode()
        shown = " ".join(re.sub(r"<[^>]*>", " ", page).replace("\xa0", " ").split())
        for words in (
            "Insikter: ändrad text Var – Blir Det nya.",
            "Kostnad i kronor: 1 500 kr → blir 2 500 kr",
            "Klar senast: 1 maj 2027 → blir inget",
            "Ansvarig utanför boendet: Fastighetsägaren → blir Stadsmiljö",
            "1. ",
        ):
            assert words in shown

    def test_what_was_taken_out_says_so_in_the_version_that_is_replaced(self, as_user, cast, plan):
        gone, stays = make_insats(plan, title="Tas bort", status="ongoing"), make_insats(plan, title="Kvar")
        actions.approve(plan=plan, by=cast["enhetschef"])
        following = actions.review(plan=plan, by=cast["personal"])
        actions.remove_insats(insats=following.insatser.get(origin=gone), by=cast["personal"])
        client = as_user("personal")
        assert "Togs ur planen" not in client.get(plan.get_absolute_url()).content.decode()
        following.review_on = TODAY + timedelta(days=365)
        following.save()
        actions.approve(plan=following, by=cast["enhetschef"])
        assert "Togs ur planen i version 2" in client.get(plan.get_absolute_url()).content.decode()
        assert "Togs ur planen i version 2" in client.get(gone.get_absolute_url()).content.decode()
        assert "Togs ur planen" not in client.get(stays.get_absolute_url()).content.decode()

    def test_the_edition_before_is_replaced(self, cast, approved):
        draft = actions.review(plan=approved, by=cast["personal"])
        assert draft.edition == 2
        draft.review_on = TODAY + timedelta(days=365)
        actions.save_plan(plan=draft, by=cast["personal"])
        actions.approve(plan=draft, by=cast["enhetschef"])
        approved.refresh_from_db()
        assert approved.status == "replaced"
        with pytest.raises(Refused):
            actions.save_plan(plan=approved, by=cast["personal"])

    def test_its_file_is_kept_once_and_is_the_next_editions_predecessor(self, as_user, cast, approved):
        file, client = url("plan_pdf", approved), as_user("personal")
        first = client.get(file)
        assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
        actions.set_status(insats=approved.insatser.get(), status="ongoing", by=cast["personal"])
        assert client.get(file).content == first.content == approved.document.read_verified()
        draft = actions.review(plan=approved, by=cast["personal"])
        assert client.get(url("plan_pdf", draft)).content == b"%PDF-1.7 utkast"
        draft.review_on = TODAY + timedelta(days=365)
        actions.save_plan(plan=draft, by=cast["personal"])
        following = actions.approve(plan=draft, by=cast["enhetschef"])
        assert (following.document.version, following.document.previous) == (2, approved.document)
        assert client.get(file).content == first.content
        assert approved.document.sha256 in client.get(approved.get_absolute_url()).content.decode()
        assert as_user("outsider").get(file).status_code == 404
        assert as_user("granne").get(file).status_code == 404
        assert client.post(file).status_code == 405

    def test_a_plan_whose_file_cannot_be_stored_is_not_approved(self, cast, plan, monkeypatch):
        make_insats(plan)

        def full(*args, **kwargs):
            raise StorageFull(28, "full")

        monkeypatch.setattr("kartlaggning.actions.plans.store_document", full)
        with pytest.raises(StorageFull):
            actions.approve(plan=plan, by=cast["enhetschef"])
        plan.refresh_from_db()
        assert plan.is_draft

    def test_a_draft_is_not_reviewed(self, as_user, plan):
        as_user("personal").post(url("plan_review", plan))
        assert Plan.objects.count() == 1


class TestInsatser:
    def test_one_is_begun_with_its_name_alone(self, as_user, cast, plan):
        incident = IncidentFactory(boende=cast.kalleback)
        client = as_user("personal")
        create = f"{url('insats_create', plan)}?handelse={incident.pk}"
        assert str(client.get(create).context["form"]["incident"].value()) == str(incident.pk)
        sent = {"title": "Bättre ljus", "term": "long", "principles": [2, 1], "incident": incident.pk}
        assert client.post(create, sent).status_code == 302
        insats = Insats.objects.get()
        assert (insats.principles, insats.incident) == ([2, 1], incident)
        page = client.get(insats.get_absolute_url()).content.decode()
        assert "2. Helt, rent, funktionellt och vackert" in page
        assert "Inget är skrivet om vad den ger" in page

    def test_another_boendes_incident_cannot_be_chosen(self, as_user, cast, plan):
        other = IncidentFactory(boende=cast.alma)
        sent = {"title": "Bättre ljus", "term": "long", "incident": other.pk}
        response = as_user("personal").post(url("insats_create", plan), sent)
        assert response.status_code == 422
        assert "Bättre ljus" in response.content.decode()

    def test_the_double_function_is_told(self, plan):
        assert "Dubbel funktion" in make_insats(plan, value_brukare="Vila.", value_surroundings="Trivsel.").functions
        assert "Inget är skrivet om omgivningen" in make_insats(plan, value_brukare="Vila.").functions
        assert "Inget är skrivet om brukarna" in make_insats(plan, value_surroundings="Trivsel.").functions

    def test_it_cannot_be_due_before_it_begins(self, as_user, plan):
        sent = {"title": "Bänk", "term": "short", "start_on": "2026-05-02", "due_on": "2026-05-01"}
        assert "due_on" in as_user("personal").post(url("insats_create", plan), sent).context["form"].errors

    def test_how_it_goes_is_told_in_an_approved_plan_too(self, as_user, approved):
        insats = approved.insatser.get()
        client, tell = as_user("personal"), url("insats_status", insats)
        assert client.get(tell).status_code == 405
        for version, (status, answer) in enumerate([("ongoing", 302), ("continued", 302)], start=insats.version):
            sent = {"status": status, "opened_version": version, "follow_up_on": WHOLE["follow_up_on"]}
            assert client.post(tell, sent).status_code == answer
        assert client.post(tell, {**sent, "status": "planned", "opened_version": insats.version + 2}).status_code == 422
        insats.refresh_from_db()
        assert insats.is_finished

    def test_what_continues_in_ordinary_work_needs_a_day_of_follow_up(self, as_user, plan):
        insats = make_insats(plan, follow_up_on=None)
        client, tell = as_user("personal"), url("insats_status", insats)
        refused = client.post(tell, {"status": "continued", "opened_version": insats.version})
        assert refused.status_code == 422
        assert "Skriv när insatsen följs upp" in refused.content.decode()
        sent = {"status": "continued", "follow_up_on": TODAY, "opened_version": insats.version}
        assert client.post(tell, sent).status_code == 302

    def test_every_insats_is_evaluated(self, as_user, approved):
        insats = approved.insatser.get()
        client, evaluate = as_user("personal"), url("insats_evaluate", insats)
        assert client.post(evaluate, {"evaluated_on": TODAY, "verdict": "keep"}).status_code == 422
        sent = {"evaluated_on": TODAY, "verdict": "keep", "effect": "Fler sitter och pratar."}
        assert client.post(evaluate, sent).status_code == 302
        assert "Fler sitter och pratar." in client.get(insats.get_absolute_url()).content.decode()
        assert as_user("forvaltningschef").post(evaluate, sent).status_code == 403

    def test_the_balance_counts_by_principle_and_by_who_gains(self, plan):
        make_insats(plan, principles=[1, 2], value_brukare="Vila.", value_surroundings="Trivsel.")
        make_insats(plan, principles=[2], value_surroundings="Trivsel.")
        make_insats(plan, principles=[3], status="dropped")
        found = balance(Insats.objects.filter(plan=plan).for_plan())
        assert [share.number for share in found.principles] == [1, 2, 0, 0, 0]
        assert [share.number for share in found.gains] == [1, 0, 1, 0]
        assert found.total == 2
