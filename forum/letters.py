# SPDX-License-Identifier: EUPL-1.2
"""What a letter about a meeting says: time, place, the way to the papers and to an answer."""

from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.calendar import letter_calendar
from forum.models import Invitation, Meeting, Member
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
    """The address at which the papers are read and the call is answered, without an account.

    Those in an internal forum all have one, and sign in.
    """
    if invitation.meeting.forum.is_internal:
        return settings.SITE_URL + invitation.meeting.get_absolute_url()
    return settings.SITE_URL + reverse("forum:invitation_open", args=[invitation.link_token])


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
        due_on=timezone.localdate(meeting.changed_at),
        user=account,
        email="" if account else member.email,
        url=meeting.get_absolute_url() if account else "",
        calendar=calendar_part(meeting, member, link) if has_event(occasion, invitation) else "",
    )


def has_event(occasion: Occasion, invitation: Invitation) -> bool:
    """Whether the letter has a calendar part: of a call, and of a calling off to all who may have the event."""
    if occasion == Occasion.CANCEL and invitation.told_at:
        return True
    return not invitation.member.gets_papers_only


def calendar_part(meeting: Meeting, member: Member, link: str) -> str:
    """The invitation as the recipient's calendar reads it."""
    description = _("Svara och läs underlagen: %(link)s") % {"link": link}
    return letter_calendar(meeting, name=str(member), email=member.email, url=link, description=description)


def farewell(meeting: Meeting, member: Member) -> Due:
    """The letter to one who has left the forum, which takes the meeting out of her calendar (RFC 5546, 3.2.5)."""
    account = member.account if member.account and member.account.is_active else None
    url = settings.SITE_URL
    text = _("Du är inte längre med i %(forum)s och är därför inte kallad till mötet %(day)s. Tack för att du var med.")
    return Due(
        what="meeting_left",
        occasion=f"{meeting.pk}:{member.pk}",
        subject=_("Du är inte längre kallad: %(forum)s %(day)s")
        % {"forum": meeting.forum, "day": day(meeting.starts_at)},
        text=text % {"forum": meeting.forum, "day": day(meeting.starts_at)},
        due_on=timezone.localdate(),
        user=account,
        email="" if account else member.email,
        calendar=letter_calendar(meeting, name=str(member), email=member.email, url=url, description="", is_off=True),
    )
