# SPDX-License-Identifier: EUPL-1.2
"""The reminder sweep of the årshjul beside a bare INSERT … SELECT … ON CONFLICT of as many rows (performance.md)."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from boenden.models import Assignment, Boende, Forvaltning
from kartlaggning.arshjul.reminders import BATCH
from kartlaggning.arshjul.schedule import schedule
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import action
from platssamverkan.notices import batches
from platssamverkan.notices.models import Notice

ACTIVITIES = 12  # a boende and year, one a month
USERS = 100
CHUNK = 5000
BARE = """
    INSERT INTO notices_notice (id, version, created_at, changed_at, what, occasion, user_id, subject, text, url,
        calendar, due_on, is_late, status, attempts, next_attempt_at, last_error, message_id)
    SELECT gen_random_uuid(), 1, now(), now(), 'bare', a.id::text, u.user_id, a.title, a.title, '/', '', a.due_on,
        false, 'waiting', 0, now(), '', a.id::text || '@bare'
    FROM kartlaggning_arshjulactivity a JOIN boenden_assignment u ON u.boende_id = a.boende_id AND u.role = a.role
    WHERE a.state = 'open' AND a.next_reminder_on <= %s
    ORDER BY a.id
    ON CONFLICT DO NOTHING
"""

LATER = """
    INSERT INTO kartlaggning_arshjulactivity (id, version, created_at, changed_at, lead_first, lead_second, lead_last,
        boende_id, occasion, title, about, role, due_on, state, note, reason, is_told, why, url, is_reminded, first_on,
        second_on, last_on, late_on, chief_on, forvaltning_on, next_reminder_on, next_escalation_on)
    SELECT gen_random_uuid(), 1, now(), now(), 30, 7, 0, boende_id, '', title || m, '', role, due_on + 30 * m, 'open',
        '', '', false, '', '', true, first_on + 30 * m, second_on + 30 * m, last_on + 30 * m, late_on + 30 * m,
        chief_on + 30 * m, forvaltning_on + 30 * m, next_reminder_on + 30 * m, next_escalation_on + 30 * m
    FROM kartlaggning_arshjulactivity, generate_series(1, %s) m
"""


@action
def make_activities(*, boenden: int, by: Any) -> None:
    """So many boenden, each with somebody who works there and a year of activities, one of them to be told of today."""
    today = timezone.localdate()
    forvaltning = Forvaltning.objects.create(name="Svepets förvaltning")
    users = User.objects.bulk_create(User(email=f"svep{n}@scale.example", name=f"Svep {n}") for n in range(USERS))
    rows = [
        Boende(forvaltning=forvaltning, name=f"Svepboende {n}", slug=f"svep-{n}", akutnummer="+46313900610")
        for n in range(boenden)
    ]
    Boende.objects.bulk_create(rows, batch_size=CHUNK)
    held = [
        Assignment(user=users[n % USERS], role=Role.PERSONAL, boende=boende, starts_on=today - timedelta(days=1))
        for n, boende in enumerate(rows)
    ]
    Assignment.objects.bulk_create(held, batch_size=CHUNK)
    ArshjulActivity.objects.bulk_create([scheduled(boende, today) for boende in rows], batch_size=CHUNK)
    with connection.cursor() as cursor:
        cursor.execute(LATER, [ACTIVITIES - 1])


def scheduled(boende: Boende, today: Any) -> ArshjulActivity:
    """The activity that is to be told of today."""
    activity = ArshjulActivity(boende=boende, title="Aktivitet", due_on=today + timedelta(days=30), role=Role.PERSONAL)
    schedule(activity, chief_after=14, forvaltning_after=30, today=today)
    return activity


def timed(work: Callable[[], Any]) -> tuple[float, int, Any]:
    """Seconds, queries, and what came of it."""
    count = 0

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        begun = time.perf_counter()
        found = work()
        return time.perf_counter() - begun, count, found


def bare(today: Any) -> int:
    """The floor: what any sweep must at least do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [today])
        return cursor.rowcount


@action
def forget(*, by: Any) -> None:
    """Take away what the last measuring told."""
    Notice.objects.filter(what__in=["bare", "arshjul"]).delete()


def sweep_activities(boenden: int) -> dict[str, float]:
    """Seconds of the bare statement, of a sweep that tells as many, of an idle one; queries of both."""
    batches.wake_after_commit = lambda: None  # no broker is measured
    today = timezone.localdate()
    make_activities(boenden=boenden, by=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    bare(today)  # the first of each fills the caches
    with transaction.atomic():
        batches.post_batch(batch=BATCH, by=None, now=timezone.now())
        transaction.set_rollback(True)
    forget(by=None)
    floor, _queries, told = timed(lambda: bare(today))
    forget(by=None)
    took, queries, new = timed(lambda: batches.post_batch(batch=BATCH, by=None, now=timezone.now()))
    idle, idle_queries, none = timed(lambda: batches.post_batch(batch=BATCH, by=None, now=timezone.now()))
    if (told, new, none) != (boenden, boenden, 0):
        raise RuntimeError(f"told {told}, {new} and {none} of {boenden}")
    return {"bare": floor, "sweep": took, "idle": idle, "queries": queries, "idle queries": idle_queries}
