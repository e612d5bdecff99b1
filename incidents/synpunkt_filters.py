# SPDX-License-Identifier: EUPL-1.2
"""The filters of the inbox: they live in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from incidents.filters import (
    DayFilter,
    TickFilter,
    choice,
    forvaltning_filter,
    offer_boenden,
    offer_forvaltningar,
    search_box,
)
from incidents.models import Synpunkt
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.ground.search import matching

WAITING, LATE, ANSWERED, CLOSED = "vantar", "sena", "besvarade", "avslutade"


class SynpunktFilter(django_filters.FilterSet):
    """What the inbox shows of synpunkter that have come through their gate."""

    q = search_box()
    fran = DayFilter(label=_("Kom in från och med"), method="since")
    till = DayFilter(label=_("Kom in till och med"), method="until")
    lage = choice(
        _("Läge"),
        [
            (WAITING, _("väntar på svar")),
            (LATE, _("försenade")),
            (ANSWERED, _("besvarade")),
            (CLOSED, _("avslutade")),
        ],
        method="in_state",
    )
    slag = choice(_("Slag"), Synpunkt.Kind.choices, field_name="kind")
    forvaltning = forvaltning_filter(field_name="boende__forvaltning")
    boende = django_filters.ChoiceFilter(label=_("Boende"), empty_label=_("Alla"), field_name="boende__slug")
    barn = TickFilter(label=_("Rör barn"), field_name="children")
    aterkommande = TickFilter(label=_("Återkommande"), field_name="is_recurring")

    class Meta:
        model = Synpunkt
        fields: list[str] = []

    def __init__(self, *args: Any, boenden: Sequence[Boende] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_forvaltningar(self, boenden)
        offer_boenden(self, boenden)

    def search(self, rows: Any, name: str, value: str) -> Any:
        """In what was said, the place, and the reference."""
        return matching(rows, value, *Synpunkt.SEARCHED)

    def since(self, rows: Any, name: str, value: date) -> Any:
        """From a day on, on the clock here."""
        return rows.filter(received_at__gte=midnight(value))

    def until(self, rows: Any, name: str, value: date) -> Any:
        """Through the whole of a day."""
        return rows.filter(received_at__lt=midnight_after(value))

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        """By how far it has come."""
        today = timezone.localdate()
        return {
            WAITING: rows.filter(status__in=Synpunkt.WAITING),
            LATE: rows.filter(status__in=Synpunkt.WAITING, answer_by__lt=today),
            ANSWERED: rows.filter(status=Synpunkt.Status.ANSWERED),
            CLOSED: rows.filter(status=Synpunkt.Status.CLOSED),
        }[value]
