# SPDX-License-Identifier: EUPL-1.2
"""Forms of proposals to an agenda, and of wishes that become synpunkter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import Meeting, Proposal
from incidents.models import Synpunkt
from platssamverkan.ground.forms import RecordForm


class ProposalForm(RecordForm):
    """What is to be taken up, in words that every member may read."""

    asks_about = ("title", "text")

    class Meta:
        model = Proposal
        fields = ["meeting", "title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        labels = {"meeting": _("På vilket möte?")}
        help_texts = {
            "title": _("Till exempel: Belysningen på gångvägen."),
            "text": _(
                "Läses av alla i forumet. Skriv frågan med egna ord, så att ingen som har hört av sig känns igen."
            ),
        }
        error_messages = {"meeting": {"required": _("Välj ett möte.")}}

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings
        field.label_from_instance = meeting_label
        field.empty_label = _("Välj möte")


def meeting_label(meeting: Meeting) -> str:
    """The forum, and when it meets."""
    return f"{meeting.forum}, {meeting}"


class ProposalAnswerForm(RecordForm):
    """Yes or no, with a word back."""

    accepts = forms.ChoiceField(
        label=_("Tas frågan upp?"),
        choices=[("ja", _("Ja, ta med den på dagordningen")), ("nej", _("Nej, inte på det här mötet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om frågan tas upp.")},
    )
    field_order = ["accepts", "answer"]

    class Meta:
        model = Proposal
        fields = ["answer"]
        help_texts = {"answer": _("Skickas till den som föreslog punkten.")}
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}


class WishForm(RecordForm):
    """A wish of a husmöte, as a synpunkt of the group."""

    asks_about = ("text", "place_text")

    class Meta:
        model = Synpunkt
        fields = ["kind", "text", "place_text"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}
        labels = {"kind": _("Vad är det?"), "text": _("Vad önskar de som bor här?"), "place_text": _("Var gäller det?")}
        help_texts = {"text": _("Skriv vad gruppen vill, aldrig vem som sa det.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Synpunkt.Kind.choices  # type: ignore[attr-defined]
