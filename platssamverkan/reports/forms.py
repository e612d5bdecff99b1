# SPDX-License-Identifier: EUPL-1.2
"""Forms of the lägesbild: its period and place, and the quarter to release."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.forms.moments import DayField
from platssamverkan.ground.days import FIRST_DAY, LAST_DAY
from platssamverkan.reports.quarters import Quarter, latest_over
from platssamverkan.start.picture import MOST_MONTHS

QUARTERS_SHOWN = 12
LONGEST_PLACE = 160


def usual_period(today: date) -> tuple[date, date]:
    """The year so far; in January the year before."""
    if today.month == 1:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return date(today.year, 1, 1), today


class PlaceField(forms.ChoiceField):
    """One of the places of the period. Another one is no mistake: nothing was there."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= LONGEST_PLACE


class PictureForm(forms.Form):
    """Period and place. What is not said is the year so far, everywhere."""

    fran = DayField(label=_("Från och med"), required=False)
    till = DayField(label=_("Till och med"), required=False)
    plats = PlaceField(label=_("Plats"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data or None)
        self.first, self.last = usual_period(timezone.localdate())
        self.place = ""
        if self.is_bound and self.is_valid():
            cleaned = self.cleaned_data
            today = timezone.localdate()
            self.last = cleaned["till"] or (max(today, cleaned["fran"]) if cleaned["fran"] else self.last)
            self.first = cleaned["fran"] or date(self.last.year, 1, 1)
            self.place = cleaned["plats"]

    def offer_places(self, places: list[tuple[str, str]]) -> None:
        """Make the place a choice among those where something was; the chosen one is always among them."""
        known = dict(places)
        if self.place and self.place not in known:
            known[self.place] = self.place
        self.fields["plats"].choices = [("", _("Alla platser")), *known.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A period from its first day to its last, no longer than can be drawn."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("fran"), cleaned.get("till")
        for name in ("fran", "till"):
            day = cleaned.get(name)
            if day and not FIRST_DAY.replace(year=2000) <= day < LAST_DAY.replace(year=2100):
                self.add_error(name, _("Skriv ett datum från 2000 och framåt."))
        if first and last and first > last:
            self.add_error("till", _("Sista dagen kan inte vara före den första."))
        elif first:
            end = last or timezone.localdate()
            if (end.year - first.year) * 12 + end.month - first.month >= MOST_MONTHS:
                self.add_error("fran", _("Välj en period på högst tre år."))
        return cleaned


class ReleaseForm(forms.Form):
    """The quarter to release, among those that are over and have something left to release."""

    quarter = forms.ChoiceField(label=_("Kvartal"))

    def __init__(self, *args: Any, released: set[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = [q for q in latest_over(timezone.localdate(), QUARTERS_SHOWN) if q not in released]
        self.fields["quarter"].choices = [(q.key, str(q).capitalize()) for q in self.quarters]  # type: ignore[attr-defined]

    def clean_quarter(self) -> Quarter:
        """The quarter itself."""
        return Quarter.read(self.cleaned_data["quarter"])
