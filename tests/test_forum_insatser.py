# SPDX-License-Identifier: EUPL-1.2
"""Åtgärder tied to insatser: each shows the other's state, through the editions, and nobody outside learns of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.forms.people import key_of
from forum.models import ActionItem, Member
from kartlaggning.actions import plans as actions
from kartlaggning.models import Insats
from tests import factories

TODAY = timezone.localdate()
SECRET = "Två bänkar som bara planen vet om"


@pytest.fixture(autouse=True)
def _blank_paper(monkeypatch):
    monkeypatch.setattr("kartlaggning.actions.plans.archive_paper", lambda *args: b"%PDF-1.7 plan")


@pytest.fixture
def insats(cast) -> Insats:
    """An insats of a plan in force at Kallebäck."""
    plan = actions.start_plan(boende=cast.kalleback, by=cast["personal"])
    plan.review_on = TODAY + timedelta(days=365)
    actions.save_plan(plan=plan, by=cast["personal"])
    made = Insats.objects.create(
        plan=plan, title=SECRET, problem="Ingenstans att sitta.", responsible_other="Vi", follow_up_on=TODAY
    )
    actions.approve(plan=plan, by=cast["enhetschef"])
    made.refresh_from_db()
    return made


@pytest.fixture
def atgard(cast) -> ActionItem:
    meeting = factories.MeetingFactory(forum=cast.forum)
    member = cast.forum.members.get(person__user=cast["medlem"])
    return factories.ActionItemFactory(meeting=meeting, person=member.person, title="Ställ ut bänkarna")


def url(name, row) -> str:
    return reverse(f"forum:{name}", args=[row.pk])


def test_staff_tie_an_atgard_and_each_page_shows_the_other(as_user, cast, insats, atgard):
    client, tie = as_user("personal"), url("actionitem_insats", atgard)
    for page in (url("actionitem_list", cast.forum), cast.forum.get_absolute_url()):
        assert tie in client.get(page).content.decode()
    sent = {"insats": insats.pk, "opened_version": atgard.version}
    assert client.post(tie, sent).status_code == 302
    actions.set_status(insats=insats, status="ongoing", by=cast["personal"])
    page = client.get(url("actionitem_list", cast.forum)).content.decode()
    assert insats.get_absolute_url() in page
    assert f"{SECRET}</a> (pågår)" in page
    there = client.get(insats.get_absolute_url()).content.decode()
    for said in ("Ställ ut bänkarna", cast.forum.name, "Inte påbörjad", "Föreningen medlem"):
        assert said in there
    assert client.post(tie, {"insats": "", "opened_version": atgard.version + 1}).status_code == 302
    assert "Ställ ut bänkarna" not in client.get(insats.get_absolute_url()).content.decode()


def test_nobody_outside_the_boende_learns_of_it(as_user, cast, insats, atgard):
    atgard.insats = insats
    atgard.save()
    pages = [url("actionitem_list", cast.forum), cast.forum.get_absolute_url(), atgard.meeting.get_absolute_url()]
    for who, own in (("sammankallande", ["actionitem_update", "actionitem_report"]), ("medlem", ["actionitem_report"])):
        client = as_user(who)
        for page in [*pages, *(url(name, atgard) for name in own)]:
            body = client.get(page).content.decode()
            assert SECRET not in body
            assert "insats" not in body.lower()
        assert client.get(url("actionitem_insats", atgard)).status_code == 403
        assert client.get(insats.get_absolute_url()).status_code == 404
    assert as_user("forvaltningschef").get(url("actionitem_insats", atgard)).status_code == 403
    assert as_user("outsider").get(url("actionitem_insats", atgard)).status_code == 404


def test_an_outside_sammankallande_who_rewords_it_leaves_the_tie(as_user, cast, insats, atgard):
    atgard.insats = insats
    atgard.save()
    sent = {
        "title": "Ställ ut båda bänkarna", "responsible": key_of(atgard), "due_on": TODAY,
        "insats": "", "opened_version": atgard.version,
    }  # fmt: skip
    assert as_user("sammankallande").post(url("actionitem_update", atgard), sent).status_code == 302
    atgard.refresh_from_db()
    assert (atgard.title, atgard.insats) == ("Ställ ut båda bänkarna", insats)


def test_a_sammankallande_of_the_staff_ties_it_as_she_writes_it(as_user, cast, insats, atgard):
    Member.objects.create(forum=cast.forum, user=cast["personal"], kind=Member.Kind.SAMMANKALLANDE)
    elsewhere = Insats.objects.create(
        plan=actions.start_plan(boende=cast.alma, by=cast["outsider"]), title="Almas insats"
    )
    client, create = as_user("personal"), url("actionitem_create", atgard.meeting)
    page = client.get(create).content.decode()
    assert SECRET in page
    assert "Almas insats" not in page
    sent = {"title": "Gör nu", "responsible": key_of(atgard), "due_on": TODAY + timedelta(days=400)}
    refused = client.post(create, {**sent, "insats": elsewhere.pk})
    assert refused.status_code == 422
    assert "Gör nu" in refused.content.decode()
    assert client.post(create, {**sent, "insats": insats.pk}).status_code == 302
    assert ActionItem.objects.get(title="Gör nu").insats == insats


def test_the_tie_follows_the_insats_into_the_next_edition(as_user, cast, insats, atgard):
    atgard.insats = insats
    atgard.save()
    draft = actions.review(plan=insats.plan, by=cast["personal"])
    copy = draft.insatser.get(origin=insats)
    client, listed = as_user("personal"), url("actionitem_list", cast.forum)
    assert insats.get_absolute_url() in client.get(listed).content.decode()
    assert "Ställ ut bänkarna" in client.get(copy.get_absolute_url()).content.decode()
    form = client.get(url("actionitem_insats", atgard)).context["form"]
    assert [row.title for row in form.fields["insats"].queryset] == [SECRET]
    draft.review_on = TODAY + timedelta(days=365)
    actions.save_plan(plan=draft, by=cast["personal"])
    actions.approve(plan=draft, by=cast["enhetschef"])
    actions.set_status(insats=copy, status="done", by=cast["personal"])
    page = client.get(listed).content.decode()
    assert copy.get_absolute_url() in page
    assert f"{SECRET}</a> (klar: genomförd)" in page
