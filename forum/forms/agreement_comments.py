# SPDX-License-Identifier: EUPL-1.2
"""Forms of comments on an agreement's draft: the synpunkt and its answer."""

from django.utils.translation import gettext_lazy as _

from forum.forms.protokoll import CommentAnswerForm
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


class AgreementCommentAnswerForm(CommentAnswerForm):
    """What became of a synpunkt: asked as for a protokoll's."""

    class Meta(CommentAnswerForm.Meta):
        model = AgreementComment  # type: ignore[assignment]  # the same questions of another model
