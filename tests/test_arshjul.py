# SPDX-License-Identifier: EUPL-1.2
"""The årshjul comes into being by itself, follows its template and the data, and says why something is done."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from boenden.models import Boende
from kartlaggning.actions.arshjul import archive_entry, finish, postpone, reopen, save_entry, save_template, set_aside
from kartlaggning.actions.arshjul_filling import fill, fill_waiting, start_template, waiting
from kartlaggning.actions.plans import approve, review, start_plan
from kartlaggning.arshjul.rules import Rule, in_words, occasions_of
from kartlaggning.arshjul.sources import sources
from kartlaggning.models import ArshjulActivity, ArshjulEntry, ArshjulTemplate, Insats
from platssamverkan.ground.actions import EditConflict, Refused, save_record
from platssamverkan.ground.workdays import workday_on_or_before
from tests import factories
from tests.agreements import make_agreement

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def monday():
    """A Monday in November, at noon."""
    with time_machine.travel("2026-11-23T12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def filled(cast):
    """Kallebäck's year, as the sweep makes it."""
    fill_waiting(timezone.now())
    return ArshjulTemplate.objects.get(forvaltning=cast.sydvast)


def rows_of(cast, source, **values):
    """Kallebäck's activities of a source."""
    return ArshjulActivity.objects.active().filter(boende=cast.kalleback, entry__source=source, **values)


def an_entry(**values):
    return ArshjulEntry(**({"rule": Rule.YEARLY, "month": 6} | values))


class TestDays:
    @pytest.mark.parametrize(
        ("day", "moved"),
        [
            (date(2026, 11, 29), date(2026, 11, 27)),  # Sunday
            (date(2026, 6, 6), date(2026, 6, 5)),  # nationaldagen, a Saturday
            (date(2026, 1, 6), date(2026, 1, 5)),  # trettondagen
            (date(2026, 12, 26), date(2026, 12, 23)),  # the whole of Christmas
            (date(2026, 11, 27), date(2026, 11, 27)),
        ],
    )
    def test_move_back_to_a_working_day(self, day, moved):
        assert workday_on_or_before(day) == moved

    @pytest.mark.parametrize(
        ("entry", "days"),
        [
            (an_entry(), [date(2027, 6, 30)]),
            (an_entry(day=6), [date(2027, 6, 4)]),
            (an_entry(rule=Rule.SECOND_YEAR, is_odd=True), [date(2027, 6, 30)]),
            (an_entry(rule=Rule.SECOND_YEAR), []),
            (an_entry(rule=Rule.QUARTERLY, month=3), [date(2026, 12, 30), date(2027, 3, 31), date(2027, 6, 30)]),
            (an_entry(rule=Rule.BEFORE, month=1, day=30, weeks=6), [date(2026, 12, 18)]),
            (an_entry(rule=Rule.DATA), []),
        ],
    )
    def test_follow_from_the_rule(self, entry, days):
        found = occasions_of(entry, TODAY, date(2027, 8, 1))
        assert [falls.due_on for falls in found] == days
        assert in_words(entry)

    def test_february_has_a_last_day(self):
        assert occasions_of(an_entry(month=2, day=31), TODAY, date(2027, 12, 31))[0].due_on == date(2027, 2, 26)


class TestFilling:
    def test_makes_a_template_and_a_year_for_every_boende(self, cast, filled):
        assert filled.entries.count() == len(sources)
        assert ArshjulTemplate.objects.count() == 2  # Sydväst and Nordost have boenden
        for boende in (cast.kalleback, cast.alma):
            assert ArshjulActivity.objects.filter(boende=boende, entry__source="winter").exists()
        assert not ArshjulActivity.objects.filter(due_on__lt=TODAY).exists()  # few demands on those who begin
        assert rows_of(cast, "access_review").count() == 5

    def test_again_it_writes_nothing_and_asks_one_question(self, cast, filled, django_assert_num_queries):
        before = set(ArshjulActivity.objects.values_list("pk", "version"))
        with django_assert_num_queries(1):
            fill_waiting(timezone.now())
        assert fill(template=filled, by=None) == 0
        assert set(ArshjulActivity.objects.values_list("pk", "version")) == before

    def test_asks_no_more_for_many_boenden(self, cast, filled):
        asked, made = [], []
        for number in (1, 10):
            factories.BoendeFactory.create_batch(number, forvaltning=cast.sydvast)
            with CaptureQueriesContext(connection) as queries:
                made.append(fill(template=filled, by=None))
            asked.append(sum(query["sql"].startswith("SELECT") for query in queries.captured_queries))
        assert asked[0] == asked[1]
        assert made == [made[0], 10 * made[0]]
        assert made[0] > 10

    def test_waits_for_a_new_boende_a_new_day_and_what_is_watched(self, cast, filled):
        now = timezone.now()
        assert not waiting(now).exists()
        assert waiting(now + timedelta(days=1)).exists()
        with time_machine.travel(now + timedelta(minutes=5), tick=False):
            factories.BoendeFactory(forvaltning=cast.sydvast)
            assert cast.sydvast in waiting(timezone.now())

    def test_a_boende_that_has_closed_gets_nothing_new(self, cast):
        cast.kalleback.status = Boende.Status.AVSLUTAT
        save_record(record=cast.kalleback, by=None)
        fill_waiting(timezone.now())
        assert not ArshjulActivity.objects.filter(boende=cast.kalleback).exists()


