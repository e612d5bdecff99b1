# SPDX-License-Identifier: EUPL-1.2
"""Forms of the levels' steps and of networks."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import past_day_please
from boenden.rights import people_with
from kartlaggning.forms.once import OnceForm
from kartlaggning.models import LevelStep, Network
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import RecordForm


class ResponsibleForm(RecordForm):
    """A form whose `responsible` is one of those who work at the boende, or the one who stands there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = people_with(Right.EDIT_KARTLAGGNING, self.instance.boende)
        people = User.objects.filter(Q(pk__in=there.values("pk")) | Q(pk=self.instance.responsible_id))
        self.fields["responsible"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("Ingen särskild")  # type: ignore[attr-defined]

    def day_that_has_been(self, name: str) -> Any:
        """The day of a field. Raises ValidationError for one to come."""
        day = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return day


class LevelStepForm(ResponsibleForm):
    """When a step was taken, by whom, and where one can see it."""

    asks_about = ("note",)

    evidence_url = forms.URLField(
        label=_("Länk till underlaget"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Till exempel ett protokoll eller listan över det som ska lagas."),
    )

    class Meta:
        model = LevelStep
        fields = ["done_on", "responsible", "evidence_url", "note"]
        help_texts = {"note": _("Skriv om arbetet, aldrig om någon som bor här.")}

    def clean_done_on(self) -> Any:
        """Refuse a day that has not been."""
        return self.day_that_has_been("done_on")


class NetworkForm(ResponsibleForm, OnceForm):
    """A network that the boende is in."""

    asks_about = ("name", "perspective")

    evidence_url = forms.URLField(
        label=_("Nätverkets sida"), max_length=500, required=False, assume_scheme="https"
    )  # fmt: skip

    class Meta:
        model = Network
        fields = ["name", "joined_on", "left_on", "responsible", "evidence_url", "perspective"]
        help_texts = {
            "name": _("Till exempel: BID Gamlestaden."),
            "perspective": _("Skriv om gruppen, aldrig om en person."),
        }

    def clean_joined_on(self) -> Any:
        """Refuse a day that has not been."""
        return self.day_that_has_been("joined_on")

    def clean_left_on(self) -> Any:
        """Refuse a day that has not been."""
        return self.day_that_has_been("left_on")
