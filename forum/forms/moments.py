# SPDX-License-Identifier: EUPL-1.2
"""A meeting's date and its two times on the clock here, and what they say together."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.forms.moments import ClockField, DayField, moment_on

LONGEST = timedelta(hours=12)


def one_moment(day: date, at: time) -> datetime:
    """The one moment when the clock here shows a time. Raises ValidationError for an hour skipped or repeated.

    A meeting at 02.30 on such a night would mean different moments to different people (faults.md, case 20).
    """
    moment = moment_on(day, at)
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise ValidationError(_("Klockslaget kommer två gånger: den natten ställs klockan tillbaka. Välj ett annat."))
    return moment.astimezone(UTC)


class PeriodForm(forms.Form):
    """Date, start and end; `period` gives the two moments. An end before the start is on the next day."""

    day = DayField(label=gettext_lazy("Datum"))
    start = ClockField(label=gettext_lazy("Börjar"))
    end = ClockField(label=gettext_lazy("Slutar"), help_text=gettext_lazy("Efter midnatt räknas till nästa dag."))

    def show_period(self, starts_at: datetime, ends_at: datetime) -> None:
        """Fill in the fields."""
        start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
        self.initial.update(day=start.date(), start=start.time(), end=end.time())

    def period(self, cleaned: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
        """When it begins and ends; errors are put at their fields, and then there are none."""
        day, start, end = cleaned.get("day"), cleaned.get("start"), cleaned.get("end")
        if day is None or start is None or end is None:
            return None, None
        starts_at = self.moment("start", day, start)
        last_day = day + timedelta(days=1) if end <= start and day < date.max else day
        ends_at = self.moment("end", last_day, end)
        if starts_at and ends_at and ends_at - starts_at > LONGEST:
            self.add_error("end", _("Mötet blir längre än tolv timmar. Se över tiderna."))
            return None, None
        return (starts_at, ends_at) if starts_at and ends_at else (None, None)

    def moment(self, name: str, day: date, at: time) -> datetime | None:
        """The moment, or none with an error at its field."""
        try:
            return one_moment(day, at)
        except ValidationError as error:
            self.add_error(name, error)
            return None
