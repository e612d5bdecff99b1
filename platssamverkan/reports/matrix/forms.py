# SPDX-License-Identifier: EUPL-1.2
"""What the implementation report can be narrowed to. It lives in the address, and the file follows it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from platssamverkan.reports.figures.addresses import with_query
from platssamverkan.reports.figures.forms import NOT_THAT_FORVALTNING, forvaltningar_of
from platssamverkan.reports.matrix.cells import COLUMNS
from platssamverkan.reports.matrix.report import BY_NAME, LATE_FIRST, MOST_LEFT


class MatrixForm(forms.Form):
    """Förvaltning, status, and whether something is left. Where something cannot be read, no boende is shown."""

    forvaltning = forms.ChoiceField(label=_("Förvaltning"), required=False, error_messages=NOT_THAT_FORVALTNING)
    status = forms.ChoiceField(
        label=_("Boendets status"),
        required=False,
        choices=[("", _("Alla")), *Boende.Status.choices],
        error_messages={"invalid_choice": _("Välj en status i listan.")},
    )
    kvar = forms.BooleanField(label=_("Bara de som har något kvar"), required=False)
    klart = forms.ChoiceField(
        label=_("Öppna boenden som är klara med"),
        required=False,
        choices=[("", _("Alla")), *((column.key, column.label) for column in COLUMNS)],
        error_messages={"invalid_choice": _("Välj ett steg i listan.")},
    )
    ordning = forms.ChoiceField(
        label=_("Ordning"),
        required=False,
        choices=[(LATE_FIRST, _("Försenat först")), (MOST_LEFT, _("Mest kvar först")), (BY_NAME, _("Namn"))],
        initial=LATE_FIRST,
        error_messages={"invalid_choice": _("Välj en ordning i listan.")},
    )

    def __init__(self, data: Any, *, boenden: Sequence[Boende]) -> None:
        super().__init__(data or None)
        self.boenden = boenden
        choices = forvaltningar_of(boenden)
        if len(choices) > 1 or self.data.get("forvaltning", "") not in ("", *(key for key, _name in choices)):
            self.fields["forvaltning"].choices = [("", _("Alla")), *choices]  # type: ignore[attr-defined]
        else:  # nothing to choose; what is not hers to read is told
            del self.fields["forvaltning"]
        self.is_wrong = self.is_bound and not self.is_valid()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was said and understood."""
        return getattr(self, "cleaned_data", {})

    @property
    def narrowed(self) -> list[Boende]:
        """The boenden that it leaves; none while something is wrong."""
        if self.is_wrong:
            return []
        forvaltning, status = self.chosen.get("forvaltning"), self.chosen.get("status")
        return [
            boende
            for boende in self.boenden
            if (not forvaltning or str(boende.forvaltning_id) == forvaltning)
            and (not status or boende.status == status)
        ]

    @property
    def only_left(self) -> bool:
        """Whether those with nothing left are passed by."""
        return bool(self.chosen.get("kvar"))

    @property
    def order(self) -> str:
        """How they are sorted."""
        return self.chosen.get("ordning") or LATE_FIRST

    @property
    def done(self) -> str:
        """The step that is to have been taken; "" for all."""
        return self.chosen.get("klart") or ""

    def done_url(self, key: str) -> str:
        """The page with the boenden behind a sum: those that have taken a step, of the same förvaltning and status."""
        same = {name: self.chosen[name] for name in ("forvaltning", "status") if self.chosen.get(name)}
        return with_query(reverse("reports:implementation"), {**same, "klart": key})

    @property
    def words(self) -> str:
        """What was chosen, for the paper; "" where everything is there."""
        said = []
        for name in ("forvaltning", "status", "klart"):
            if value := self.chosen.get(name):
                choices = self.fields[name].choices  # type: ignore[attr-defined]
                word = str(dict(choices)[value])
                said.append(_("klara med %(step)s") % {"step": word.lower()} if name == "klart" else word)
        if self.only_left:
            said.append(str(self.fields["kvar"].label).lower())
        return ", ".join(said)
