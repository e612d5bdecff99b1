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
from platssamverkan.ground.collation import swedish_key
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


def forvaltning_filter(**kwargs: Any) -> django_filters.ChoiceFilter:
    """Which förvaltning; `offer_forvaltningar` gives it its choices."""
    return django_filters.ChoiceFilter(label=_("Förvaltning"), empty_label=_("Alla"), **kwargs)


def offer(filterset: Any, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Make something a choice; where there is but one, nobody is asked.

    Whoever comes with another in her address is told that there is none: else she would read all for what she asked.
    """
    asked = filterset.data.get(name)
    if len(choices) > 1 or (asked and asked not in dict(choices)):
        filterset.filters[name].extra["choices"] = choices
    else:
        del filterset.filters[name]


def offer_forvaltningar(filterset: Any, boenden: Sequence[Boende]) -> None:
    """The förvaltningar of the boenden."""
    names = {str(boende.forvaltning_id): boende.forvaltning.name for boende in boenden}
    offer(filterset, "forvaltning", sorted(names.items(), key=lambda line: swedish_key(line[1])))


def offer_boenden(filterset: Any, boenden: Sequence[Boende]) -> None:
    """The boenden."""
    offer(filterset, "boende", [(boende.slug, boende.name) for boende in boenden])


def asked_for(boenden: Sequence[Boende], data: Any) -> Sequence[Boende]:
    """Those of the boenden that an address names by förvaltning and slug; none where the two disagree.

    A name that is none of theirs is left to the form, which says so.
    """
    forvaltning, slug = data.get("forvaltning"), data.get("boende")
    if forvaltning in {str(boende.forvaltning_id) for boende in boenden}:
        within = [boende for boende in boenden if str(boende.forvaltning_id) == forvaltning]
    else:
        within = list(boenden)
    if slug in {boende.slug for boende in boenden}:
        return [boende for boende in within if boende.slug == slug]
    return within


class IncidentFilter(django_filters.FilterSet):
    """What the list shows of the incidents at some boenden, which have come through their gate."""

    q = search_box()
    fran = DayFilter(label=_("Från och med"), method="since")
    till = DayFilter(label=_("Till och med"), method="until")
    kategori = choice(_("Vad det gäller"), Incident.Category.choices, field_name="category")
    allvar = choice(_("Hur allvarligt"), Incident.Severity.choices, field_name="severity", lookup_expr="exact")
    status = choice(_("Status"), Incident.Status.choices)
    forumtext = choice(_("Forumtext"), [("slappt", _("släppt")), ("ej", _("inte släppt"))], method="is_released")
    forvaltning = forvaltning_filter(method="leave")
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
        self.boenden = asked_for(boenden, data)
        self.staffed = [boende for boende in self.boenden if Right.EDIT_INCIDENTS in rights_at(user, boende)]
        super().__init__(data or None, queryset=Incident.objects.active().at(self.boenden))
        offer_forvaltningar(self, boenden)
        offer_boenden(self, boenden)

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
