# SPDX-License-Identifier: EUPL-1.2
"""The lägesbild of some boenden, read: its panels, its places on a map, its period in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.crime.panels import crime_panels
from platssamverkan.ground.maps import Map, Mark
from platssamverkan.look.words import day_year, number
from platssamverkan.reports.forms import PictureForm
from platssamverkan.start.picture import AT_BOENDE, CountedPlace, PicturePanel, Scope, panels_for, places_for


class Picture:
    """What a page or a PDF shows. The boenden have come through their gate."""

    def __init__(self, user: Any, boenden: Sequence[Any], asked: Any) -> None:
        self.form = PictureForm(asked)
        self.boenden = tuple(boenden)
        self.scope = Scope(user, self.boenden, self.form.first, self.form.last, self.form.place)
        self.form.offer_places(self.place_choices)

    @cached_property
    def panels(self) -> list[PicturePanel]:
        """Every source's."""
        return panels_for(self.scope)

    @cached_property
    def all_places(self) -> list[CountedPlace]:
        """Every place of the period, whichever is chosen."""
        return places_for(replace(self.scope, place=""))

    @property
    def place_choices(self) -> list[tuple[str, str]]:
        """(value, name) of the filter: at the boende, then the others, the most first."""
        elsewhere: dict[str, str] = {}
        for place in self.all_places:
            if not place.is_boende:
                elsewhere.setdefault(place.key, place.name)
        return [(AT_BOENDE, _("Vid boendet")), *((name, name) for name in elsewhere.values())]

    @cached_property
    def places(self) -> list[tuple[CountedPlace, str, int]]:
        """(place, counts in words, all together), the same place once and each kind of thing there summed."""
        found: dict[str, list[CountedPlace]] = {}
        for place in self.all_places:
            if self.scope.place.lower() in ("", AT_BOENDE if place.is_boende else place.key):
                found.setdefault(place.key, []).append(place)
        rows = []
        for counted in found.values():
            sums: Counter[tuple[Any, Any]] = Counter()
            for place in counted:
                sums[place.one, place.many] += place.number
            words = ", ".join(f"{number(count)} {one if count == 1 else many}" for (one, many), count in sums.items())
            at = next((place for place in counted if place.latitude is not None), counted[0])
            rows.append((at, words, sums.total()))
        return rows

    @property
    def map(self) -> Map:
        """The places drawn, and the equal list."""
        marks = [
            Mark(
                key=f"plats-{place_number}",
                label=place.name,
                category=_("platser"),
                icon="house-door" if place.is_boende else "geo-alt",
                about=words,
                latitude=place.latitude,
                longitude=place.longitude,
                is_main=place.is_boende,
                count=count,
            )
            for place_number, (place, words, count) in enumerate(self.places, start=1)
        ]
        centre = (self.boenden[0].latitude, self.boenden[0].longitude)
        return Map(marks, label=_("Karta över platser där något har hänt eller setts"), centre=centre)

    @property
    def period(self) -> str:
        """ "1 jan. 2026–31 okt. 2026"."""
        return f"{day_year(self.scope.first)}–{day_year(self.scope.last)}"

    @property
    def taken(self) -> str:
        """When it was put together."""
        return day_year(timezone.localdate())

    @property
    def place_name(self) -> str:
        """The chosen place in words; nothing where there is none."""
        return dict(self.place_choices).get(self.scope.place, self.scope.place) if self.scope.place else ""


def public_crime(user: Any, boenden: Iterable[Any]) -> list[PicturePanel]:
    """Anmälda brott around a forum's boenden: public figures, so its members read them, without links to the staff's.

    No other panel is for them: what a boende has written down they have as released tables.
    """
    today = timezone.localdate()
    panels = crime_panels(Scope(user, tuple(boenden), today, today))
    return [replace(panel, url="", link="") for panel in panels]