class TestTheTemplate:
    def test_what_is_not_done_follows_and_what_is_done_stays(self, cast, filled):
        entry = filled.entries.get(source="access_review")
        first, second, third, *_rest = rows_of(cast, "access_review").order_by("due_on")
        finish(activity=first, done_on=TODAY, note="", by=cast["personal"])
        postpone(activity=second, due_on=second.due_on + timedelta(days=9), reason="Semester", by=cast["personal"])
        moved_to = ArshjulActivity.objects.get(pk=second.pk).due_on
        entry.month, entry.day, entry.title = 2, 10, "Se över behörigheter"
        save_entry(entry=entry, by=cast["forvaltningschef"])
        for row in (first, second, third):
            row.refresh_from_db()
        assert (first.title, first.due_on) == ("Gå igenom behörigheterna", date(2026, 12, 30))
        assert (second.title, second.due_on) == ("Se över behörigheter", moved_to)
        assert third.due_on == date(2027, 5, 10)
        assert third.first_on == date(2027, 4, 10)

    def test_what_is_taken_out_leaves_and_does_not_come_back(self, cast, filled):
        archive_entry(entry=filled.entries.get(source="winter"), by=cast["forvaltningschef"])
        assert not rows_of(cast, "winter").exists()
        start_template(forvaltning=cast.sydvast, by=None)
        fill(template=filled, by=None)
        assert not rows_of(cast, "winter").exists()

    def test_a_new_entry_comes_to_every_boende(self, cast, filled):
        entry = ArshjulEntry(template=filled, title="Öppet hus", rule=Rule.BEFORE, month=6, day=6, weeks=4)
        save_entry(entry=entry, by=cast["forvaltningschef"])
        assert ArshjulActivity.objects.get(entry=entry).due_on == date(2027, 5, 7)  # the 9th is a Sunday

    def test_escalation_follows(self, cast, filled):
        filled.chief_after, filled.forvaltning_after = 5, 10
        save_template(template=filled, by=cast["forvaltningschef"])
        row = rows_of(cast, "winter").get()
        assert (row.chief_on - row.due_on).days == 5
        assert row.next_escalation_on == row.chief_on


