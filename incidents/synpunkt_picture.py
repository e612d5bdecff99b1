# SPDX-License-Identifier: EUPL-1.2
"""What synpunkter add to the lägesbild: how many, of what kind, how quickly they were answered, and from where."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Avg, Count, F, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.models import Synpunkt
from incidents.picture import MOST_PLACES, month_bars, read_in, trend
from platssamverkan.accounts.roles import Right
from platssamverkan.look.plots import RowBars, Series
from platssamverkan.look.words import number
from platssamverkan.start import picture
from platssamverkan.start.picture import AT_BOENDE, CountedPlace, Monthly, PicturePanel, Scope

INBOX = gettext_lazy("boendets synpunkter")


def register() -> None:
    """Called once when Django starts."""
    picture.panel_providers.append(panels)
    picture.place_providers.append(places)


def synpunkter_in(scope: Scope) -> Any:
    """The synpunkter of the picture, at its place, of any time."""
    rows = Synpunkt.objects.active().filter(boende__in=read_in(scope, Right.READ_SYNPUNKTER)).order_by()
    if scope.place == AT_BOENDE:
        return rows.none()  # a synpunkt says where in words only
    return rows.filter(place_text=scope.place) if scope.place else rows


def panels(scope: Scope) -> Iterator[PicturePanel]:
    """How many a month, of what kind, and how many were answered in time. Two queries."""
    rows = synpunkter_in(scope)
    monthly = scope.by_month(rows, "received_at", by="kind")
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
            in_time(rows.filter(scope.within("received_at"))),
            _("Antalet följer också hur känd den publika sidan är."),
        ),
        url=url,
        link=_("Visa synpunkterna"),
        order=35,
    )


def kinds(monthly: Monthly) -> RowBars:
    """Worry, complaint, question and praise, now and a year earlier."""
    lines = [(str(label).capitalize(), *monthly.parts.get(key, (0, 0))) for key, label in Synpunkt.Kind.choices]
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


def in_time(rows: Any) -> str:
    """How many of those that are answered, or late, were answered by their day."""
    rows = rows.annotate(answered_on=TruncDate("answered_at"))
    is_answered = Q(answered_on__lte=F("answer_by"))
    is_late = Q(answered_on__gt=F("answer_by")) | Q(status__in=Synpunkt.WAITING, answer_by__lt=timezone.localdate())
    counts = rows.aggregate(good=Count("pk", filter=is_answered), late=Count("pk", filter=is_late))
    of = counts["good"] + counts["late"]
    if not of:
        return _("Ingen av dem har kommit till sin dag för svar ännu.")
    return _("Besvarade i tid: %(good)s av %(of)s.") % {"good": number(counts["good"]), "of": number(of)}


def places(scope: Scope) -> Iterator[CountedPlace]:
    """Where synpunkter are about, with how many there are."""
    rows = synpunkter_in(scope).filter(scope.within("received_at")).exclude(place_text="").values_list("place_text")
    counts = rows.annotate(number=Count("pk"), north=Avg("latitude"), east=Avg("longitude")).order_by("-number")
    for text, count, north, east in counts[:MOST_PLACES]:
        yield CountedPlace(text, _("synpunkt"), _("synpunkter"), count, north, east)
