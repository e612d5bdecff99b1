# SPDX-License-Identifier: EUPL-1.2
"""Forms of the keys: a new one, and a later last day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, Forvaltning
from incidents.forms.moments import DayField
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.reports.api.models import LONGEST, ApiKey

ENDS_HELP = _("Högst ett år framåt. Du får en påminnelse en månad innan.")


def usual_end() -> Any:
    """As long as a key can open, less a day so that it can still be sent tomorrow."""
    return timezone.localdate() + LONGEST - timedelta(days=1)


class ApiKeyForm(RecordForm):
    """Which system, what for, what it reaches, until when."""

    name = forms.CharField(
        label=_("Vilket system?"),
        max_length=120,
        help_text=_("Till exempel: Stadens datalager. Skriv systemets namn, inte en persons."),
    )
    reaches = forms.ChoiceField(label=_("Vad ska nyckeln nå?"))
    ends_on = DayField(label=_("Gäller till och med"), help_text=ENDS_HELP)

    class Meta:
        model = ApiKey
        fields = ["purpose", "ends_on"]
        labels = {"purpose": _("Vad ska uppgifterna användas till?")}
        help_texts = {"purpose": _("Till exempel: nyckeltal i stadens ledningsrapport. Det antecknas i loggen.")}

    field_order = ("name", "purpose", "reaches", "ends_on")

    def __init__(
        self, *args: Any, forvaltningar: Sequence[Forvaltning], boenden: Sequence[Boende], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scopes: dict[str, Any] = {str(scope.pk): scope for scope in (*forvaltningar, *boenden)}
        whole = [(str(found.pk), _("Hela %(name)s") % {"name": found.name}) for found in forvaltningar]
        one = [(str(found.pk), found.name) for found in boenden]
        self.fields["reaches"].choices = [*whole, (_("Bara ett boende"), one)]  # type: ignore[attr-defined]
        self.fields["ends_on"].initial = usual_end

    @property
    def scope(self) -> dict[str, Any]:
        """The förvaltning or the boende that was chosen."""
        found = self.scopes[self.cleaned_data["reaches"]]
        is_boende = isinstance(found, Boende)
        return {"boende": found if is_boende else None, "forvaltning": None if is_boende else found}


class RenewForm(GuardedForm):
    """Until when the new key opens."""

    ends_on = DayField(label=_("Den nya nyckeln gäller till och med"), help_text=ENDS_HELP)
    seen = forms.IntegerField(widget=forms.HiddenInput)
