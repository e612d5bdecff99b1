# SPDX-License-Identifier: EUPL-1.2
"""When it happened: now, at another time, or "mellan … och …", on the clock here."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platssamverkan.look.words import clock

NOW, OTHER = "now", "other"
KEPT = timedelta(hours=24)  # how long a form may lie open and still mean the "Nu" that it shows
CLOCK_FORMATS = ["%H:%M", "%H.%M", "%H%M", "%H:%M:%S"]


class ClockField(forms.TimeField):
    """A time of day, written 22:41, 22.41 or 2241."""

    input_formats = CLOCK_FORMATS
    default_error_messages = {"invalid": gettext_lazy("Skriv ett klockslag, till exempel 22.40.")}


class DayField(forms.DateField):
    """A day, written 2026-11-23."""

    input_formats = ["%Y-%m-%d", "%Y%m%d"]
    default_error_messages = {"invalid": gettext_lazy("Skriv ett datum, till exempel 2026-11-23.")}


def moment_on(day: date, at: time) -> datetime:
    """The moment when the clock here shows a time; the first of the two on the night when an hour comes twice.

    Raises ValidationError for an hour that the clock leaps over, or a year that no calendar reaches.
    """
    moment = datetime.combine(day, at, tzinfo=timezone.get_current_timezone())
    try:
        there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    except OverflowError as error:
        raise ValidationError(_("Skriv ett datum, till exempel 2026-11-23.")) from error
    if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValidationError(_("Klockslaget finns inte: den natten ställdes klockan fram. Skriv ett annat."))
    return moment


class MomentsForm(forms.Form):
    """The fields for when, and what they say together: `happened_at` and `happened_until`."""

    when = forms.ChoiceField(label=gettext_lazy("När?"), widget=forms.RadioSelect, initial=NOW)
    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)
    day = DayField(label=gettext_lazy("Datum"), required=False)
    at = ClockField(label=gettext_lazy("Klockslag"), required=False)
    until = ClockField(label=gettext_lazy("Till, om det hände mellan två klockslag"), required=False)

    def show_moments(self, happened_at: datetime | None, happened_until: datetime | None) -> None:
        """Fill in the fields: from a stored incident, which has no "Nu", or for a new one."""
        now = timezone.localtime()
        self.fields["when"].choices = [  # type: ignore[attr-defined]
            (NOW, _("Nu, %(clock)s") % {"clock": clock(self.opened() or now)}),
            (OTHER, _("En annan tid")),
        ]
        self.fields["opened_at"].initial = now.isoformat()
        self.fields["day"].initial, self.fields["at"].initial = now.date(), None
        for name in ("day", "at"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        if happened_at:
            start = timezone.localtime(happened_at)
            del self.fields["when"], self.fields["opened_at"]
            self.fields["day"].initial, self.fields["at"].initial = start.date(), start.time()
            if happened_until:
                self.fields["until"].initial = timezone.localtime(happened_until).time()

    def opened(self) -> datetime | None:
        """When the form that is now sent was opened, if that was not long ago."""
        try:
            opened = datetime.fromisoformat(self.data.get(self.add_prefix("opened_at"), ""))
        except (TypeError, ValueError):
            return None
        if timezone.is_naive(opened) or not timedelta(0) <= timezone.now() - opened <= KEPT:
            return None
        return timezone.localtime(opened)

    def moments(self, cleaned: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
        """When it happened, from and until; errors are put at their fields. (None, None) if it cannot be told."""
        if cleaned.get("when") == NOW:
            return self.opened() or timezone.now(), None
        for name, message in (
            ("day", _("Skriv vilken dag det hände.")),
            ("at", _("Skriv ungefär när det hände, till exempel 22.40.")),
        ):
            if name in self.cleaned_data and not cleaned.get(name):
                self.add_error(name, message)
        day, at, until = cleaned.get("day"), cleaned.get("at"), cleaned.get("until")
        start = self.moment("at", day, at)
        if start is None:
            return None, None
        if until and at and day and until < at and day < date.max:
            day += timedelta(days=1)  # "mellan 23.30 och 00.30"
        return start, self.moment("until", day, until) if until else None

    def moment(self, name: str, day: date | None, at: time | None) -> datetime | None:
        """A moment that has been, or None with an error at its field."""
        if day is None or at is None:
            return None
        try:
            moment = moment_on(day, at)
        except ValidationError as error:
            self.add_error(name, error)
            return None
        if moment > timezone.now():
            is_day = name == "at" and day > timezone.localdate()
            text = (
                _("Skriv ett datum som har varit, till exempel %(day)s.")
                if is_day
                else _("Klockan är inte så mycket än.")
            )
            self.add_error("day" if is_day else name, text % {"day": timezone.localdate()} if is_day else text)
            return None
        return moment
