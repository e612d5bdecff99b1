# SPDX-License-Identifier: EUPL-1.2
"""Forms of functions, ways and the analysis."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from boenden.maps import show_surroundings
from boenden.models import Actor, Boende
from kartlaggning.forms.once import OnceForm
from kartlaggning.models import Adjustment, Analys, Function, Route
from platssamverkan.ground.forms import RecordForm


def actors_around(boende: Boende, chosen: Any = None) -> Any:
    """The actors that are tied to the boende, by name, and the one that stands there already."""
    tied = Q(pk__in=boende.neighbours.in_use().values("actor"))
    return Actor.objects.filter(tied | Q(pk=chosen)).order_by("name", "pk")


class FunctionForm(OnceForm):
    """What it is and how much it matters."""

    asks_about = ("name", "note")

    class Meta:
        model = Function
        fields = ["name", "actor", "importance", "use", "note"]
        widgets = {"importance": forms.RadioSelect, "use": forms.RadioSelect}
        help_texts = {
            "name": _("Till exempel: mataffär, hållplats, bänken i solen."),
            "actor": _("Om den som driver den är en aktör runt boendet."),
            "note": _("Vad brukarna gör där. Skriv om gruppen, aldrig om en person."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor: Any = self.fields["actor"]
        actor.queryset = actors_around(self.instance.kartlaggning.boende, self.instance.actor_id)
        actor.empty_label = _("Ingen aktör")
        self.fields["importance"].choices = Function.IMPORTANCE  # type: ignore[attr-defined]
        self.fields["use"].choices = Function.Use.choices  # type: ignore[attr-defined]


class RouteForm(RecordForm):
    """Where it leads and how it goes."""

    asks_about = ("name", "note")

    class Meta:
        model = Route
        fields = ["function", "name", "line", "note"]
        help_texts = {
            "name": _("Om det finns flera: till exempel genom parken."),
            "line": _("Rita på kartan, eller skriv en punkt på varje rad: 57.6809, 12.0121."),
            "note": _("Skriv inte vem som går eller när."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Function.objects.filter(kartlaggning=self.instance.kartlaggning)
        self.fields["function"].queryset = here.ranked()  # type: ignore[attr-defined]
        show_surroundings(self.fields["line"].widget, self.instance.kartlaggning.boende)


class AnalysForm(RecordForm):
    """The five answers, and how near counts as passed."""

    asks_about = Analys.QUESTIONS

    class Meta:
        model = Analys
        fields = [*Analys.QUESTIONS, "distance_m"]


class AdjustmentForm(OnceForm):
    """Which actor, where to, and why."""

    asks_about = ("reason",)

    class Meta:
        model = Adjustment
        fields = ["actor", "place", "reason"]
        help_texts = {"reason": _("Till exempel: förskolans barn leker vid hållplatsen varje dag.")}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor: Any = self.fields["actor"]
        actor.queryset = actors_around(self.instance.analys.kartlaggning.boende)

    def clean_place(self) -> int:
        """A place that the list has."""
        place: int = self.cleaned_data["place"]
        number = self.fields["actor"].queryset.count()  # type: ignore[attr-defined]
        if place > max(number, 1):
            said = ngettext("Listan har %(n)s plats.", "Listan har %(n)s platser.", number)
            raise forms.ValidationError(said % {"n": number}, code="place")
        return place
