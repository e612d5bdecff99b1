# SPDX-License-Identifier: EUPL-1.2
"""Forms of felanmälningar: what and where, that it is sent, that it is mended; and the filter of the list."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.maps import show_surroundings
from boenden.models import Actor, Boende
from boenden.models.actors import past_day_please
from incidents.filters import TickFilter, choice, forvaltning_filter, offer_boenden, offer_forvaltningar, search_box
from incidents.forms.moments import DayField
from incidents.models import Felanmalan
from platssamverkan.documents.photos import bare_photo
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.ground.geo_forms import PointInput
from platssamverkan.ground.search import matching


def offer_recipients(field: Any, boende: Any, chosen: Any = None) -> None:
    """Let one of the actors around the boende be chosen; the list says who cannot be mailed."""
    near = Actor.objects.active().filter(neighbours__boende=boende, neighbours__archived_at__isnull=True)
    field.queryset = (near | Actor.objects.filter(pk=chosen)).distinct().order_by("name")
    field.empty_label = _("Ingen än")
    field.label_from_instance = recipient_label


def recipient_label(actor: Actor) -> str:
    """Its name, and that it has no address if so."""
    return str(actor) if actor.email else gettext("%(actor)s (e-post saknas)") % {"actor": actor}


class FelanmalanForm(RecordForm):
    """What is to be mended, where, by whom, and how soon."""

    asks_about = ("what", "text", "place_text")  # all that the recipient is mailed
    photo_file = forms.FileField(
        label=_("Foto"),
        required=False,
        help_text=_("JPEG, PNG eller WebP. Uppgifter om plats och kamera tas bort. Inga personer på bilden."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    sections = [
        ("", ["what", "text", "photo_file"]),
        (_("Var?"), ["ground", "place_text", "latitude", "longitude"]),
        (_("Vem och när?"), ["recipient", "term", "priority"]),
    ]

    class Meta:
        model = Felanmalan
        fields = ["what", "text", "ground", "place_text", "latitude", "longitude", "recipient", "term", "priority"]
        localized_fields = ["latitude", "longitude"]
        help_texts = {
            "what": _("Till exempel: lampan på gångvägen är släckt."),
            "text": _("Skriv om platsen, aldrig så att någon kan pekas ut."),
            "recipient": _("Stadsfastigheter, stadsmiljö, fastighetsägaren. Mottagaren väljs bland era aktörer."),
        }
        widgets = {"longitude": PointInput(), "ground": forms.RadioSelect, "term": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boende = self.instance.boende
        show_surroundings(self.fields["longitude"].widget, boende)
        offer_recipients(self.fields["recipient"], boende, chosen=self.instance.recipient_id)
        self.fields["place_text"].required = True
        for name, choices in (("ground", Felanmalan.Ground.choices), ("term", Felanmalan.Term.choices)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """A chosen file cannot be shown again in a form that comes back: the field says so."""
        super().full_clean()
        if self.errors and self.files.get(self.add_prefix("photo_file")) and "photo_file" not in self.errors:
            self.add_error("photo_file", _("Välj fotot en gång till: webbläsaren har släppt det."))

    def clean_photo_file(self) -> list[bytes]:
        """The bare picture, if one was sent."""
        file = self.cleaned_data.get("photo_file")
        return [bare_photo(file)] if file else []


class PastDayForm(GuardedForm):
    """A day that has been."""

    day = DayField(label=_("Dag"), initial=timezone.localdate)

    def clean_day(self) -> Any:
        """Refuse a day to come."""
        if self.cleaned_data["day"] > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return self.cleaned_data["day"]


class SentForm(PastDayForm):
    """That it has been reported elsewhere, with the recipient's number for it."""

    asks_about = ("reference",)
    reference = forms.CharField(label=_("Mottagarens ärendenummer"), max_length=60, required=False)
    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FelanmalanFilter(django_filters.FilterSet):
    """What the list is narrowed to."""

    q = search_box()
    lage = choice(_("Läge"), Felanmalan.Status.choices, field_name="status")
    var = choice(_("Var det är"), Felanmalan.Ground.choices, field_name="ground")
    sikt = choice(_("Sikt"), Felanmalan.Term.choices, field_name="term")
    forvaltning = forvaltning_filter(field_name="boende__forvaltning")
    boende = django_filters.ChoiceFilter(label=_("Boende"), empty_label=_("Alla"), field_name="boende__slug")
    sena = TickFilter(label=_("Inte åtgärdad efter två veckor"), method="waited_long")

    class Meta:
        model = Felanmalan
        fields: list[str] = []

    def __init__(self, *args: Any, boenden: Sequence[Boende] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_forvaltningar(self, boenden)
        offer_boenden(self, boenden)

    def waited_long(self, rows: Any, name: str, value: bool) -> Any:
        """Sent so long ago that somebody should ask (Felanmalan.is_late)."""
        return rows.late() if value else rows

    def search(self, rows: Any, name: str, value: str) -> Any:
        """In what is to be mended, how it is described, where, and the recipient's number for it."""
        return matching(rows, value, *Felanmalan.SEARCHED)
