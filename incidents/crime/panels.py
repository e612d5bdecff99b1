# SPDX-License-Identifier: EUPL-1.2
"""What crime statistics add to the lägesbild and to a forum's figures: published figures, which anyone may read."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from incidents.crime.series import CrimeSeries
from incidents.models import CrimeChoice, CrimeFigure
from platssamverkan.start.picture import PicturePanel, Scope


def crime_panels(scope: Scope) -> Iterator[PicturePanel]:
    """Anmälda brott in the areas of the boenden that have chosen one; beside the rest, never mixed with it."""
    chosen = CrimeChoice.objects.active().filter(boende__in=scope.boenden).select_related("own", "comparison")
    boenden = {boende.pk: boende for boende in scope.boenden}
    by_area: dict[Any, CrimeChoice] = {}
    for choice in chosen.order_by("boende__name", "pk"):
        choice.boende = boenden[choice.boende_id]
        by_area.setdefault(choice.own_id, choice)
    if not by_area:
        return
    areas = {area for choice in by_area.values() for area in (choice.own_id, choice.comparison_id)} - {None}
    figures = list(CrimeFigure.objects.active().filter(area__in=areas).select_related("imported"))
    for place, choice in enumerate(by_area.values()):
        series = CrimeSeries(choice, figures=figures, key=f"brott-{place}")
        if series.plots:
            yield crime_panel(choice, series, place)


def crime_panel(choice: CrimeChoice, series: CrimeSeries, place: int) -> PicturePanel:
    """One boende's area."""
    labels = series.plots[0].labels
    return PicturePanel(
        key=f"brott-{place}",
        heading=_("Anmälda brott, %(area)s") % {"area": choice.own},
        unit=_("anmälda brott, inte alla brott"),
        source=series.source,
        period=f"{labels[0]}–{labels[-1]}",
        sentence=" ".join(series.sentences),
        plots=tuple(series.plots),
        notes=(
            _("Gäller %(kind)s i hela området, inte bara runt boendet.") % {"kind": series.kind},
            *series.gap_notes,
        ),
        url=reverse("incidents:crime_series", args=[choice.boende.slug]),
        link=_("Alla brottstyper"),
        order=80,
    )
