# SPDX-License-Identifier: EUPL-1.2
"""Forms of the overview: whose figures and which period; and what bevakning costs in a year."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from kartlaggning.forms.once import OnceForm
from platssamverkan.ground.collation import swedish_key
from platssamverkan.look.money import WholeField
from platssamverkan.reports.figures.models import FIRST_YEAR, LAST_YEAR, Bevakningskostnad
from platssamverkan.reports.forms import PeriodForm

NOT_THAT_FORVALTNING = {"invalid_choice": _("Förvaltningen finns inte bland dem du läser. Välj en annan, eller alla.")}
NOT_THAT_BOENDE = {"invalid_choice": _("Boendet finns inte bland dem du läser. Välj ett annat, eller alla.")}


def forvaltningar_of(boenden: Sequence[Boende]) -> list[tuple[str, str]]:
    """The förvaltningar of boenden as choices, in Swedish order."""
    names = {str(boende.forvaltning_id): boende.forvaltning.name for boende in boenden}
    return sorted(names.items(), key=lambda line: swedish_key(line[1]))


class OverviewForm(PeriodForm):
    """Förvaltning or boende, and period. What is not said is everything one reads, the year so far."""

    forvaltning = forms.ChoiceField(label=_("Förvaltning"), required=False, error_messages=NOT_THAT_FORVALTNING)
    boende = forms.ChoiceField(label=_("Boende"), required=False, error_messages=NOT_THAT_BOENDE)

    field_order = ("forvaltning", "boende", "fran", "till")

    def __init__(self, data: Any, boenden: Sequence[Boende]) -> None:
        super().__init__(data)
        self.all_boenden = boenden
        self.offer("forvaltning", _("Alla mina förvaltningar"), forvaltningar_of(boenden))
        self.offer("boende", _("Alla boenden"), [(boende.slug, boende.name) for boende in boenden])
        self.take_period()
        self.is_wrong = self.is_bound and not self.is_valid()

    def offer(self, name: str, everything: Any, choices: list[tuple[str, str]]) -> None:
        """Make a field a choice; where there is one only, it is not asked for, but an old address still holds.

        What is not one of them is told at the field, so then it is there to be seen.
        """
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]
        if len(choices) < 2 and self.data.get(name, "") in ("", *(key for key, _name in choices)):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A boende is of the förvaltning that was chosen."""
        cleaned = super().clean()
        slug, forvaltning = cleaned.get("boende"), cleaned.get("forvaltning")
        boende = next((boende for boende in self.all_boenden if boende.slug == slug), None)
        if boende and forvaltning and boende.forvaltning_id != UUID(forvaltning):
            self.add_error("boende", _("Boendet hör till en annan förvaltning. Välj ett annat, eller alla boenden."))
        return cleaned

    @property
    def boenden(self) -> tuple[Boende, ...]:
        """Those chosen; none while something is wrong: another's figures, or more of them, are no answer."""
        if self.is_wrong:
            return ()
        chosen = self.cleaned_data if self.is_bound else {}
        slug, forvaltning = chosen.get("boende"), chosen.get("forvaltning")
        return tuple(
            boende
            for boende in self.all_boenden
            if slug in (None, "", boende.slug) and forvaltning in (None, "", str(boende.forvaltning_id))
        )


class BevakningskostnadForm(OnceForm):
    """What bevakning of a boende cost in a year."""

    year = forms.IntegerField(
        label=_("År"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "invalid": _("Skriv ett år, till exempel 2026."),
            "min_value": _("Skriv ett år, till exempel 2026."),
            "max_value": _("Skriv ett år, till exempel 2026."),
        },
    )

    class Meta:
        model = Bevakningskostnad
        fields = ["boende", "year", "kronor", "about"]
        field_classes = {"kronor": WholeField}
        labels = {"kronor": _("Kostnad i kronor"), "about": _("Vad ingår?")}
        help_texts = {
            "kronor": _("Hela årets kostnad, utan moms. Pågår året: det som har kostat hittills."),
            "about": _("Till exempel: väktare, ronderingar och larm. Inga namn."),
        }

    def __init__(self, *args: Any, boenden: Sequence[Boende], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [boende.pk for boende in boenden]
        self.fields["boende"].queryset = Boende.objects.filter(pk__in=ids).order_by("name")  # type: ignore[attr-defined]
        self.fields["boende"].empty_label = None if len(ids) == 1 else _("Välj boende")  # type: ignore[attr-defined]


class YearsForm(forms.Form):
    """Which years, boende and förvaltning the list of costs shows; none where something in the address cannot be."""

    fran_ar = forms.IntegerField(label=_("Från och med år"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    till_ar = forms.IntegerField(label=_("Till och med år"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    boende = forms.ChoiceField(label=_("Boende"), required=False, error_messages=NOT_THAT_BOENDE)
    forvaltning = forms.ChoiceField(widget=forms.HiddenInput, required=False, error_messages=NOT_THAT_FORVALTNING)

    def __init__(self, data: Any, boenden: Sequence[Boende]) -> None:
        super().__init__(data or None)
        own = [(boende.slug, boende.name) for boende in boenden]
        self.fields["boende"].choices = [("", _("Alla")), *own]  # type: ignore[attr-defined]
        known = {str(boende.forvaltning_id) for boende in boenden}
        self.fields["forvaltning"].choices = [("", ""), *((pk, pk) for pk in known)]  # type: ignore[attr-defined]

    def narrow(self, rows: Any) -> Any:
        """The rows that were asked for."""
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return rows.none()
        fields = {"fran_ar": "year__gte", "till_ar": "year__lte", "boende": "boende__slug"}
        fields["forvaltning"] = "boende__forvaltning"
        asked = {lookup: self.cleaned_data.get(name) for name, lookup in fields.items()}
        return rows.filter(**{lookup: value for lookup, value in asked.items() if value})
