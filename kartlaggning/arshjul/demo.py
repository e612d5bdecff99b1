# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's årshjul: each boende's year, with some done, some late and one put off. All made up."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kartlaggning.actions.arshjul import finish, postpone, save_own, set_aside
from kartlaggning.actions.arshjul_filling import fill_waiting
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.workdays import workday_on_or_before

# boende, activity, month and day of this year, how it went
DONE = [
    ("kalleback", "Årsrapport", (1, 30), "Inskickad. Grannarnas röster fick ett eget stycke i år."),
    ("kalleback", "Gå igenom behörigheterna", (3, 30), "Två vikarier avslutade."),
    ("kalleback", "Provring akutnumret", (2, 26), "Svar efter två signaler, klockan elva på kvällen."),
    ("alma", "Årsrapport", (1, 30), ""),
    ("alma", "Gå igenom behörigheterna", (6, 29), "Allt stämde."),
]
LATE_DAYS = [("kalleback", "Gå igenom de fem principerna", 9), ("alma", "Planera för vintern", 17)]
OWN = [
    ("kalleback", "Byt sand vid gångvägen", "Ring fastighetsägaren och fråga när de kör.", 12),
    ("alma", "Julgran på gården", "Låna stegen av bostadsrättsföreningen.", 20),
]


def make_arshjul(maker: Any) -> dict[str, int]:
    """Fill the years as the sweep does, then let people say something of them."""
    fill_waiting(timezone.now())
    for slug, title, (month, day_of_month), note in DONE:
        day = workday_on_or_before(date(maker.today.year, month, day_of_month))
        if day > maker.today:
            continue
        activity = earlier(maker, slug, title, day)
        finish(activity=activity, done_on=activity.due_on, note=note, by=maker.chief(slug))
    for slug, title, days in LATE_DAYS:
        earlier(maker, slug, title, workday_on_or_before(maker.days_ago(days)))
    say_something(maker)
    for slug, title, about, days in OWN:
        day = maker.today + timedelta(days=days)
        activity = ArshjulActivity(
            boende=maker.boenden[slug], title=title, about=about, due_on=day, role=Role.PERSONAL, lead_first=None
        )
        save_own(activity=activity, by=maker.chief(slug))
    return {"aktiviteter i årshjulet": ArshjulActivity.objects.count()}


def earlier(maker: Any, slug: str, title: str, due_on: date) -> ArshjulActivity:
    """An activity that stood in the year before the demonstration began."""
    activity = ArshjulActivity(boende=maker.boenden[slug], title=title, due_on=due_on, role=Role.ENHETSCHEF)
    return save_own(activity=activity, by=maker.chief(slug))


def say_something(maker: Any) -> None:
    """One put off, one that is not for the boende."""
    chief = maker.chief("kalleback")
    rows = ArshjulActivity.objects.open().filter(boende=maker.boenden["kalleback"], entry__isnull=False)
    rows = rows.filter(due_on__gt=maker.today).order_by("due_on", "title")
    review = rows.filter(entry__source="access_review").first()
    if review:
        day = review.due_on + timedelta(days=20)
        reason = "Vi väntar på listan från personalsystemet."
        postpone(activity=review, due_on=day, reason=reason, by=chief)
    talk = rows.filter(entry__source="husmote").first()
    if talk:
        reason = "Husmötet är inställt den här gången, lokalen målas om."
        set_aside(activity=talk, reason=reason, by=maker.users["personal"])
