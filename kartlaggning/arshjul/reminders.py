# SPDX-License-Identifier: EUPL-1.2
"""Reminders of the årshjul: to the people of the responsible role, then to those above. Set-based, for 15,000 boenden.

What a day tells: the latest of the reminders before and on the last day, and from a week late one each week. After a
stop there is one, not one for each that was missed. Those above hear once each, when their days have passed.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Boende
from boenden.models.assignments import in_force
from kartlaggning.arshjul.schedule import WEEK, latest_same_weekday
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.roles import Role
from platssamverkan.notices.batches import UuidText, sentence
from platssamverkan.notices.providers import Batch

STAFF, ABOVE = "boende__assignments", "boende__forvaltning__assignments"
WEEKDAYS = range(7)


def by_weekday(day_for: Callable[[int], date]) -> Case:
    """A day for each weekday that the last day can be; Django counts Sunday as 1."""
    cases = [When(due_on__week_day=(weekday + 1) % 7 + 1, then=Value(day_for(weekday))) for weekday in WEEKDAYS]
    return Case(*cases, output_field=DateField())


def reminder_day(today: date) -> Case:
    """The day of the latest reminder that is due."""
    return Case(
        When(late_on__lte=today, then=by_weekday(lambda weekday: latest_same_weekday(weekday, today))),
        When(last_on__lte=today, then=F("last_on")),
        When(second_on__lte=today, then=F("second_on")),
        default=F("first_on"),
        output_field=DateField(),
    )


def next_day(today: date) -> Case:
    """The day of the first reminder after today."""
    return Case(
        When(first_on__gt=today, then=F("first_on")),
        When(second_on__gt=today, then=F("second_on")),
        When(last_on__gt=today, then=F("last_on")),
        When(late_on__gt=today, then=F("late_on")),
        default=by_weekday(lambda weekday: latest_same_weekday(weekday, today) + WEEK),
        output_field=DateField(),
    )


def people(through: str, today: date, **role: Any) -> Q:
    """The condition that somebody holds a role there today, with an account that is open."""
    held = {f"{through}__{name}": value for name, value in role.items()}
    return in_force(today, prefix=f"{through}__") & Q(
        **held, **{f"{through}__archived_at__isnull": True, f"{through}__user__is_active": True}
    )


def open_at_work(today: date) -> QuerySet:
    """What is left to do at boenden that are not closed."""
    return ArshjulActivity.objects.open().filter(
        ~Q(boende__status=Boende.Status.AVSLUTAT), boende__archived_at__isnull=True
    )


def told_of(rows: QuerySet, through: str, what: str, day: Any, subject: str, text: str) -> QuerySet:
    """The selection with what a notice needs. The same activity, last day and day of telling is one occasion."""
    occasion = Concat(
        UuidText("pk"), Value(":"), Cast("due_on", CharField()), Value(":"), Cast("notice_due_on", CharField())
    )
    parts = {"title": F("title"), "boende": F("boende__name"), "day": F("due_on")}
    return rows.annotate(
        notice_due_on=day,
        notice_what=Value(what),
        notice_user=F(f"{through}__user"),
        notice_digest=F(f"{through}__user__gets_digest"),
    ).annotate(
        notice_occasion=occasion,
        notice_subject=sentence(subject, **parts),
        notice_text=sentence(text, **parts),
        notice_url=Concat(Value("/arshjul/"), UuidText("pk"), Value("/")),
    )


def words_of_reminders() -> list[tuple[str, str]]:
    """Subject and text: before the day, after it, and for those above."""
    return [
        (
            _("Årshjulet: %(title)s, %(boende)s"),
            _("%(title)s på %(boende)s ska vara klart senast %(day)s. Öppna årshjulet och skriv när det är gjort."),
        ),
        (
            _("Försenat i årshjulet: %(title)s, %(boende)s"),
            _(
                "%(title)s på %(boende)s skulle ha varit klart %(day)s. Skriv att det är gjort, skjut upp det "
                "eller skriv varför det inte gäller."
            ),
        ),
        (
            _("Länge försenat i årshjulet: %(title)s, %(boende)s"),
            _(
                "%(title)s på %(boende)s skulle ha varit klart %(day)s och är inte gjort. Hör med de ansvariga "
                "hur det går."
            ),
        ),
    ]


def reminders(now: datetime) -> list[QuerySet]:
    """Everything that is to be told today."""
    today = timezone.localdate(now)
    rows = open_at_work(today)
    due = rows.filter(next_reminder_on__lte=today)
    coming, late = due.filter(due_on__gte=today), due.filter(due_on__lt=today)
    above = rows.filter(next_escalation_on__lte=today)
    soon, past, told = words_of_reminders()
    found = []
    for selection, words in ((coming, soon), (late, past)):
        for through, role in ((STAFF, F("role")), (ABOVE, F("role"))):
            reached = selection.filter(people(through, today, role=role))
            found.append(told_of(reached, through, "arshjul", reminder_day(today), *words))
    chiefs = above.filter(people(STAFF, today, role=Role.ENHETSCHEF), chief_on__lte=today)
    chiefs = chiefs.exclude(role=Role.ENHETSCHEF)
    found.append(told_of(chiefs, STAFF, "arshjul_late", F("chief_on"), *told))
    managers = above.filter(people(ABOVE, today, role=Role.FORVALTNINGSCHEF), forvaltning_on__lte=today)
    managers = managers.exclude(role=Role.FORVALTNINGSCHEF)
    found.append(told_of(managers, ABOVE, "arshjul_late", F("forvaltning_on"), *told))
    return found


def note_told(now: datetime) -> None:
    """Move what was told on to its next day: an idle sweep finds nothing in the index."""
    today = timezone.localdate(now)
    tomorrow = today + timedelta(days=1)
    ArshjulActivity.objects.open().filter(next_reminder_on__lt=tomorrow).update(next_reminder_on=next_day(today))
    following = Case(When(forvaltning_on__gt=today, then=F("forvaltning_on")), default=None, output_field=DateField())
    ArshjulActivity.objects.open().filter(next_escalation_on__lt=tomorrow).update(next_escalation_on=following)


BATCH = Batch(rows=reminders, told=note_told)
