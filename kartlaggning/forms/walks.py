# SPDX-License-Identifier: EUPL-1.2
"""Forms of promenader and observations."""

import hashlib
from typing import Any

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.maps import show_surroundings
from kartlaggning.models import Observation, RepliplatsCheck, Walk
from platssamverkan.documents.photos import bare_photo
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.geo_forms import PointInput


class WalkForm(RecordForm):
    """When it is to be walked."""

    asks_about: tuple[str, ...] = ("route",)

    class Meta:
        model = Walk
        fields = ["planned_on", "time_of_day", "route"]
        widgets = {"time_of_day": forms.RadioSelect}
        help_texts = {"route": _("Till exempel: boendet, hållplatsen, parken och tillbaka.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_of_day"].choices = Walk.TimeOfDay.choices  # type: ignore[attr-defined]


class WalkedForm(WalkForm):
    """When it was walked in the end, by whom, and what it was like."""

    asks_about = ("walkers", "note")

    class Meta:
        model = Walk
        fields = ["walked_on", "time_of_day", "walkers", "note"]
        widgets = {"time_of_day": forms.RadioSelect}
        help_texts = {
            "walkers": _("Roller räcker: två ur personalen och en grannskapsvärd."),
            "note": _("Vilka rör sig här och hur känns platsen? Skriv om grupper, aldrig om en person."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("walked_on", "walkers"):
            self.fields[name].required = True
        if self.instance.walked_on is None:
            self.initial["walked_on"] = min(self.instance.planned_on, timezone.localdate())


class ObservationForm(RecordForm):
    """What was seen and where. The photo is made anew, so that nothing of the camera's comes along."""

    asks_about = ("text", "place_text")
    photo_file = forms.FileField(
        label=_("Foto"),
        required=False,
        help_text=_("JPEG, PNG eller WebP. Uppgifter om plats och kamera tas bort. Inga personer på bilden."),
    )
    sections = [
        ("", ["kind", "text", "seen_on"]),
        (_("Var?"), ["place_text", "latitude", "longitude"]),
    ]

    class Meta:
        model = Observation
        fields = ["kind", "text", "seen_on", "place_text", "latitude", "longitude"]
        localized_fields = ["latitude", "longitude"]
        help_texts = {
            "text": _("Skriv om platsen, aldrig så att någon kan pekas ut."),
            "place_text": _("Till exempel: gångvägen bakom hållplatsen."),
            "latitude": _("Punkten är frivillig om du har skrivit var."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "longitude": PointInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_surroundings(self.fields["longitude"].widget, self.instance.kartlaggning.boende)

    def clean_photo_file(self) -> bytes | None:
        """The bare picture, or None."""
        file: UploadedFile | None = self.cleaned_data.get("photo_file")
        return bare_photo(file) if file else None

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors and self.cleaned_data.get("photo_file"):
            self.ask_for_photo_again()

    def show_conflict(self, current: Any) -> None:
        """Both texts, and that the photo has to be chosen again."""
        super().show_conflict(current)
        self.differences = [row for row in self.differences if row.label != self.fields["photo_file"].label]
        if self.files:
            self.ask_for_photo_again()

    def ask_for_photo_again(self) -> None:
        """A browser sends a file once: say that it is not there in the form that comes back."""
        self.add_error("photo_file", _("Välj fotot igen. Det följer inte med när sidan visas på nytt."))

    def says_the_same_as(self, saved: Observation) -> bool:
        """The same words and the very same photo."""
        photo = self.cleaned_data.get("photo_file")
        digest = saved.photo.sha256 if saved.photo else ""
        is_same = digest == (hashlib.sha256(photo).hexdigest() if photo else "")
        return is_same and super().says_the_same_as(saved)


class RepliplatsForm(RecordForm):
    """Which of the eight points a place meets."""

    asks_about = ("note",)

    points = forms.MultipleChoiceField(
        label=_("Det här finns på platsen"),
        choices=RepliplatsCheck.Point.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = RepliplatsCheck
        fields = ["points", "note"]
        help_texts = {"note": _("Vad som behövs för att platsen ska fungera för alla.")}


class ObservationFilter(django_filters.FilterSet):
    """The observations of a round, narrowed."""

    kind = django_filters.ChoiceFilter(label=_("Slag"), choices=Observation.Kind.choices)
    reported = django_filters.ChoiceFilter(
        label=_("Felanmälan"), choices=[("ja", _("gjord")), ("nej", _("inte gjord"))], method="narrow"
    )

    class Meta:
        model = Observation
        fields: list[str] = []

    def narrow(self, rows: Any, name: str, answer: str) -> Any:
        """Those that have, or have not, been reported."""
        return rows.filter(felanmalan__isnull=answer == "nej")
