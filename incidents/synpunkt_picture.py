# SPDX-License-Identifier: EUPL-1.2
"""What synpunkter add to the lägesbild: what neighbours have said, beside what has happened."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from incidents.models import Synpunkt
from incidents.picture import month_bars, read_in, trend
from platssamverkan.accounts.roles import Right
from platssamverkan.look.plots import RowBars, Series
from platssamverkan.start import picture
from platssamverkan.start.picture import AT_BOENDE, PicturePanel, Scope


def register() -> None:
    """Called once when Django starts."""
    picture.panel_providers.append(synpunkt_panels)


def synpunkt_panels(scope: Scope) -> Iterator[PicturePanel]:
    """How many a month, and what they were: praise is counted for itself. One query."""
    rows = Synpunkt.objects.active().filter(boende__in=read_in(scope, Right.READ_SYNPUNKTER))
    if scope.place:
        rows = rows.none() if scope.place == AT_BOENDE else rows.filter(place_text=scope.place)
    monthly = scope.by_month(rows, "received_at", by="kind")
    lines = [(str(label), *monthly.parts.get(kind, (0, 0))) for kind, label in Synpunkt.Kind.choices]
    kinds = RowBars(
        title=_("Synpunkter efter slag"),
        labels=[line[0] for line in lines],
        series=(
            Series(_("perioden"), [line[1] for line in lines]),
            Series(_("samma tid året före"), [line[2] for line in lines]),
        ),
        key="synpunkter-slag",
        label_heading=_("Slag"),
    )
    url = reverse("incidents:synpunkt_list")
    if len(scope.boenden) == 1:
        url = reverse("incidents:synpunkt_list_boende", args=[scope.boenden[0].slug])
    yield PicturePanel(
        key="synpunkter",
        heading=_("Synpunkter"),
        unit=_("synpunkt"),
        source=_("boendets synpunkter"),
        figure=monthly.total,
        before=monthly.total_before,
        sentence=trend(monthly, scope.month_labels),
        plots=(month_bars(scope, monthly, _("Synpunkter per månad"), "synpunkter"), kinds),
        notes=(_("Antalet följer också hur känd den publika sidan är."),),
        url=url,
        link=_("Visa synpunkterna"),
        order=40,
    )
