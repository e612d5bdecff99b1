# SPDX-License-Identifier: EUPL-1.2
"""Letters about a protokoll. None of them carries its text: they say where it is read."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.about_meeting import about_meeting
from forum.actions.meetings import give_links
from forum.models import Invitation, Justering, Member, Protokoll
from forum.protokoll_text import checksum, compose
from platssamverkan.look.words import day
from platssamverkan.notices.actions import post_notices
from platssamverkan.notices.providers import Due

REMIND_AFTER = timedelta(days=7)


class Occasion(StrEnum):
    """Why the letter is written."""

    COMMENTS = "protokoll_comments"
    JUSTERA = "protokoll_justera"
    CHANGED = "protokoll_changed"
    SEALED = "protokoll_sealed"


TO_JUSTERARE = (Occasion.JUSTERA, Occasion.CHANGED)


def subject_of(occasion: Occasion, protokoll: Protokoll) -> str:
    """What the letter is about."""
    words = {
        Occasion.COMMENTS: _("Läs protokollet: %(meeting)s"),
        Occasion.JUSTERA: _("Justera protokollet: %(meeting)s"),
        Occasion.CHANGED: _("Protokollet är ändrat, justera det igen: %(meeting)s"),
        Occasion.SEALED: _("Protokollet är justerat: %(meeting)s"),
    }
    return words[occasion] % {"meeting": protokoll.meeting}


def text_of(occasion: Occasion, protokoll: Protokoll) -> str:
    """What it says."""
    if occasion == Occasion.COMMENTS and protokoll.comments_until:
        return _("Protokollet är klart att läsa. Du kan lämna synpunkter till och med %(day)s, innan det justeras.") % {
            "day": day(protokoll.comments_until)
        }
    if occasion == Occasion.JUSTERA:
        return _("Du är vald att justera protokollet. Läs det och justera om det stämmer med mötet.")
    if occasion == Occasion.CHANGED:
        return _("Protokollets text är ändrad sedan du justerade den. Läs igenom den och justera på nytt.")
    return _("Protokollet är justerat och ändras inte mer. Du kan läsa det och hämta det som PDF.")


def open_link(invitation: Invitation) -> str:
    """The address at which a member without an account reads the protokoll of a meeting."""
    return settings.SITE_URL + reverse("forum:protokoll_open", args=[invitation.link_token])


def tell(*, protokoll: Protokoll, occasion: Occasion, by: Any, only: Any = None) -> None:
    """Put the letters in the outbox: to the members, or to the justerare, or to one of them."""
    mark = str(protokoll.pk)
    if occasion == Occasion.CHANGED:
        mark = f"{protokoll.pk}:{checksum(compose(protokoll))[:16]}"
    if occasion in TO_JUSTERARE:
        waiting = Justering.objects.for_list().filter(protokoll=protokoll, justerat_at=None, user__is_active=True)
        users = [only] if only else [row.user for row in waiting]
        dues = [letter(occasion, protokoll, mark, user=user) for user in users]
    else:
        give_links(meeting=protokoll.meeting, by=by)
        dues = list(to_members(occasion, protokoll, mark))
    post_notices(dues=dues, by=by)


def to_members(occasion: Occasion, protokoll: Protokoll, mark: str) -> Iterator[Due]:
    """One for each member of today: with an account to the page, else by a link."""
    links = {row.member_id: open_link(row) for row in Invitation.objects.for_list().filter(meeting=protokoll.meeting)}
    members: Iterable[Member] = protokoll.meeting.forum.members.current().with_names().order_by("pk")
    for member in members:
        account = member.account
        if account and account.is_active:
            yield letter(occasion, protokoll, mark, user=account)
        elif member.email and member.pk in links and not protokoll.meeting.forum.is_internal:
            yield letter(occasion, protokoll, mark, email=member.email, link=links[member.pk])


def letter(
    occasion: Occasion, protokoll: Protokoll, mark: str, *, user: Any = None, email: str = "", link: str = ""
) -> Due:
    """The letter to one person."""
    text = f"{text_of(occasion, protokoll)}\n\n{about_meeting(protokoll.meeting)}"
    return Due(
        what=str(occasion),
        occasion=mark,
        subject=subject_of(occasion, protokoll),
        text=f"{text}\n\n{link}" if link else text,
        due_on=timezone.localdate(),
        user=user,
        email=email,
        url=protokoll.get_absolute_url() if user else "",
    )


def justeringar_due(now: datetime) -> Iterator[Due]:
    """One reminder to a justerare who has not justerat a week after it was opened. One query."""
    waiting = Justering.objects.waiting().filter(
        protokoll__opened_at__lte=now - REMIND_AFTER, user__is_active=True, protokoll__archived_at=None
    )
    for row in waiting.select_related("user", "protokoll__meeting__forum").order_by("pk").iterator(chunk_size=2000):
        protokoll = row.protokoll
        if protokoll.opened_at is None:
            continue
        yield Due(
            what="protokoll_justera_late",
            occasion=str(protokoll.pk),
            subject=subject_of(Occasion.JUSTERA, protokoll),
            text=_("Protokollet väntar på din justering. Läs det och justera om det stämmer med mötet.")
            + f"\n\n{about_meeting(protokoll.meeting)}",
            due_on=timezone.localdate(protokoll.opened_at + REMIND_AFTER),
            user=row.user,
            url=protokoll.get_absolute_url(),
        )
