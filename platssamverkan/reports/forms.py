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


class PeriodForm(forms.Form):
    """From one day to another. What is not said is the year so far, and so is what cannot be read: that is told."""

    most_months: int | None = None

    fran = DayField(label=_("Från och med"), required=False)
    till = DayField(label=_("Till och med"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data or None)
        self.first, self.last = usual_period(timezone.localdate())

    def take_period(self) -> None:
        """The days that were asked for; whoever inherits from this calls it when its fields are whole."""
        if not self.is_bound or {"fran", "till"} & set(self.errors):
            return
        first, last = self.cleaned_data["fran"], self.cleaned_data["till"]
        self.last = last or (max(timezone.localdate(), first) if first else self.last)
        self.first = first or date(self.last.year, 1, 1)

    def clean(self) -> dict[str, Any]:
        """A period from its first day to its last, no longer than `most_months`."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("fran"), cleaned.get("till")
        for name in ("fran", "till"):
            day = cleaned.get(name)
            if day and not FIRST_DAY.replace(year=2000) <= day < LAST_DAY.replace(year=2100):
                self.add_error(name, _("Skriv ett datum från 2000 och framåt."))
        if first and last and first > last:
            self.add_error("till", _("Sista dagen kan inte vara före den första."))
        elif first and self.most_months:
            end = last or timezone.localdate()
            if (end.year - first.year) * 12 + end.month - first.month >= self.most_months:
                self.add_error("fran", _("Välj en period på högst tre år."))
        return cleaned


class PictureForm(PeriodForm):
    """Period and place; everywhere, where no place is said."""

    most_months = MOST_MONTHS

    plats = PlaceField(label=_("Plats"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.take_period()
        self.place = self.cleaned_data["plats"] if self.is_bound and self.is_valid() else ""

    def offer_places(self, places: list[tuple[str, str]]) -> None:
        """Make the place a choice among those where something was; the chosen one is always among them."""
        known = dict(places)
        if self.place and self.place not in known:
            known[self.place] = self.place
        self.fields["plats"].choices = [("", _("Alla platser")), *known.items()]  # type: ignore[attr-defined]


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