class TestTheData:
    def an_approved_plan(self, cast, review_on):
        plan = start_plan(boende=cast.kalleback, kartlaggning=None, by=cast["personal"])
        plan.review_on, plan.insights = review_on, "Vi vet mer."
        save_record(record=plan, by=cast["personal"])
        Insats.objects.create(
            plan=plan, title="Bänkar", problem="Ingen plats", responsible=cast["personal"], follow_up_on=review_on,
            value_brukare="Sitta", value_surroundings="Lugn", principles=[1],
        )  # fmt: skip
        return approve(plan=plan, by=cast["enhetschef"])

    def test_a_plans_review_comes_by_itself_and_is_done_by_the_next(self, cast, filled):
        plan = self.an_approved_plan(cast, date(2027, 1, 31))
        fill(template=filled, by=None)
        row = rows_of(cast, "plan_review").get()
        assert (row.title, row.due_on) == ("Se över planen, version 1", date(2027, 1, 29))  # the 31st is a Sunday
        following = review(plan=plan, by=cast["personal"])
        following.review_on = date(2028, 1, 1)
        save_record(record=following, by=cast["personal"])
        approve(plan=following, by=cast["enhetschef"])
        fill(template=filled, by=None)
        row.refresh_from_db()
        assert (row.state, row.done_on, row.why) == ("done", TODAY, "Version 2 av planen är godkänd.")
        assert row.next_reminder_on is None

    def test_a_test_of_the_akutnummer_counts_for_its_year(self, cast, filled):
        cast.kalleback.akutnummer_tested_on = TODAY
        save_record(record=cast.kalleback, by=cast["enhetschef"])
        fill(template=filled, by=None)
        assert rows_of(cast, "akutnummer").get().is_open  # that of 2027
        with time_machine.travel("2027-01-12T12:00:00+01:00", tick=False):
            cast.kalleback.akutnummer_tested_on = date(2027, 1, 12)
            save_record(record=cast.kalleback, by=cast["enhetschef"])
            fill_waiting(timezone.now())
            row = rows_of(cast, "akutnummer", occasion="2027").get()
        assert (row.state, row.why) == ("done", "Akutnumret är provringt.")

    def test_contacts_are_verified_when_everybody_is(self, cast, filled):
        with time_machine.travel("2027-03-01T12:00:00+01:00", tick=False):
            neighbour = factories.NeighbourFactory(boende=cast.kalleback)
            first = factories.ContactPersonFactory(
                actor=neighbour.actor, verified_on=date(2027, 2, 1), verified_how="brev"
            )
            second = factories.ContactPersonFactory(actor=neighbour.actor)
            fill(template=filled, by=None)
            assert rows_of(cast, "verification", occasion="2027").get().is_open
            second.verified_on, second.verified_how = date(2027, 2, 20), first.verified_how
            save_record(record=second, by=None)
            fill(template=filled, by=None)
            row = rows_of(cast, "verification", occasion="2027").get()
        assert (row.state, row.why) == ("done", "Alla 2 kontaktpersoner runt boendet är bekräftade.")

    def test_meetings_come_are_held_and_are_cancelled(self, cast, filled):
        to_hold = factories.MeetingFactory(forum=cast.forum, days=12)
        to_cancel = factories.MeetingFactory(forum=cast.forum, days=40)
        fill(template=filled, by=None)
        assert rows_of(cast, "forum_meeting").count() == 2
        assert not rows_of(cast, "forum_meeting").exclude(next_reminder_on=None).exists()  # they are called
        to_hold.status, to_cancel.status = "held", "cancelled"
        for meeting in (to_hold, to_cancel):
            save_record(record=meeting, by=None)
        fill(template=filled, by=None)
        states = dict(rows_of(cast, "forum_meeting").values_list("occasion", "state"))
        assert states == {str(to_hold.pk): "done", str(to_cancel.pk): "skipped"}

    def test_a_forum_with_a_rhythm_and_no_meeting_is_to_be_called(self, cast, filled):
        cast.forum.rrule = "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"
        save_record(record=cast.forum, by=None)
        fill(template=filled, by=None)
        row = rows_of(cast, "forum_call").get()
        assert cast.forum.name in row.title
        factories.MeetingFactory(forum=cast.forum, days=30)
        fill(template=filled, by=None)
        assert not rows_of(cast, "forum_call").exists()

    def test_a_draft_of_an_agreement_is_not_there(self, cast, filled):
        make_agreement(cast, kind="avsiktsforklaring", forum=cast.forum)
        fill(template=filled, by=None)
        assert not rows_of(cast, "agreement").exists()

    def test_a_walk_that_was_held_is_a_walk_done(self, cast):
        from forum.models import Activity

        walk = Activity(boende=cast.kalleback, kind="vandring", title="Kvällsrunda", happens_on=date(2027, 5, 4))
        walk.status = "held"
        save_record(record=walk, by=None)
        with time_machine.travel("2027-05-10T12:00:00+02:00", tick=False):
            fill_waiting(timezone.now())
            row = rows_of(cast, "vandring", occasion="2027").get()
        assert (row.state, row.done_on, row.is_told) == ("done", date(2027, 5, 4), True)


class TestWhatPeopleSay:
    def test_done_later_not_for_us_and_after_all(self, cast, filled):
        row = rows_of(cast, "winter").get()
        by = cast["personal"]
        later = postpone(activity=row, due_on=date(2027, 11, 28), reason="Nya avtal", by=by)  # a Sunday
        assert (later.due_on, later.postponed_from) == (date(2027, 11, 26), date(2027, 10, 15))
        assert later.next_reminder_on == date(2027, 10, 27)
        aside = set_aside(activity=row, reason="Ingen egen mark", by=by)
        assert aside.next_reminder_on is None
        with pytest.raises(Refused):
            finish(activity=row, done_on=TODAY, note="", by=by)
        again = reopen(activity=row, by=by)
        assert again.is_open
        assert again.due_on == date(2027, 11, 26)

    def test_two_who_say_something_at_once_lose_nothing(self, cast, filled):
        row = rows_of(cast, "winter").get()
        finish(activity=row, done_on=TODAY, note="Klart.", by=cast["personal"], opened_version=row.version)
        with pytest.raises(EditConflict):
            set_aside(activity=row, reason="Nej", by=cast["enhetschef"], opened_version=row.version)

    def test_what_somebody_has_set_aside_stays_so(self, cast, filled):
        row = rows_of(cast, "winter").get()
        set_aside(activity=row, reason="Ingen egen mark", by=cast["personal"])
        entry = filled.entries.get(source="winter")
        entry.day = 1
        save_entry(entry=entry, by=cast["forvaltningschef"])
        row.refresh_from_db()
        assert (row.state, row.due_on) == ("skipped", date(2027, 10, 15))
