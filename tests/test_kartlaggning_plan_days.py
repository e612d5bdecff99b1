# SPDX-License-Identifier: EUPL-1.2
"""The days of insatser: who is reminded of a follow-up and of the last day, and when nobody is."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kartlaggning.insats_days import insatser_due
from kartlaggning.models import Insats, InsatsEvaluation, Kartlaggning, Observation, Plan
from platssamverkan.start import registry
from tests import factories

TODAY = timezone.localdate()


def days(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def plan(cast) -> Plan:
    """A plan in force."""
    return Plan.objects.create(
        boende=cast.kalleback, status="approved", approved_at=timezone.now(), approved_by=cast["enhetschef"]
    )


@pytest.fixture
def draft(cast) -> Plan:
    return Plan.objects.create(boende=cast.kalleback)


def make(plan, **values):
    return Insats.objects.create(plan=plan, **{"title": "Två bänkar", "problem": "Ingen sitter.", **values})


def told():
    """(kind, to whom) of what is due."""
    return [(due.what, due.user.email.split("@")[0]) for due in insatser_due(timezone.now())]


def lines(user):
    return [todo for todo in registry.todos_for(user) if "/insats" in todo.url]


class TestReminders:
    def test_the_responsible_is_reminded_of_both_days_and_once_more_when_late(self, cast, plan):
        insats = make(plan, responsible=cast["personal"], follow_up_on=days(0), due_on=days(-3))
        follow_up, due, late = insatser_due(timezone.now())
        assert {row.user for row in (follow_up, due, late)} == {cast["personal"]}
        assert [row.due_on for row in (follow_up, due, late)] == [days(0), days(-3), days(0)]
        assert follow_up.subject == "Följ upp insatsen: Två bänkar, Kallebäcks boende"
        assert (follow_up.url, due.series, "försenad" in late.subject) == (insats.get_absolute_url(), late.series, True)

    @pytest.mark.parametrize("who", [None, "outsider", "ended"])
    def test_else_the_enhetschef(self, cast, plan, who):
        make(plan, responsible=who and cast[who], responsible_other="Fastighetsägaren", follow_up_on=days(0))
        assert [who for _what, who in told()] == [cast["enhetschef"].email.split("@")[0]]

    def test_nobody_where_it_is_over(self, cast, plan):
        values = {"responsible": cast["personal"], "follow_up_on": days(-1), "due_on": days(-1)}
        for status in ("done", "dropped"):
            make(plan, status=status, **values)
        make(plan, responsible=cast["personal"], follow_up_on=days(1), due_on=days(1))
        stopped = make(plan, **values)
        InsatsEvaluation.objects.create(insats=stopped, effect="Ingen.", verdict="stop")
        assert told() == []
        assert not stopped.is_follow_up_late

    def test_a_follow_up_that_was_made_ends_it_and_a_new_day_begins_it_anew(self, cast, plan):
        insats = make(plan, responsible=cast["personal"], follow_up_on=days(-2), status="continued", due_on=days(-9))
        assert insats.is_follow_up_late
        InsatsEvaluation.objects.create(insats=insats, effect="Fler sitter där.", verdict="keep")
        assert told() == []
        assert not Insats.objects.get().is_follow_up_late
        insats.follow_up_again_on = days(1)
        insats.save()
        assert told() == []
        with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
            assert [what for what, _who in told()] == ["insats_follow_up"]

    @pytest.mark.parametrize("status", ["draft", "replaced"])
    def test_only_the_plan_in_force_reminds(self, cast, status):
        approval = {"approved_at": timezone.now(), "approved_by": cast["enhetschef"]} if status == "replaced" else {}
        plan = Plan.objects.create(boende=cast.kalleback, status=status, **approval)
        make(plan, responsible=cast["personal"], follow_up_on=days(0))
        assert told() == []
        assert lines(cast["personal"]) == []

    @pytest.mark.parametrize("values", [{"status": "avslutat"}, {"archived_at": timezone.now()}])
    def test_a_boende_that_is_closed_does_not_remind(self, cast, plan, values):
        make(plan, responsible=cast["personal"], follow_up_on=days(0))
        for name, value in values.items():
            setattr(cast.kalleback, name, value)
        cast.kalleback.save()
        assert told() == []

    def test_queries_do_not_grow(self, cast, plan, django_assert_num_queries):
        for _ in range(7):
            make(plan, responsible=cast["personal"], follow_up_on=days(0))
        with django_assert_num_queries(2):
            assert len(list(insatser_due(timezone.now()))) == 7


class TestMinDag:
    def test_whoever_is_responsible_sees_both_days_until_they_are_far(self, cast, plan):
        make(plan, responsible=cast["personal"], follow_up_on=days(7), due_on=days(-1))
        make(plan, responsible=cast["personal"], follow_up_on=days(90))
        due, follow_up = lines(cast["personal"])
        assert (due.title, due.due_on, due.about, due.mine) == (
            "Klar senast: Två bänkar", days(-1), "Kallebäcks boende", True,
        )  # fmt: skip
        assert (follow_up.title, follow_up.due_on) == ("Följ upp insatsen: Två bänkar", days(7))
        assert lines(cast["enhetschef"]) == []

    def test_the_enhetschef_sees_what_nobody_there_does(self, cast, plan):
        insats = make(plan, responsible_other="Fastighetsägaren", follow_up_on=days(0))
        (todo,) = lines(cast["enhetschef"])
        assert (todo.url, todo.mine) == (insats.get_absolute_url(), False)
        assert lines(cast["personal"]) == []

    def test_its_page_says_that_it_is_late(self, as_user, plan):
        insats = make(plan, responsible_other="Fastighetsägaren", follow_up_on=days(-1))
        for page in (insats, plan):
            html = as_user("personal").get(page.get_absolute_url()).content.decode()
            assert "Försenat" in html
            assert "Skulle följas upp" in html


class TestDaysThatHaveBeen:
    @pytest.mark.parametrize("field", ["due_on", "follow_up_on"])
    def test_a_new_day_that_has_been_is_refused_and_a_stored_one_may_stay(self, as_user, draft, field):
        client = as_user("personal")
        sent = {"title": "Två bänkar", "term": "short"}
        refused = client.post(reverse("kartlaggning:insats_create", args=[draft.pk]), {**sent, field: days(-1)})
        assert refused.status_code == 422
        assert "Dagen har varit" in str(refused.context["form"].errors[field])
        insats = make(draft, **{field: days(-9)})
        change = reverse("kartlaggning:insats_update", args=[insats.pk])
        sent["opened_version"] = insats.version
        assert client.post(change, {**sent, field: days(-1)}).status_code == 422
        assert client.post(change, {**sent, field: days(-9)}).status_code == 302

    @pytest.mark.parametrize("day", [-1, 0])
    def test_a_plan_is_not_reviewed_in_the_past(self, as_user, draft, day):
        sent = {"review_on": days(day), "opened_version": draft.version}
        refused = as_user("personal").post(reverse("kartlaggning:plan_update", args=[draft.pk]), sent)
        assert refused.status_code == 422
        assert "framåt i tiden" in str(refused.context["form"].errors["review_on"])


class TestHowItGoes:
    def tell(self, client, insats, **sent):
        sent = {"status": "planned", "follow_up_on": "", "opened_version": insats.version, **sent}
        return client.post(reverse("kartlaggning:insats_status", args=[insats.pk]), sent)

    def test_an_emptied_day_is_taken_away_in_a_draft(self, as_user, draft):
        insats = make(draft, follow_up_on=days(9))
        assert self.tell(as_user("personal"), insats).status_code == 302
        insats.refresh_from_db()
        assert insats.followed_up_next is None

    def test_an_emptied_day_is_refused_where_the_plan_promises_one(self, as_user, plan):
        insats = make(plan, follow_up_on=days(9), follow_up_again_on=days(20))
        refused = self.tell(as_user("personal"), insats)
        assert refused.status_code == 422
        assert "Den godkända planen har en dag" in str(refused.context["form"].errors["follow_up_on"])
        insats.refresh_from_db()
        assert insats.followed_up_next == days(20)

    def test_what_continues_is_followed_up_on_a_day_to_come(self, as_user, plan):
        client, insats = as_user("personal"), make(plan, follow_up_on=days(-9))
        for day in (-9, -1):
            refused = self.tell(client, insats, status="continued", follow_up_on=days(day))
            assert refused.status_code == 422
            assert "Dagen har varit" in str(refused.context["form"].errors["follow_up_on"])
        assert self.tell(client, insats, status="ongoing", follow_up_on=days(-9)).status_code == 302
        insats.refresh_from_db()
        assert self.tell(client, insats, status="continued", follow_up_on=days(9)).status_code == 302


def test_what_it_answers_is_chosen_by_day_and_place_the_latest_first(as_user, cast, draft):
    kartlaggning = Kartlaggning.objects.create(boende=cast.kalleback, year=TODAY.year)
    for number in (1, 2):
        Observation.objects.create(
            kartlaggning=kartlaggning, seen_on=date(2026, 3, number), kind="belysning", place_text="genvägen",
            text=f"Lampa {number} är släckt.",
        )  # fmt: skip
        happened_at = datetime(2026, 4, number, 12, tzinfo=UTC)
        factories.IncidentFactory(
            boende=cast.kalleback, happened_at=happened_at, headline="Mörkt", place="elsewhere", place_text="parken"
        )
    form = as_user("personal").get(reverse("kartlaggning:insats_create", args=[draft.pk])).context["form"]
    assert [str(words).replace("\xa0", " ") for _key, words in form.fields["observation"].choices][1:] == [
        "2 mars 2026: Belysning, genvägen. Lampa 2 är släckt.",
        "1 mars 2026: Belysning, genvägen. Lampa 1 är släckt.",
    ]
    assert [str(words).replace("\xa0", " ") for _key, words in form.fields["incident"].choices][1:] == [
        "2 april 2026, parken: Mörkt",
        "1 april 2026, parken: Mörkt",
    ]
