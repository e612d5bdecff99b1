# SPDX-License-Identifier: EUPL-1.2
"""Reminders of the årshjul: each once, to those responsible and then to those above, whatever day and however often."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boenden.models import Assignment, Boende
from kartlaggning.actions.arshjul import finish, postpone, save_template
from kartlaggning.actions.arshjul_filling import start_template
from kartlaggning.arshjul.reminders import BATCH
from kartlaggning.arshjul.schedule import schedule
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import action
from platssamverkan.notices.batches import post_batch
from platssamverkan.notices.models import Notice
from tests import factories

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DUE = date(2026, 11, 27)  # a Friday


def at(day, hour=7):
    """A moment here."""
    return datetime.combine(day, time(hour), tzinfo=STOCKHOLM).astimezone(UTC)


def sweep(day, hour=7):
    """One batch, on a day; how many were told."""
    return post_batch(batch=BATCH, by=None, now=at(day, hour))


def an_activity(cast, due_on=DUE, made_on=date(2026, 9, 1), **values):
    """An activity of Kallebäck's, made long before its day."""
    values = {"title": "Planera för vintern", "role": Role.PERSONAL, "boende": cast.kalleback} | values
    activity = ArshjulActivity(due_on=due_on, **values)
    schedule(activity, chief_after=14, forvaltning_after=30, today=made_on)
    activity.save()
    return activity


def told(what="arshjul"):
    """(day, to whom) of what has been told, the first first."""
    rows = Notice.objects.filter(what=what).order_by("due_on", "user__email")
    return [(day, email.split("@")[0]) for day, email in rows.values_list("due_on", "user__email")]


def sweep_days(first, number):
    """A sweep each morning, so many days; on every fifth another in the evening."""
    for offset in range(number):
        sweep(first + timedelta(days=offset))
        if offset % 5 == 0:
            sweep(first + timedelta(days=offset), 23)


class TestTheLadder:
    def test_before_on_the_day_and_each_week_that_it_is_late(self, cast):
        an_activity(cast)
        sweep_days(date(2026, 10, 27), 56)
        lates = [DUE + timedelta(days=7 * n) for n in range(1, 4)]
        days = [DUE - timedelta(days=30), DUE - timedelta(days=7), DUE, *lates]
        assert told() == [(day, "personal") for day in days]
        assert not Notice.objects.filter(is_late=True).exists()

    def test_those_above_hear_once_each(self, cast):
        an_activity(cast)
        sweep_days(DUE + timedelta(days=13), 19)
        assert told("arshjul_late") == [
            (DUE + timedelta(days=14), "enhetschef"),
            (DUE + timedelta(days=30), "forvaltningschef"),
        ]

    def test_after_a_stop_there_is_one_that_says_it_came_late(self, cast):
        an_activity(cast)
        assert sweep(DUE + timedelta(days=16)) == 2  # the second week's, and the enhetschef's
        notice = Notice.objects.get(what="arshjul")
        assert (notice.due_on, notice.is_late) == (DUE + timedelta(days=14), True)
        assert sweep(DUE + timedelta(days=16), 8) == 0

    def test_what_is_planned_for_next_week_is_told_once_now(self, cast):
        an_activity(cast, made_on=DUE - timedelta(days=5))
        sweep_days(DUE - timedelta(days=5), 7)
        assert told() == [(DUE - timedelta(days=5), "personal"), (DUE, "personal")]

    def test_what_is_put_off_is_told_anew(self, cast):
        activity = an_activity(cast)
        sweep(DUE)
        later = DUE + timedelta(days=21)
        postpone(activity=activity, due_on=later, reason="Semester", by=cast["personal"])
        sweep_days(later - timedelta(days=8), 10)
        assert told()[-2:] == [(later - timedelta(days=7), "personal"), (later, "personal")]

    def test_what_is_done_is_not_told(self, cast):
        finish(activity=an_activity(cast), done_on=DUE, note="", by=cast["personal"])
        an_activity(cast, is_reminded=False)
        sweep_days(DUE - timedelta(days=1), 3)
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("night", [date(2026, 10, 25), date(2027, 3, 28)])
    def test_each_hour_over_the_night_when_the_clock_changes(self, cast, night):
        """faults.md, case 7. The reminders fall on the day before the night, on it and after."""
        for offset in (-1, 0, 1):
            an_activity(cast, due_on=night + timedelta(days=7 + offset), lead_first=7, lead_second=None, lead_last=None)
        hour = at(night - timedelta(days=1), 0) - timedelta(hours=2)
        while hour < at(night + timedelta(days=1), 3):
            post_batch(batch=BATCH, by=None, now=hour)
            hour += timedelta(hours=1)
        assert told() == [(night + timedelta(days=n), "personal") for n in (-1, 0, 1)]
        for created_at, due_on in Notice.objects.values_list("created_at", "due_on"):
            here = created_at.astimezone(STOCKHOLM)
            assert (here.date(), here.hour) == (due_on, 0)


