# SPDX-License-Identifier: EUPL-1.2
"""Forms of a round: its year, its area, its tools, and why it is sent back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kartlaggning.forms.once import OnceForm
from kartlaggning.models import Kartlaggning, StepChange, ToolCheck
from platssamverkan.ground.forms import RecordForm


class RoundForm(OnceForm):
    """Which year it is."""

    class Meta:
        model = Kartlaggning
        fields = ["year"]


class AreaForm(RecordForm):
    """The area as a circle or by its edge; all of it can be written without a map."""

    sections = [
        ("", ["area"]),
        (_("Om det är en cirkel"), ["latitude", "longitude", "radius_m"]),
        (_("Om området har egna gränser"), ["polygon"]),
        (_("Om området"), ["area_note"]),
    ]

    class Meta:
        model = Kartlaggning
        fields = ["area", "latitude", "longitude", "radius_m", "polygon", "area_note"]
        widgets = {"area": forms.RadioSelect}
        help_texts = {
            "radius_m": _("Till exempel 500."),
            "polygon": _("En punkt på varje rad: latitud, longitud. Till exempel 57.6809, 12.0121."),
            "area_note": _("Vilka gator och platser hör till, och varför."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.choices = [("", _("inte bestämt ännu")), *Kartlaggning.Area.choices]
        area.one_column = True
        boende = self.instance.boende
        if self.instance.latitude is None and boende.latitude is not None:  # the boende itself is the likely middle
            self.initial["latitude"], self.initial["longitude"] = boende.latitude, boende.longitude


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


class SendBackForm(RecordForm):
    """What has to be done again."""

    class Meta:
        model = StepChange
        fields = ["comment"]
        labels = {"comment": _("Vad behöver göras om?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
