# SPDX-License-Identifier: EUPL-1.2
"""The days of insatser: when one is to be followed up or done, on Min dag and in reminders.

They go to whoever is responsible and still works there; else, where she is outside the boende, has left, or nobody is
named, to the boende's enhetschef. Only the plan in force reminds, and only of what is not done, dropped or stopped.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Assignment, Boende
from boenden.rights import assignments_of
from incidents.registration import chiefs_by_boende
from kartlaggning.due_lines import COLUMNS
from kartlaggning.models import Insats, InsatsEvaluation, Plan
from platssamverkan.accounts.roles import Right, Role, roles_with
from platssamverkan.notices.providers import Due

FOLLOW_UP, DONE = "insats_follow_up", "insats_due"  # the kinds of days, and of letters
LATE_AFTER_DAYS = 3  # a second and last reminder


def with_days() -> QuerySet:
    """The insatser that somebody waits for, with `next_follow_up` and `has_responsible`."""
    told = InsatsEvaluation.objects.active().filter(Q(insats=OuterRef("pk")) | Q(insats=OuterRef("origin")))
    latest = told.order_by("-evaluated_on", "-created_at").values("verdict")[:1]
    writers = Assignment.objects.current().filter(
        role__in=roles_with(Right.EDIT_KARTLAGGNING), user__is_active=True, boende=OuterRef("plan__boende")
    )
    rows = Insats.objects.active().filter(
        ~Q(plan__boende__status=Boende.Status.AVSLUTAT),
        plan__status=Plan.Status.APPROVED,
        plan__archived_at__isnull=True,
        plan__boende__archived_at__isnull=True,
        status__in=Insats.AWAITED,
    )
    return rows.annotate(
        next_follow_up=Coalesce("follow_up_again_on", "follow_up_on"),
        is_followed_up=Exists(told.filter(evaluated_on__gte=OuterRef("next_follow_up"))),
        verdict=Coalesce(Subquery(latest), Value("")),
        has_responsible=Exists(writers.filter(user=OuterRef("responsible"))),
    ).exclude(verdict=InsatsEvaluation.Verdict.STOP)


def to_follow_up(rows: QuerySet, until: date) -> QuerySet:
    """Those that are to be followed up by a day, and have not been."""
    return rows.filter(next_follow_up__lte=until, is_followed_up=False)


def to_be_done(rows: QuerySet, until: date) -> QuerySet:
    """Those that are to be done by a day."""
    return rows.filter(due_on__lte=until, status__in=Insats.OPEN)


def lines(user: Any, until: date) -> list[QuerySet]:
    """What the user's Min dag says of insatser, in COLUMNS: selections to be asked together with the årshjul's."""
    led = [held.boende_id for held in assignments_of(user) if held.role == Role.ENHETSCHEF and held.boende_id]
    hers = Q(responsible=user, has_responsible=True) | Q(has_responsible=False, plan__boende__in=led)
    rows = with_days().filter(hers)
    return [
        columns(to_follow_up(rows, until), FOLLOW_UP, "next_follow_up", user),
        columns(to_be_done(rows, until), DONE, "due_on", user),
    ]


def columns(rows: QuerySet, kind: str, day: str, user: Any) -> QuerySet:
    """The selection as lines of Min dag."""
    mine = Case(When(responsible=user, then=Value(True)), default=Value(False), output_field=BooleanField())
    worded = {"kind": Value(kind, output_field=CharField()), "name": F("title"), "place": F("plan__boende__name")}
    return rows.order_by().annotate(**worded, day=F(day), mine=mine).values_list(*COLUMNS)


def line_title(kind: str, title: str) -> str:
    """What a line says."""
    words = _("Följ upp insatsen: %(title)s") if kind == FOLLOW_UP else _("Klar senast: %(title)s")
    return words % {"title": title}


def insatser_due(now: datetime) -> Iterator[Due]:
    """A reminder on the day of the follow-up and on the last day, one more of each when it is three days late."""
    today = timezone.localdate(now)
    follow_up = Q(next_follow_up__lte=today, is_followed_up=False)
    due = with_days().filter(follow_up | Q(due_on__lte=today, status__in=Insats.OPEN))
    chiefs = chiefs_by_boende()
    rows = due.select_related("plan__boende", "responsible").order_by("pk")
    for insats in rows.iterator(chunk_size=2000):
        for user in [insats.responsible] if insats.has_responsible else chiefs.get(insats.plan.boende_id, []):
            if insats.next_follow_up and insats.next_follow_up <= today and not insats.is_followed_up:
                yield from reminders(FOLLOW_UP, insats, insats.next_follow_up, user, today)
            if insats.due_on and insats.due_on <= today and insats.status in Insats.OPEN:
                yield from reminders(DONE, insats, insats.due_on, user, today)


def reminders(kind: str, insats: Insats, day: date, user: Any, today: date) -> Iterator[Due]:
    """The letters about one of its days to one person."""
    yield reminder(kind, insats, day, user, is_late=False)
    if day + timedelta(days=LATE_AFTER_DAYS) <= today:
        yield reminder(kind, insats, day, user, is_late=True)


def words_of(kind: str, *, is_late: bool) -> tuple[str, str]:
    """The subject and the text of a letter."""
    if kind == FOLLOW_UP:
        subject = _("Uppföljningen av en insats är försenad: %(insats)s, %(boende)s") if is_late else ""
        return (
            subject or _("Följ upp insatsen: %(insats)s, %(boende)s"),
            _("Insatsen %(insats)s vid %(boende)s ska följas upp. Skriv vilken effekt den fick, eller välj en ny dag."),
        )
    subject = _("En insats är försenad: %(insats)s, %(boende)s") if is_late else ""
    return (
        subject or _("Insatsen ska vara klar i dag: %(insats)s, %(boende)s"),
        _("Insatsen %(insats)s vid %(boende)s skulle vara klar. Skriv hur det går med den."),
    )


def reminder(kind: str, insats: Insats, day: date, user: Any, *, is_late: bool) -> Due:
    """One letter."""
    subject, text = words_of(kind, is_late=is_late)
    where = {"insats": insats.title, "boende": insats.plan.boende}
    return Due(
        what=f"{kind}_late" if is_late else kind,
        occasion=f"{insats.pk}:{day}",
        subject=subject % where,
        text=text % where,
        due_on=day + timedelta(days=LATE_AFTER_DAYS) if is_late else day,
        user=user,
        url=insats.get_absolute_url(),
        series=f"{kind}:{insats.pk}:{day}",
    )