class TestWhoIsTold:
    def test_everybody_who_holds_the_role_today_and_nobody_else(self, cast):
        extra = factories.UserFactory(email="kollega@example.org")
        Assignment.objects.create(user=extra, role=Role.PERSONAL, boende=cast.kalleback)
        Assignment.objects.create(user=extra, role=Role.PERSONAL, boende=cast.kalleback, starts_on=date(2026, 1, 1))
        gone = factories.UserFactory(email="borta@example.org", is_active=False)
        Assignment.objects.create(user=gone, role=Role.PERSONAL, boende=cast.kalleback)
        an_activity(cast)
        with_start(date(2026, 1, 1))
        sweep(DUE)
        assert told() == [(DUE, "kollega"), (DUE, "personal")]

    def test_a_manager_can_be_responsible(self, cast):
        with_start(date(2026, 1, 1))
        an_activity(cast, role=Role.FORVALTNINGSCHEF)
        sweep(DUE)
        sweep_days(DUE + timedelta(days=29), 3)
        assert told()[0] == (DUE, "forvaltningschef")
        assert told("arshjul_late") == [(DUE + timedelta(days=14), "enhetschef")]

    def test_a_boende_that_has_closed_reminds_nobody(self, cast):
        an_activity(cast)
        cast.kalleback.status = Boende.Status.AVSLUTAT
        cast.kalleback.save()
        assert sweep(DUE) == 0

    def test_the_letter_leads_to_the_activity(self, cast, as_user):
        activity = an_activity(cast)
        sweep(DUE)
        notice = Notice.objects.get()
        assert notice.subject == "Årshjulet: Planera för vintern, Kallebäcks boende"
        assert "ska vara klart senast fredag 27 november" in notice.text
        assert notice.url == activity.get_absolute_url()
        assert notice.occasion.startswith(str(activity.pk))
        assert as_user("personal").get(notice.url).status_code == 200

    def test_one_who_gathers_gets_it_in_the_morning(self, cast):
        User.objects.filter(pk=cast["personal"].pk).update(gets_digest=True)
        an_activity(cast)
        sweep(DUE)
        assert Notice.objects.get().status == Notice.Status.DIGEST

    def test_escalation_follows_the_template(self, cast):
        template = start_template(forvaltning=cast.sydvast, by=None)
        activity = an_activity(cast)
        template.chief_after, template.forvaltning_after = 3, 4
        save_template(template=template, by=cast["forvaltningschef"])
        activity.refresh_from_db()
        assert activity.next_escalation_on == DUE + timedelta(days=3)


def with_start(day):
    """Let everybody have had her role since a day."""
    for assignment in Assignment.objects.all():
        assignment.starts_on = min(day, assignment.starts_on)
        assignment.save()


@pytest.fixture(autouse=True)
def _long_in_office(db, request):
    """The cast has its roles on the days that the tests are about."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        with_start(date(2026, 1, 1))


@action
def in_action_bulk(*, rows, by):
    """Store many at once."""
    ArshjulActivity.objects.bulk_create(rows)


class TestMany:
    @pytest.mark.parametrize("number", [1, 400])
    def test_takes_four_statements_and_idle_one(self, cast, number):
        rows = []
        for position in range(number):
            activity = ArshjulActivity(boende=cast.kalleback, title=f"Sak {position}", due_on=DUE, role=Role.PERSONAL)
            schedule(activity, chief_after=14, forvaltning_after=30, today=date(2026, 9, 1))
            rows.append(activity)
        in_action_bulk(rows=rows, by=None)
        asked = []
        for new in (number, 0):
            with CaptureQueriesContext(connection) as queries:
                assert sweep(DUE) == new
            sql = [query["sql"] for query in queries.captured_queries]
            asked.append(len([text for text in sql if not text.startswith(("SAVEPOINT", "RELEASE"))]))
        assert asked == [4, 1]
