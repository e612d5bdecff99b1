# SPDX-License-Identifier: EUPL-1.2
"""What a letter about a meeting says: time, place, the way to the papers and to an answer."""

from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.calendar import letter_calendar
from forum.models import Invitation, Meeting, Member
from forum.tokens import link_token
from platssamverkan.look.words import day
from platssamverkan.notices.providers import Due


class Occasion(StrEnum):
    """Why the letter is written."""

    CALL = "meeting_call"
    CHANGE = "meeting_change"
    CANCEL = "meeting_cancel"
    PAPERS = "meeting_papers"


SUBJECTS = {
    Occasion.CALL: lambda: _("Kallelse: %(forum)s %(day)s"),
    Occasion.CHANGE: lambda: _("Ändrad tid eller plats: %(forum)s %(day)s"),
    Occasion.CANCEL: lambda: _("Inställt: %(forum)s %(day)s"),
    Occasion.PAPERS: lambda: _("Underlag: %(forum)s %(day)s"),
}


def invitation_link(invitation: Invitation) -> str:
    """The address at which the papers are read and the call is answered, without an account."""
    return settings.SITE_URL + reverse("forum:invitation_open", args=[link_token("invitation", invitation.pk)])


def letter(*, occasion: Occasion, meeting: Meeting, invitation: Invitation, items: list[str]) -> Due:
    """The letter to one member, in the outbox's terms. One for each meeting, sequence, occasion and member."""
    member, link = invitation.member, invitation_link(invitation)
    context = {
        "occasion": occasion,
        "meeting": meeting,
        "member": member,
        "link": link,
        "items": items,
        "is_called": not member.gets_papers_only,
    }
    account = member.account if member.account and member.account.is_active else None
    return Due(
        what=str(occasion),
        occasion=f"{meeting.pk}:{meeting.sequence}:{member.pk}",
        subject=SUBJECTS[occasion]() % {"forum": meeting.forum, "day": day(meeting.starts_at)},
        text=render_to_string("email/meeting.txt", context).strip(),
        due_on=meeting.changed_at.date(),
        user=account,
        email="" if account else member.email,
        url=meeting.get_absolute_url() if account else "",
        calendar="" if member.gets_papers_only else calendar_part(meeting, member, link),
    )


def calendar_part(meeting: Meeting, member: Member, link: str) -> str:
    """The invitation as the recipient's calendar reads it."""
    description = _("Svara och läs underlagen: %(link)s") % {"link": link}
    return letter_calendar(meeting, name=str(member), email=member.email, url=link, description=description)
