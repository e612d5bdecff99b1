# SPDX-License-Identifier: EUPL-1.2
"""Forms of comments on an agreement's draft: the synpunkt and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import AgreementComment
from platssamverkan.ground.forms import RecordForm


class AgreementCommentForm(RecordForm):
    """A synpunkt on a draft."""

    asks_about = ("text",)

    class Meta:
        model = AgreementComment
        fields = ["text"]
        labels = {"text": _("Din synpunkt")}
        help_texts = {"text": _("Läses av alla i forumet. Säg vilken del du menar och vad som ska stå i stället.")}


class AgreementCommentAnswerForm(RecordForm):
    """What became of a synpunkt."""

    asks_about = ("answer",)
    state = forms.ChoiceField(
        label=_("Vad blev det av den?"),
        choices=[choice for choice in AgreementComment.State.choices if choice[0] != AgreementComment.State.WAITING],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = AgreementComment
        fields = ["state", "answer"]
        labels = {"answer": _("Ett ord tillbaka")}
        help_texts = {"answer": _("Läses av alla i forumet.")}
