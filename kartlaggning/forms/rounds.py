# SPDX-License-Identifier: EUPL-1.2
"""Forms of a round: its year, its area, its tools, and why it is sent back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.maps import show_surroundings
from boenden.models.actors import past_day_please
from kartlaggning.forms.once import OnceForm
from kartlaggning.models import Kartlaggning, StepChange, ToolCheck
from kartlaggning.steps import walk_please
from platssamverkan.ground.forms import SUBMISSION_FIELD, RecordForm


class RoundForm(OnceForm):
    """Which year it is: this one, the one before or the one to come."""

    class Meta:
        model = Kartlaggning
        fields = ["year"]

    def clean_year(self) -> int:
        """A year at hand: a kartläggning tells how it is, not how it was long ago."""
        year: int = self.cleaned_data["year"]
        now = timezone.localdate().year
        if not now - 1 <= year <= now + 1:
            said = gettext("Välj ett år från %(first)s till %(last)s.") % {"first": now - 1, "last": now + 1}
            raise forms.ValidationError(said, code="year")
        return year

    def clean(self) -> dict[str, Any]:
        """The round that a year has already is told with the way to it; the same form sent twice is no second one."""
        cleaned = super().clean()
        year: Any = cleaned.get("year")
        sent: Any = cleaned.get(SUBMISSION_FIELD)
        rows = Kartlaggning.objects.active().filter(boende=self.instance.boende_id, year=year).exclude(pk=sent)
        if taken := rows.first():
            words = gettext("Det finns redan en kartläggning för det året:")
            self.add_error("year", format_html('{} <a href="{}">{}</a>', words, taken.get_absolute_url(), taken))
        return cleaned


class PutAwayForm(RecordForm):
    """Nothing to fill in: the page asks once more."""

    class Meta:
        model = Kartlaggning
        fields: list[str] = []


class AreaForm(RecordForm):
    """The area as a circle or by its edge, written or drawn on a map."""

    asks_about = ("area_note",)

    class Meta:
        model = Kartlaggning
        fields = ["area", "area_note"]
        help_texts = {
            "area": _(
                "Rita på kartan eller skriv: en cirkel på en rad som 57.6809, 12.0121, 500 (latitud, longitud, meter), "
                "eller områdets hörn med en punkt på varje rad."
            ),
            "area_note": _("Vilka gator och platser hör till, och varför."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_surroundings(self.fields["area"].widget, self.instance.boende)


class ToolForm(RecordForm):
    """Whether a tool has been used, and what it gave."""

    asks_about = ("note",)

    class Meta:
        model = ToolCheck
        fields = ["done_on", "note"]
        widgets = {"done_on": forms.DateInput}
        help_texts = {
            "done_on": _("Tomt så länge det är kvar."),
            "note": _("Det viktigaste. Aktörerna skriver du in på sidan Aktörer."),
        }

    def clean_done_on(self) -> Any:
        """Refuse a day that has not been."""
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return day

    def clean(self) -> dict[str, Any]:
        """Promenader that nobody has walked are done only with a word of why."""
        cleaned = super().clean()
        if cleaned.get("done_on") and not cleaned.get("note", "").strip() and self.instance.lacks_walk():
            self.add_error("note", walk_please())
        return cleaned


class SendBackForm(RecordForm):
    """What has to be done again. `seen_step` is the step that the person saw."""

    asks_about = ("comment",)
    seen_step = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = StepChange
        fields = ["comment"]
        labels = {"comment": _("Vad behöver göras om?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
        self.initial["seen_step"] = self.instance.kartlaggning.step
