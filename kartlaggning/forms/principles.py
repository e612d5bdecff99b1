# SPDX-License-Identifier: EUPL-1.2
"""Forms of the self-review and of talks about the neighbourhood."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import past_day_please
from kartlaggning.models import Briefing, PrincipleReview
from platssamverkan.ground.forms import RecordForm


class PrincipleReviewForm(RecordForm):
    """What we do, what we shall try."""

    asks_about = ("we_do", "we_try")

    class Meta:
        model = PrincipleReview
        fields = ["we_do", "we_try", "reviewed_on"]
        help_texts = {"we_try": _("En sak räcker. Skriv gärna vem som börjar, och när.")}

    def clean_reviewed_on(self) -> Any:
        """Refuse a day that has not been."""
        day = self.cleaned_data["reviewed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return day


class BriefingForm(RecordForm):
    """When and where people talked, about what, and how many they were."""

    asks_about = ("text",)

    class Meta:
        model = Briefing
        fields = ["held_on", "where", "principle", "text", "staff_count", "brukare_count"]
        help_texts = {
            "principle": _("Lämna tomt om ni pratade om flera."),
            "text": _("Till exempel: hur vi svarar när en granne ringer. Inga namn på dem som bor här."),
            "brukare_count": _("Bara antalet, aldrig vem."),
        }
        widgets = {"where": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = Briefing.Where.choices  # type: ignore[attr-defined]
