# SPDX-License-Identifier: EUPL-1.2
"""The filters of the incident list: they live in the address, and the file taken out follows them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import rights_at
from incidents.forms.moments import DayField
from incidents.models import Incident
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.ground.keyset import Order

WHEN = (("happened_at", datetime), ("id", UUID))
NEWEST, OLDEST, MOST_SERIOUS = "nyast", "aldst", "allvarligast"
ORDERS = {
    NEWEST: Order(WHEN),
    OLDEST: Order(WHEN, is_descending=False),
    MOST_SERIOUS: Order((("severity", int), *WHEN)),
}


class DayFilter(django_filters.Filter):
    """A day, written 2026-11-23."""

    field_class = DayField


class TickFilter(django_filters.Filter):
    """Only those where something is so, when ticked."""

    field_class = forms.BooleanField

    def filter(self, qs: Any, value: bool) -> Any:
        return qs.filter(**{self.field_name: True}) if value else qs


def choice(label: Any, choices: Any, **kwargs: Any) -> django_filters.ChoiceFilter:
    """A list to choose from, or not."""
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("Alla"), **kwargs)


def search_box() -> django_filters.CharFilter:
    """The words to look for, given to the filter's `search`."""
    return django_filters.CharFilter(label=_("Sök"), method="search", max_length=200)


class IncidentFilter(django_filters.FilterSet):
    """What the list shows of the incidents at some boenden, which have come through their gate."""

    q = search_box()
    fran = DayFilter(label=_("Från och med"), method="since")
    till = DayFilter(label=_("Till och med"), method="until")
    kategori = choice(_("Vad det gäller"), Incident.Category.choices, field_name="category")
    allvar = choice(_("Hur allvarligt"), Incident.Severity.choices, field_name="severity", lookup_expr="exact")
    status = choice(_("Status"), Incident.Status.choices)
    forumtext = choice(_("Forumtext"), [("slappt", _("släppt")), ("ej", _("inte släppt"))], method="is_released")
    boende = django_filters.ChoiceFilter(label=_("Boende"), empty_label=_("Alla"), method="leave")
    barn = TickFilter(label=_("Rör barn"), field_name="children")
    grannskap = TickFilter(label=_("Grannskapet påverkades"), field_name="affected_neighbourhood")
    ordning = django_filters.ChoiceFilter(
        label=_("Ordning"),
        choices=[(NEWEST, _("Nyast först")), (OLDEST, _("Äldst först")), (MOST_SERIOUS, _("Allvarligast först"))],
        empty_label=None,
        initial=NEWEST,
        method="leave",
    )

    class Meta:
        model = Incident
        fields: list[str] = []

    def __init__(self, data: Any, *, user: Any, boenden: Sequence[Boende]) -> None:
        chosen = [boende for boende in boenden if boende.slug == data.get("boende")]
        self.boenden = chosen or boenden
        self.staffed = [boende for boende in self.boenden if Right.EDIT_INCIDENTS in rights_at(user, boende)]
        super().__init__(data or None, queryset=Incident.objects.active().at(self.boenden))
        if len(boenden) > 1:
            self.filters["boende"].extra["choices"] = [(boende.slug, boende.name) for boende in boenden]
        else:
            del self.filters["boende"]

    @property
    def order(self) -> Order:
        """The order asked for; the newest first where none is."""
        return ORDERS.get(self.data.get("ordning") or NEWEST, ORDERS[NEWEST])

    def search(self, rows: Any, name: str, value: str) -> Any:
        """Free text, in all that the user may search."""
        return rows.matching(value, self.staffed)

    def since(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        """From a day on, on the clock here."""
        return rows.filter(happened_at__gte=midnight(value))

    def until(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        """Through the whole of a day."""
        return rows.filter(happened_at__lt=midnight_after(value))

    def is_released(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """With a forum text that outsiders may read, or without."""
        return rows.filter(released_at__isnull=value == "ej")

    def leave(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Not a matter of which rows."""
        return rows
