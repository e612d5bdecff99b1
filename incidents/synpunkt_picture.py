# SPDX-License-Identifier: EUPL-1.2
"""What synpunkter add to the lägesbild: how many, of what kind, how quickly they were answered, and from where."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.models import Synpunkt
from incidents.picture import counted_by, month_bars, read_in, trend
from platssamverkan.accounts.roles import Right
from platssamverkan.look.plots import RowBars, Series
from platssamverkan.look.words import number
from platssamverkan.start import picture
from platssamverkan.start.picture import AT_BOENDE, Monthly, PicturePanel, PlaceSource, ReleaseSource, Scope, counted_at

INBOX = gettext_lazy("boendets synpunkter")


def register() -> None:
    """Called once when Django starts."""
    picture.panel_providers.append(panels)
    picture.place_sources.append(PlaceSource(gettext_lazy("synpunkt"), gettext_lazy("synpunkter"), places))
    picture.release_sources.append(
        ReleaseSource(
            key="synpunkter",
            label=gettext_lazy("Synpunkter"),
            unit=gettext_lazy("synpunkt"),
            source=INBOX,
            parts=lambda: [(key, capfirst(label)) for key, label in Synpunkt.Kind.choices],
            count=count_synpunkter,
        )
    )


def synpunkter_in(scope: Scope) -> Any:
    """The synpunkter of the picture, at its place, of any time."""
    rows = Synpunkt.objects.active().filter(boende__in=read_in(scope, Right.READ_SYNPUNKTER)).order_by()
    if scope.place == AT_BOENDE:
        return rows.none()  # a synpunkt says where in words only
    return scope.at_place(rows)


def panels(scope: Scope) -> Iterator[PicturePanel]:
    """How many a month, of what kind, and how many were answered in time. One query."""
    monthly = scope.by_month(with_state(synpunkter_in(scope)), "received_at", by="kind_and_state")
    url = reverse("incidents:synpunkt_list")
    if len(scope.boenden) == 1:
        url = reverse("incidents:synpunkt_list_boende", args=[scope.boenden[0].slug])
    yield PicturePanel(
        key="synpunkter",
        heading=_("Synpunkter"),
        unit=_("synpunkt"),
        source=INBOX,
        figure=monthly.total,
        before=monthly.total_before,
        sentence=trend(monthly, scope.month_labels),
        plots=(month_bars(scope, monthly, _("Synpunkter per månad"), "synpunkter"), kinds(monthly)),
        notes=(
            in_time(monthly),
            _("Antalet följer också hur känd den publika sidan är."),
        ),
        url=url,
        link=_("Visa synpunkterna"),
        order=35,
    )


def kinds(monthly: Monthly) -> RowBars:
    """Worry, complaint, question and praise, now and a year earlier."""
    lines = [(str(label).capitalize(), *of_kind(monthly, key)) for key, label in Synpunkt.Kind.choices]
    return RowBars(
        title=_("Synpunkter efter slag"),
        labels=[line[0] for line in lines],
        series=(
            Series(_("perioden"), [line[1] for line in lines]),
            Series(_("samma tid året före"), [line[2] for line in lines]),
        ),
        key="synpunkter-slag",
        label_heading=_("Slag"),
    )


def with_state(rows: Any) -> Any:
    """Each with its kind and whether it was answered by its day: "oro:good", "oro:late", "oro:" for one not due yet."""
    is_late = Q(answered_on__gt=F("answer_by")) | Q(status__in=Synpunkt.WAITING, answer_by__lt=timezone.localdate())
    in_time = Case(When(answered_on__lte=F("answer_by"), then=Value("good")), When(is_late, then=Value("late")))
    state = Concat("kind", Value(":"), Coalesce(in_time, Value("")))
    return rows.annotate(answered_on=TruncDate("answered_at")).annotate(kind_and_state=state)


def of_kind(monthly: Monthly, kind: str) -> tuple[int, int]:
    """How many of a kind, now and a year earlier."""
    counts = [count for key, count in monthly.parts.items() if key.startswith(f"{kind}:")]
    return sum(count[0] for count in counts), sum(count[1] for count in counts)


def in_time(monthly: Monthly) -> str:
    """How many of those that are answered, or late, were answered by their day."""
    good, late = (
        sum(count[0] for key, count in monthly.parts.items() if key.endswith(f":{state}")) for state in ("good", "late")
    )
    if not good + late:
        return _("Ingen av dem har kommit till sin dag för svar ännu.")
    return _("Besvarade i tid: %(good)s av %(of)s.") % {"good": number(good), "of": number(good + late)}


def places(scope: Scope) -> Any:
    """Where synpunkter are about."""
    return counted_at(synpunkter_in(scope).filter(scope.within("received_at")))


def count_synpunkter(boende: Any, first: date, last: date) -> dict[str, int]:
    """How many of each kind; the caller has passed the boende's gate. Wishes of a husmöte are not the neighbours'."""
    rows = Synpunkt.objects.active().filter(boende=boende)
    return counted_by(rows.exclude(channel=Synpunkt.Channel.HUSMOTE), "kind", "received_at", first, last)
