# SPDX-License-Identifier: EUPL-1.2
"""Verbs of comments on an agreement's draft: say one, answer it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forum.actions.agreements import locked, refuse_unless
from forum.models import AgreementComment
from forum.telling import tell_conveners
from platssamverkan.ground.actions import action, save_record


@action
def comment_draft(*, comment: AgreementComment, by: Any) -> AgreementComment:
    """Say something of a draft that has been shown. The sammankallande is told. Raises Refused when it is no draft."""
    version = locked(comment.agreement_version)
    refuse_unless(
        version.takes_comments, _("Texten undertecknas, eller är undertecknad, och tar inte emot synpunkter.")
    )
    save_record(record=comment, by=by)
    assert version.agreement.forum is not None  # noqa: S101 - takes_comments says so
    tell_conveners(
        forum=version.agreement.forum,
        what="agreement_comment",
        about=comment,
        subject=_("Synpunkt på avtalet: %(title)s") % {"title": version.agreement},
        text=_("%(who)s har lämnat en synpunkt på utkastet. Läs den och svara.") % {"who": comment.author},
        by=by,
    )
    return comment


@action
def answer_comment(*, comment: AgreementComment, by: Any, opened_version: int | None = None) -> AgreementComment:
    """Say what became of it. Raises Refused once the draft is being signed, ValidationError without an answer."""
    refuse_unless(locked(comment.agreement_version).is_draft, _("Texten undertecknas eller är undertecknad."))
    if comment.is_waiting:
        raise ValidationError({"state": _("Välj vad som blev av synpunkten.")})
    return save_record(record=comment, by=by, opened_version=opened_version)
