# SPDX-License-Identifier: EUPL-1.2
"""Forms of åtgärder."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.forms.insatser import let_choose
from forum.forms.people import key_of, members_as_choices, point
from forum.insatser import hides_tie, may_tie
from forum.models import ActionItem
from incidents.forms.moments import DayField
from platssamverkan.ground.forms import RecordForm


class ActionItemForm(RecordForm):
    """What is to be done, by whom and by when."""

    responsible = forms.ChoiceField(
        label=_("Vem gör det?"), error_messages={"required": _("Välj vem som är ansvarig.")}
    )
    due_on = DayField(label=_("Klart senast"))

    class Meta:
        model = ActionItem
        fields = ["title", "due_on", "insats"]
        help_texts = {"title": _("Börja med ett verb, till exempel: Laga belysningen på gångvägen.")}

    field_order = ["title", "responsible", "due_on", "insats"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_tie(by, self.instance.forum) and not hides_tie(by, self.instance):
            let_choose(self, by)
        else:
            del self.fields["insats"]
        responsible: Any = self.fields["responsible"]
        stored = None if self.instance.is_new else self.instance
        responsible.choices = [("", _("Välj person")), *members_as_choices(self.instance.forum, stored)]
        self.initial["responsible"] = key_of(self.instance)

    def clean_due_on(self) -> Any:
        """Of a new one, no day before the meeting that decides it: its protokoll may be written weeks after."""
        due_on = self.cleaned_data["due_on"]
        if self.instance.is_new and due_on < min(self.instance.meeting.day, timezone.localdate()):
            raise ValidationError(_("Dagen är före mötet. Välj en senare."))
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if responsible := cleaned.get("responsible"):
            point(self.instance, responsible)
        return cleaned


class ReportForm(RecordForm):
    """How it goes."""

    asks_about = ("note",)

    class Meta:
        model = ActionItem
        fields = ["status", "note"]
        widgets = {"status": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": _("Läses av forumet på nästa möte.")}

    def clean(self) -> dict[str, Any]:
        """A finished one has its time, which no field shows."""
        cleaned = super().clean()
        self.instance.status = cleaned.get("status") or self.instance.status
        self.instance.note_finished()
        return cleaned
