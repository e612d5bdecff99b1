# SPDX-License-Identifier: EUPL-1.2
"""Forms about a boende: made by the systemförvaltare, its facts kept by the enhetschef."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, Forvaltning, OpeningStep
from boenden.models.actors import past_day_please
from boenden.models.boende import RESERVED_SLUGS
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.geo_forms import PointInput

FACTS = [
    "name",
    "address",
    "omrade",
    "latitude",
    "longitude",
    "type",
    "regiform",
    "malgrupp",
    "places",
    "staffing",
    "opened_on",
    "akutnummer",
    "akutnummer_hours",
    "akutnummer_tested_on",
    "need",
    "public_description",
]


class BoendeFactsForm(RecordForm):
    """What the enhetschef keeps right."""

    sections = [
        ("", ["name", "forvaltning", "stadsomrade", "slug", "status"]),
        (_("Akutnummer"), ["akutnummer", "akutnummer_hours", "akutnummer_tested_on"]),
        (_("Boendet"), ["type", "regiform", "malgrupp", "places", "staffing", "opened_on", "need"]),
        (_("Platsen"), ["address", "omrade", "latitude", "longitude"]),
        (_("För allmänheten"), ["public_description"]),
    ]

    class Meta:
        model = Boende
        fields = FACTS
        localized_fields = ["latitude", "longitude"]
        widgets = {"longitude": PointInput}
        help_texts = {
            "latitude": _("Behövs för avstånden till aktörerna. Till exempel 57,6809."),
            "malgrupp": _("Beskriv gruppen, aldrig en person."),
            "public_description": _("Syns på boendets öppna sida."),
        }

    def clean_akutnummer_tested_on(self) -> Any:
        """Refuse a day that has not been."""
        tested = self.cleaned_data["akutnummer_tested_on"]
        if tested and "akutnummer_tested_on" in self.changed_data and tested > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return tested


class BoendeForm(BoendeFactsForm):
    """What only the systemförvaltare decides beside the facts: förvaltning and address on the web."""

    class Meta(BoendeFactsForm.Meta):
        fields = [*FACTS, "forvaltning", "stadsomrade", "slug"]
        help_texts = {
            **BoendeFactsForm.Meta.help_texts,
            "slug": _("Tomt: den görs av namnet. Små bokstäver a–z, siffror och bindestreck."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        for name in ("forvaltning", "stadsomrade"):
            self.fields[name].queryset = Forvaltning.objects.active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Make the address on the web out of the name where none is written."""
        cleaned = super().clean()
        if not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("name"):
            cleaned["slug"] = free_slug(cleaned["name"], self.instance)
            if not cleaned["slug"]:
                self.add_error("slug", _("Skriv en adress, till exempel ”ekbacken”: namnet har inga bokstäver a–ö."))
        return cleaned


class NewBoendeForm(BoendeForm):
    """A boende starts as planned or open."""

    class Meta(BoendeForm.Meta):
        fields = [*BoendeForm.Meta.fields, "status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(status.value, status.label) for status in (Boende.Status.PLANERAT, Boende.Status.OPPET)]
        self.fields["status"] = forms.ChoiceField(label=_("Status"), choices=choices, widget=forms.RadioSelect)


class OpeningStepForm(RecordForm):
    """When a step before the opening was done, and what there is to remember."""

    class Meta:
        model = OpeningStep
        fields = ["done_on", "note"]

    def clean_done_on(self) -> Any:
        """Refuse a day that has not been."""
        done = self.cleaned_data["done_on"]
        if done and done > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return done


def free_slug(name: str, boende: Boende) -> str:
    """The name as an address that no other boende has: "kalleback", "kalleback-2"."""
    slug = slugify(name)[:70].strip("-")
    taken = set(Boende.objects.filter(slug__startswith=slug).exclude(pk=boende.pk).values_list("slug", flat=True))
    taken |= set(RESERVED_SLUGS)
    if not slug or slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in range(2, len(taken) + 3) if f"{slug}-{number}" not in taken)
