# SPDX-License-Identifier: EUPL-1.2
"""A meeting as it is read: the same papers for a member who signs in, one who has the letter's link, and the staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q

from forum.access import Place
from forum.actions.incidents import waiting_at
from forum.kinds import Section
from forum.models import ActionItem, AgendaItem, Invitation, Meeting, PresentedIncident, Question
from platssamverkan.accounts.roles import Right

STANDING = (Section.ACTIONS, Section.NEXT)


@dataclass
class Line:
    """An item of the agenda with its number and when it is due to begin."""

    number: int
    item: AgendaItem
    begins_at: datetime


class Papers:
    """What every member reads: the agenda, its files, åtgärder since last time, the incidents found fit to be shown."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.forum = meeting.forum

    @cached_property
    def lines(self) -> list[Line]:
        """The items in order, each with the hour that the minutes before it add up to."""
        lines, begins_at = [], self.meeting.starts_at
        for number, item in enumerate(AgendaItem.objects.for_papers().filter(meeting=self.meeting), 1):
            lines.append(Line(number, item, begins_at))
            begins_at += timedelta(minutes=item.minutes or 0)
        return lines

    @property
    def minutes(self) -> int:
        """How long the agenda takes."""
        return sum(line.item.minutes or 0 for line in self.lines)

    @property
    def unled(self) -> int:
        """How many items nobody presents, without those that the page itself fills."""
        return sum(not line.item.rapporteur for line in self.lines if line.item.section not in STANDING)

    @cached_property
    def incidents(self) -> list[PresentedIncident]:
        """What may be told of incidents."""
        return list(PresentedIncident.objects.for_papers().filter(meeting=self.meeting))

    @cached_property
    def actions(self) -> list[ActionItem]:
        """Open åtgärder of earlier meetings, and those finished since the forum last met."""
        previous = Meeting.objects.held().filter(forum=self.forum).before(self.meeting.starts_at).values("starts_at")
        last = list(previous[:1])
        rows = ActionItem.objects.since(last[0]["starts_at"] if last else None).filter(forum=self.forum)
        return list(rows.filter(meeting__starts_at__lt=self.meeting.starts_at).for_list())

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """The one after, if it is planned."""
        later = Meeting.objects.coming().filter(forum=self.forum, starts_at__gt=self.meeting.starts_at)
        return later.first()


class Reading(Papers):
    """The papers with what the user sees and does beside them."""

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__(meeting)
        self.place = place

    @property
    def may_write(self) -> bool:
        """Whether she changes the meeting: not once it is justerat or called off."""
        return self.place.convenes and not (self.meeting.is_sealed or self.meeting.is_cancelled)

    @cached_property
    def questions(self) -> list[Question]:
        """Questions from members: every one for the sammankallande and staff, else her own."""
        asked = (
            Question.objects.active()
            .filter(meeting=self.meeting)
            .select_related("member__user", "member__person__actor")
        )
        if not self.place.reads_notes:
            asked = asked.filter(member__in=self.place.memberships)
        return list(asked.order_by("created_at", "pk"))

    @property
    def waiting_questions(self) -> list[Question]:
        """Those without an answer."""
        return [question for question in self.questions if question.state == Question.State.WAITING]

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Who was called, with answers, by name: for the sammankallande and staff."""
        if not self.place.reads_notes:
            return []
        invitations = Invitation.objects.for_list().filter(meeting=self.meeting, member__archived_at__isnull=True)
        only_links = Q(told_at__isnull=True, answer="", created_at__gt=self.meeting.ends_at)  # to read the protokoll by
        invitations = invitations.exclude(only_links)
        return sorted(invitations, key=lambda invitation: str(invitation.member))

    @property
    def answers(self) -> list[tuple[Any, list[Invitation]]]:
        """The called by what they answered; those who only get the papers are not asked."""
        asked = [i for i in self.invitations if not i.member.gets_papers_only]
        order = [Invitation.Answer.YES, Invitation.Answer.MAYBE, Invitation.Answer.NO, Invitation.Answer.NONE]
        return [(answer.label, [i for i in asked if i.answer == answer]) for answer in order]

    @cached_property
    def own_invitation(self) -> Invitation | None:
        """Her own call, to answer here."""
        if self.place.member is None or self.place.convenes or self.place.member.gets_papers_only:
            return None
        return Invitation.objects.active().filter(meeting=self.meeting, member__in=self.place.memberships).first()

    @cached_property
    def waiting_texts(self) -> dict[Any, int]:
        """How many forum texts wait for a sekretessprövning, by boende. Members are not told."""
        if self.forum.is_internal or self.meeting.is_held or self.meeting.is_cancelled:
            return {}
        return waiting_at(self.meeting, self.place.boenden) if self.place.reads_notes else {}

    @cached_property
    def may_hear_wishes(self) -> bool:
        """Whether she can let what is said at a husmöte become a synpunkt, or a question for a forum."""
        return self.forum.is_internal and bool(self.place.boenden_where(Right.EDIT_SYNPUNKTER))

    @property
    def may_examine(self) -> bool:
        """Whether some of them are hers to try: she is staff of the incident's own boende."""
        own = self.place.boenden_where(Right.EDIT_INCIDENTS)
        return any(boende in self.waiting_texts for boende in own)

    @property
    def steps(self) -> list[tuple[str, Any, bool]]:
        """(shape, word, is now) for the line that shows how far the meeting has come."""
        return steps_of(self.meeting)


def steps_of(meeting: Meeting) -> list[tuple[str, Any, bool]]:
    """How far a meeting has come: planned, called, held, justerat."""
    from django.utils.translation import gettext as _

    words = [_("Planerat"), _("Kallat"), _("Hållet"), _("Protokollet justerat")]
    if meeting.is_cancelled:
        return [("installt", _("Inställt"), True)]
    reached = [True, meeting.called_at is not None, meeting.is_held, meeting.is_sealed]
    if meeting.is_held and not meeting.called_at:  # they met without a call
        del words[1], reached[1]
    now = max(place for place, is_reached in enumerate(reached) if is_reached)
    return [
        ("klart" if is_reached else "planerat", word, place == now)
        for place, (word, is_reached) in enumerate(zip(words, reached, strict=True))
    ]
