# SPDX-License-Identifier: EUPL-1.2
"""The form an incident is written with: one screen for what is needed now, the rest under "Mer"."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Actor, Boende
from incidents.forms.moments import DayField, MomentsForm
from incidents.models import Incident
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right, roles_with
from platssamverkan.ground.days import not_past
from platssamverkan.ground.forms import RecordForm

Done, Place = Incident.Done, Incident.Place
YES_NO = [("", gettext_lazy("Vet inte än")), ("True", gettext_lazy("Ja")), ("False", gettext_lazy("Nej"))]
FEW = 4  # so many boenden are shown as buttons, more as a list


def staff_of(boende: Boende, stored: Incident | None = None) -> Any:
    """Those who may write in the boende's incidents today, and who was responsible before."""
    from boenden.models import Assignment

    held = Assignment.objects.current().filter(boende=boende, role__in=roles_with(Right.EDIT_INCIDENTS))
    working = Q(pk__in=held.values("user"), is_active=True)
    return User.objects.filter(working | Q(pk=stored.follow_up_by_id if stored else None)).order_by("name")


def actors_around(boende: Boende | None, stored: Incident | None = None) -> Any:
    """The actors that may be affected by what happens at the boende, and those already noted."""
    if boende is None:
        return Actor.objects.none()
    around = boende.neighbours.active().values("actor")
    noted = stored.affected_actors.values("pk") if stored else Actor.objects.none().values("pk")
    return Actor.objects.filter(Q(pk__in=around, archived_at__isnull=True) | Q(pk__in=noted)).order_by("name")


class IncidentForm(MomentsForm, RecordForm):
    """What happened, when, where, what was done; a new one asks which boende if there are several."""

    asks_about = ("internal_text", "handled", "headline", "place_text", "follow_up_note")
    more = ("severity", "affected_neighbourhood", "affected_actors", "done_by", "handled", "headline",
            "latitude", "longitude", "follow_up_on", "follow_up_by")  # fmt: skip

    done = forms.MultipleChoiceField(
        label=gettext_lazy("Vad gjorde ni?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    affected_neighbourhood = forms.TypedChoiceField(
        label=gettext_lazy("Påverkades grannskapet?"),
        choices=YES_NO,
        coerce={"True": True, "False": False}.get,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    follow_up_on = DayField(
        label=gettext_lazy("Följs upp senast"),
        required=False,
        help_text=gettext_lazy("Rör det barn blir det nästa vardag om du inte skriver något annat."),
    )

    class Meta:
        model = Incident
        fields = [
            "boende",
            "category",
            "internal_text",
            "place",
            "place_text",
            "done",
            "children",
            "severity",
            "affected_neighbourhood",
            "affected_actors",
            "done_by",
            "handled",
            "headline",
            "latitude",
            "longitude",
            "follow_up_on",
            "follow_up_by",
        ]
        localized_fields = ["latitude", "longitude"]  # 57,68 as well as 57.68
        widgets = {
            "category": forms.RadioSelect,
            "place": forms.RadioSelect,
            "severity": forms.RadioSelect,
            "affected_actors": forms.CheckboxSelectMultiple,
            "internal_text": forms.Textarea(attrs={"rows": 3}),
            "handled": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "category": gettext_lazy("Vad gäller det?"),
            "internal_text": gettext_lazy("Vad hände?"),
            "place": gettext_lazy("Var?"),
            "place_text": gettext_lazy("Vilken plats?"),
            "children": gettext_lazy("Ja, barn är berörda"),
            "severity": gettext_lazy("Hur allvarligt?"),
            "affected_actors": gettext_lazy("Berörda aktörer"),
            "done_by": gettext_lazy("Vem gjorde det?"),
            "handled": gettext_lazy("Hur hanterades det?"),
            "headline": gettext_lazy("Rubrik"),
            "latitude": gettext_lazy("Latitud"),
            "longitude": gettext_lazy("Longitud"),
            "follow_up_by": gettext_lazy("Vem följer upp?"),
        }
        help_texts = {
            "internal_text": gettext_lazy("Skriv vad som hände, inte vem. Inga namn, lägenheter eller personnummer."),
            "place_text": gettext_lazy("Till exempel: hållplatsen, gångvägen till förskolan."),
            "children": gettext_lazy("Då följs händelsen upp redan nästa vardag."),
            "handled": gettext_lazy("Syns i listan. Skriv vad ni gjorde och hur det gick."),
            "done_by": gettext_lazy("Rollen, inte namnet."),
        }
        error_messages = {
            "category": {"required": gettext_lazy("Välj vad det gäller.")},
            "internal_text": {"required": gettext_lazy("Skriv vad som hände.")},
            "boende": {"required": gettext_lazy("Välj vilket boende det gäller.")},
        }

    def __init__(self, *args: Any, boenden: list[Boende] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boenden = boenden or []
        stored = None if self.instance.is_new else self.instance
        self.ask_which_boende(stored)
        self.show_moments(stored and stored.happened_at, stored and stored.happened_until)
        self.fields["done"].choices = Done.choices  # type: ignore[attr-defined]
        for name in ("category", "place", "severity", "done_by"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0] != ""]
        boende = self.boende_in_question()
        self.fields["affected_actors"].queryset = actors_around(boende, stored)  # type: ignore[attr-defined]
        self.fields["follow_up_by"].queryset = (  # type: ignore[attr-defined]
            staff_of(boende, stored) if boende else User.objects.none()
        )
        if boende is None or not self.fields["affected_actors"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["affected_actors"]
        if boende is None:
            del self.fields["follow_up_by"]
        self.fields["place_text"].hide_optional = True  # type: ignore[attr-defined]

    def ask_which_boende(self, stored: Incident | None) -> None:
        """A new incident at the only boende, or the one to choose; a stored one stays where it is."""
        field: Any = self.fields["boende"]
        if stored or len(self.boenden) == 1:
            self.instance.boende = stored.boende if stored else self.boenden[0]
            del self.fields["boende"]
            return
        field.queryset = Boende.objects.filter(pk__in=[boende.pk for boende in self.boenden]).order_by("name")
        field.empty_label = None if len(self.boenden) <= FEW else _("Välj boende")
        if len(self.boenden) <= FEW:
            field.widget = forms.RadioSelect(choices=field.choices)

    def boende_in_question(self) -> Boende | None:
        """The boende whose actors and staff can be chosen: the sent one, the only one, or the one it was opened for."""
        if "boende" not in self.fields:
            return self.instance.boende
        asked = str(self["boende"].value() or "")
        return next((boende for boende in self.boenden if str(boende.pk) == asked), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = self.moments(cleaned)
        if start:
            self.instance.happened_at, self.instance.happened_until = start, end
        if cleaned.get("place") == Place.AT_BOENDE:
            cleaned["place_text"] = ""
        return cleaned

    def clean_follow_up_on(self) -> Any:
        """Nothing is promised for a day that has been."""
        return not_past(self.cleaned_data["follow_up_on"], stored=self.initial.get("follow_up_on"))

    def clean_longitude(self) -> float | None:
        """Both or none, told at the second."""
        longitude: float | None = self.cleaned_data.get("longitude")
        if (longitude is None) != (self.cleaned_data.get("latitude") is None) and "latitude" not in self.errors:
            raise ValidationError(_("Skriv både latitud och longitud, eller ingen av dem."))
        return longitude

    @property
    def opens_more(self) -> bool:
        """Whether "Mer" stands open: something in it is to be mended."""
        return any(name in self.errors for name in self.more)

    def more_fields(self) -> list[Any]:
        """The fields under "Mer"."""
        return [self[name] for name in self.more if name in self.fields]
