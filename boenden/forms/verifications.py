# SPDX-License-Identifier: EUPL-1.2
"""Forms of verification: what a contact person writes behind her link, and why someone is kept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import RemovalProposal
from boenden.models.actors import VERIFIED_DAYS
from platssamverkan.ground.forms import GuardedForm, RecordForm


class ObjectionForm(GuardedForm):
    """Why she does not want to be kept; she need not say."""

    text = forms.CharField(
        label=_("Vill du säga varför?"),
        required=False,
        max_length=2000,
        help_text=_("Du behöver inte skriva något."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class KeepForm(RecordForm):
    """Until when and why a person is kept."""

    class Meta:
        model = RemovalProposal
        fields = ["kept_why", "kept_until"]
        labels = {"kept_why": _("Varför ska uppgifterna vara kvar?"), "kept_until": _("Pröva igen senast")}
        help_texts = {
            "kept_why": _("Till exempel: har bekräftat på telefon, eller: är kvar tills årsmötet har valt."),
            "kept_until": _("Den dagen frågar vi igen. Högst ett år bort."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_why"].required = self.fields["kept_until"].required = True

    def clean_kept_until(self) -> date:
        """A day to come, within a year: nobody is kept for ever by a press."""
        day: date = self.cleaned_data["kept_until"]
        today = timezone.localdate()
        if not today < day <= today + timedelta(days=VERIFIED_DAYS):
            raise ValidationError(_("Skriv en dag som kommer, högst ett år bort."))
        return day
