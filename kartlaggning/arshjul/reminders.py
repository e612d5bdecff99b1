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
from platssamverkan.notices.batches import UuidText, day_words, sentence
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


def parts(today: date) -> dict[str, Any]:
    """What is filled in in a sentence."""
    return {"title": F("title"), "boende": F("boende__name"), "day": day_words("due_on", today)}


def open_at_work() -> QuerySet:
    """What is left to do at boenden that are not closed."""
    return ArshjulActivity.objects.open().filter(
        ~Q(boende__status=Boende.Status.AVSLUTAT), boende__archived_at__isnull=True
    )


def subjects() -> dict[bool, str]:
    """Of the letters to those responsible: before the last day has passed, and after."""
    return {False: _("Årshjulet: %(title)s, %(boende)s"), True: _("Försenat i årshjulet: %(title)s, %(boende)s")}


def texts() -> dict[bool, str]:
    """What those letters say."""
    soon = _("%(title)s på %(boende)s ska vara klart senast %(day)s. Öppna årshjulet och skriv när det är gjort.")
    late = _(
        "%(title)s på %(boende)s skulle ha varit klart %(day)s. Skriv att det är gjort, skjut upp det eller skriv "
        "varför det inte gäller."
    )
    return {False: soon, True: late}


def told_of(rows: QuerySet, through: str, day: Any) -> QuerySet:
    """The selection with what a notice needs, but for its kind, occasion and words."""
    return rows.annotate(
        notice_due_on=day,
        notice_user=F(f"{through}__user"),
        notice_digest=F(f"{through}__user__gets_digest"),
        notice_url=Concat(Value("/arshjul/"), UuidText("pk"), Value("/")),
    )


def occasion(turn: str) -> Concat:
    """The activity, its last day, and whose turn it was: told once for ever."""
    return Concat(UuidText("pk"), Value(":"), Cast("due_on", CharField()), Value(":"), Cast(turn, CharField()))


def to_those_responsible(rows: QuerySet, through: str, role: Any, today: date) -> QuerySet:
    """The reminders to the people of the role, at the boende or above it."""
    found = told_of(rows.filter(people(through, today, role=role)), through, reminder_day(today))
    is_late = {"due_on__lt": today}
    worded = {
        f"notice_{name}": Case(
            When(**is_late, then=sentence(words[True], **parts(today))),
            default=sentence(words[False], **parts(today)),
            output_field=CharField(),
        )
        for name, words in (("subject", subjects()), ("text", texts()))
    }
    return found.annotate(notice_what=Value("arshjul"), notice_occasion=occasion("next_reminder_on"), **worded)


def to_those_above(rows: QuerySet, through: str, role: Role, day: str, today: date) -> QuerySet:
    """What one who is not responsible hears when her day has come."""
    hear = rows.filter(people(through, today, role=role), **{f"{day}__lte": today}).exclude(role=role)
    text = _(
        "%(title)s på %(boende)s skulle ha varit klart %(day)s och är inte gjort. Hör med de ansvariga hur det går."
    )
    return told_of(hear, through, F(day)).annotate(
        notice_what=Value("arshjul_late"),
        notice_occasion=occasion(day),
        notice_subject=sentence(_("Länge försenat i årshjulet: %(title)s, %(boende)s"), **parts(today)),
        notice_text=sentence(text, **parts(today)),
    )


def reminders(now: datetime) -> list[QuerySet]:
    """Everything that is to be told today."""
    today = timezone.localdate(now)
    rows = open_at_work()
    due, above = rows.filter(next_reminder_on__lte=today), rows.filter(next_escalation_on__lte=today)
    return [
        to_those_responsible(due, STAFF, F("role"), today),
        # the role by its name: compared with a column, the planner expects millions of rows and prepares for them
        to_those_responsible(due.filter(role=Role.FORVALTNINGSCHEF), ABOVE, Role.FORVALTNINGSCHEF, today),
        to_those_above(above, STAFF, Role.ENHETSCHEF, "chief_on", today),
        to_those_above(above, ABOVE, Role.FORVALTNINGSCHEF, "forvaltning_on", today),
    ]


def is_due(now: datetime) -> bool:
    """Whether there is anything to tell today. One query, by two small indexes."""
    today = timezone.localdate(now)
    return ArshjulActivity.objects.open().filter(
        Q(next_reminder_on__lte=today) | Q(next_escalation_on__lte=today)
    ).exists()  # fmt: skip


def note_told(now: datetime) -> None:
    """Move what was told on to its next day: an idle sweep finds nothing in the index."""
    today = timezone.localdate(now)
    tomorrow = today + timedelta(days=1)
    ArshjulActivity.objects.open().filter(next_reminder_on__lt=tomorrow).update(next_reminder_on=next_day(today))
    following = Case(When(forvaltning_on__gt=today, then=F("forvaltning_on")), default=None, output_field=DateField())
    ArshjulActivity.objects.open().filter(next_escalation_on__lt=tomorrow).update(next_escalation_on=following)


BATCH = Batch(is_due=is_due, rows=reminders, told=note_told)
