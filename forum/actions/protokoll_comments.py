# SPDX-License-Identifier: EUPL-1.2
"""Verbs of comments on a protokoll: say one, answer it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forum.about_meeting import about_meeting
from forum.actions.protokoll import locked
from forum.models import ProtokollComment
from forum.telling import tell_conveners
from platssamverkan.ground.actions import action, save_record


@action
def comment(*, comment: ProtokollComment, by: Any) -> ProtokollComment:
    """Say something of a protokoll that is out for comments. The sammankallande is told.

    `by` is None for a member who writes by the link in her letter. Raises ValidationError when it is not out any more.
    """
    protokoll = locked(comment.protokoll)
    if not protokoll.takes_comments:
        raise ValidationError(_("Tiden för synpunkter på protokollet är över."))
    save_record(record=comment, by=by)
    meeting = protokoll.meeting
    tell_conveners(
        forum=meeting.forum,
        what="protokoll_comment",
        about=comment,
        subject=_("Synpunkt på protokollet: %(meeting)s") % {"meeting": meeting},
        text=_("%(who)s har lämnat en synpunkt på protokollet. Läs den och svara.") % {"who": comment.author}
        + f"\n\n{about_meeting(meeting)}",
        by=by,
    )
    return comment


@action
def answer_comment(*, comment: ProtokollComment, by: Any, opened_version: int | None = None) -> ProtokollComment:
    """Say what became of it. Raises ValidationError once the protokoll is justerat, and without an answer."""
    if locked(comment.protokoll).is_sealed:
        raise ValidationError(_("Protokollet är justerat."))
    if comment.state == ProtokollComment.State.WAITING:
        raise ValidationError({"state": _("Välj vad som blev av synpunkten.")})
    return save_record(record=comment, by=by, opened_version=opened_version)
