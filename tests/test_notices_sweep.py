# SPDX-License-Identifier: EUPL-1.2
"""The sweep: what is due is told once, on its day in Stockholm (faults.md, cases 6 and 7)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import Due, providers, register_provider
from platssamverkan.notices.sweeping import sweep
from platssamverkan.notices.tasks import sweep_for_due

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    """No provider or sender but the test's own."""
    monkeypatch.setattr("platssamverkan.notices.sweeping.providers", providers)
    monkeypatch.setattr("platssamverkan.notices.sweeping.senders", {})
    monkeypatch.setattr("platssamverkan.notices.sweeping.batches", {})
    saved = dict(providers)
    providers.clear()
    yield
    providers.clear()
    providers.update(saved)


def a_due(user, day, **values):
    """A follow-up due on a day."""
    defaults = {
        "what": "contact.follow_up",
        "occasion": f"samtal {day}",
        "subject": "Ring",
        "text": "I dag.",
        "due_on": day,
    }
    return Due(**(defaults | {"user": user} | values))


def provide(*dues):
    """Register a provider of these."""
    register_provider("test", lambda now: iter(dues))


def test_what_is_due_is_told_once(cast):
    today = timezone.localdate()
    provide(a_due(cast["personal"], today), a_due(cast["enhetschef"], today))
    assert sweep_for_due() == 2
    assert sweep() == 0
    assert Notice.objects.filter(status=Notice.Status.WAITING, is_late=False).count() == 2


def test_what_is_due_tomorrow_waits(cast):
    now = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)  # 23.59 in Stockholm
    provide(a_due(cast["personal"], date(2026, 11, 23)))
    assert sweep(now) == 0
    assert sweep(now + timedelta(minutes=1)) == 1
    assert not Notice.objects.get().is_late


@pytest.mark.parametrize("night", [date(2026, 10, 25), date(2027, 3, 28)])
def test_each_day_is_told_once_on_its_day_when_the_clock_changes(cast, night):
    days = [night + timedelta(days=n) for n in range(-2, 3)]
    provide(*[a_due(cast["personal"], day) for day in days])
    hour = datetime.combine(days[0], datetime.min.time(), tzinfo=STOCKHOLM).astimezone(UTC)
    while hour.astimezone(STOCKHOLM).date() <= days[-1]:
        sweep(hour)
        hour += timedelta(hours=1)
    told = list(Notice.objects.order_by("due_on").values_list("due_on", "created_at", "is_late"))
    assert [due_on for due_on, _, _ in told] == days
    for due_on, created_at, is_late in told:
        local = created_at.astimezone(STOCKHOLM)
        assert (local.date(), local.hour, is_late) == (due_on, 0, False)


def test_after_ten_days_stop_there_is_one_catch_up_marked_late(cast):
    start = datetime(2026, 10, 20, 6, tzinfo=UTC)

    def weekly_and_daily(now):
        today = timezone.localdate(now)
        first = date(2026, 10, 1)
        for n in range((today - first).days + 1):
            yield a_due(cast["personal"], first + timedelta(days=n), series="rond")
        yield a_due(cast["personal"], date(2026, 10, 25), occasion="samtal", what="contact.follow_up_once")

    register_provider("test", weekly_and_daily)
    sweep(start)
    before = set(Notice.objects.values_list("pk", flat=True))
    sweep(start + timedelta(days=10))
    caught_up = Notice.objects.exclude(pk__in=before)
    assert sorted(caught_up.values_list("what", "due_on", "is_late")) == [
        ("contact.follow_up", date(2026, 10, 30), False),
        ("contact.follow_up_once", date(2026, 10, 25), True),
    ]
    assert sweep(start + timedelta(days=10, hours=1)) == 0


def test_a_ladder_of_reminders_tells_its_latest_step_only(cast):
    steps = [a_due(cast["personal"], date(2026, 3, day), series="avtal 1", what=f"step_{day}") for day in (1, 2, 3)]
    provide(*reversed(steps))
    sweep(datetime(2026, 3, 10, tzinfo=UTC))
    notice = Notice.objects.get()
    assert (notice.due_on, notice.is_late) == (date(2026, 3, 3), True)


def test_an_address_without_an_account_is_told_too(db):
    today = timezone.localdate()
    provide(a_due(None, today, email="Lena@Example.org"))
    assert sweep() == 1
    assert sweep() == 0
    assert Notice.objects.get().email == "lena@example.org"


def test_a_provider_that_fails_does_not_stop_the_next(cast, caplog):
    def fail(now):
        raise RuntimeError("HEMLIG")

    register_provider("broken", fail)
    register_provider("whole", lambda now: [a_due(cast["personal"], timezone.localdate(now))])
    assert sweep() == 1
    assert "provider failed" in caplog.text
    assert "HEMLIG" not in caplog.text


def test_a_text_with_a_personal_number_does_not_stop_the_others(cast, caplog):
    today = timezone.localdate()
    provide(
        a_due(cast["personal"], today, text="Det gällde 19121212-1212."),
        a_due(cast["enhetschef"], today),
    )
    assert sweep() == 1
    assert Notice.objects.get().user == cast["enhetschef"]
    assert "notice refused" in caplog.text
    assert "1212" not in caplog.text


@pytest.mark.parametrize("count", [1, 300])
def test_an_idle_sweep_takes_two_queries_and_a_provider_without_anything_none(
    cast, count, django_assert_max_num_queries
):
    today = timezone.localdate()
    provide(*[a_due(cast["personal"], today, occasion=str(n)) for n in range(count)])
    register_provider("nothing", lambda now: [])
    assert sweep() == count
    with django_assert_max_num_queries(2):
        assert sweep() == 0


def test_a_sender_that_fails_stops_no_other(cast, monkeypatch):
    def fails(now):
        raise RuntimeError

    monkeypatch.setattr("platssamverkan.notices.sweeping.senders", {"fails": fails, "sends": lambda now: 2})
    assert sweep() == 2
