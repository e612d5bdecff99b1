# SPDX-License-Identifier: EUPL-1.2
"""The small forms of an incident's later steps: follow-up and forum text."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incidents.forms.incident import staff_of
from incidents.forms.moments import DayField
from incidents.models import Incident
from platssamverkan.ground.days import not_past
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.workdays import next_workday


class FollowUpForm(RecordForm):
    """By when it is followed up, by whom, and how that went."""

    asks_about = ("follow_up_note",)
    follow_up_on = DayField(
        label=_("Följs upp senast"), error_messages={"required": _("Skriv vilken dag händelsen ska följas upp.")}
    )

    class Meta:
        model = Incident
        fields = ["follow_up_on", "follow_up_by", "follow_up_note"]
        labels = {"follow_up_by": _("Vem följer upp?"), "follow_up_note": _("Vad ska följas upp, och hur gick det?")}
        help_texts = {"follow_up_note": _("Läses av boendets personal och förvaltningschefen.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follow_up_by"].queryset = staff_of(self.instance.boende, self.instance)  # type: ignore[attr-defined]
        if not self.instance.follow_up_on:
            self.initial["follow_up_on"] = next_workday()

    def clean_follow_up_on(self) -> Any:
        """Nothing is promised for a day that has been; one that was late already may stay."""
        return not_past(self.cleaned_data["follow_up_on"], stored=self.instance.follow_up_on)


class ForumTextForm(RecordForm):
    """What outsiders may read when it has been released: what happened, and how it was handled."""

    asks_about = ("forum_what", "forum_handled")

    class Meta:
        model = Incident
        fields = ["forum_what", "forum_handled"]
        labels = {"forum_what": _("Vad hände?"), "forum_handled": _("Hur hanterades det?")}
        help_texts = {
            "forum_what": _("Kort och sakligt. Skriv så att ingen som bor här kan pekas ut, inte heller av en granne."),
            "forum_handled": _("Vad boendet gjorde, och vad som händer nu. Krävs innan texten kan släppas."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # a draft may lack one; the release may not
            field.hide_optional = True  # type: ignore[attr-defined]
