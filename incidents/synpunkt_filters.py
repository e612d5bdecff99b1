# SPDX-License-Identifier: EUPL-1.2
"""The filters of the inbox: they live in the address."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from incidents.filters import TickFilter, choice, search_box
from incidents.models import Synpunkt
from platssamverkan.ground.search import matching

WAITING, LATE, ANSWERED, CLOSED = "vantar", "sena", "besvarade", "avslutade"


class SynpunktFilter(django_filters.FilterSet):
    """What the inbox shows of synpunkter that have come through their gate."""

    q = search_box()
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
    boende = django_filters.ChoiceFilter(label=_("Boende"), empty_label=_("Alla"), field_name="boende__slug")
    barn = TickFilter(label=_("Rör barn"), field_name="children")
    aterkommande = TickFilter(label=_("Återkommande"), field_name="is_recurring")

    class Meta:
        model = Synpunkt
        fields: list[str] = []

    def __init__(self, *args: Any, boenden: Sequence[Boende] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(boenden) > 1:
            self.filters["boende"].extra["choices"] = [(boende.slug, boende.name) for boende in boenden]
        else:
            del self.filters["boende"]

    def search(self, rows: Any, name: str, value: str) -> Any:
        """In what was said, the place, and the reference."""
        return matching(rows, value, *Synpunkt.SEARCHED)

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        """By how far it has come."""
        today = timezone.localdate()
        return {
            WAITING: rows.filter(status__in=Synpunkt.WAITING),
            LATE: rows.filter(status__in=Synpunkt.WAITING, answer_by__lt=today),
            ANSWERED: rows.filter(status=Synpunkt.Status.ANSWERED),
            CLOSED: rows.filter(status=Synpunkt.Status.CLOSED),
        }[value]
