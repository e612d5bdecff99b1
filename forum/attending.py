# SPDX-License-Identifier: EUPL-1.2
"""Which members have been missing, so that somebody gives them a call."""

from dataclasses import dataclass
from uuid import UUID

from forum.models import Attendance, Forum, Meeting, Member

MISSED_IN_A_ROW = 3  # more than two
LOOKED_AT = 12  # meetings


@dataclass(frozen=True)
class Absence:
    """A member who has missed so many of the latest meetings in a row."""

    member: Member
    missed: int


def absent_members(forum: Forum) -> list[Absence]:
    """Ordinary members who were noted as absent from more than two meetings in a row, up to the latest noted one.

    Someone who sent a deputy was there. A call after the latest of them takes her off the list. Two queries.
    """
    missed: dict[UUID, list[Attendance]] = {}
    held = Meeting.objects.held().filter(forum=forum).values("pk")[:LOOKED_AT]
    noted = Attendance.objects.active().filter(meeting__in=list(held.values_list("pk", flat=True)))
    rows = list(noted.select_related("meeting").order_by("-meeting__starts_at", "pk"))
    represented = {(row.meeting_id, row.deputy_for_id) for row in rows if row.deputy_for_id}
    ended: set[UUID] = set()
    for row in rows:
        if row.member_id is None or row.member_id in ended:
            continue
        if row.was_there or (row.meeting_id, row.member_id) in represented:
            ended.add(row.member_id)
        else:
            missed.setdefault(row.member_id, []).append(row)
    long_gone = {pk: absences for pk, absences in missed.items() if len(absences) >= MISSED_IN_A_ROW}
    members = (
        Member.objects.current().filter(pk__in=list(long_gone), kind=Member.Kind.ORDINARIE).with_names().order_by("pk")
    )
    return [
        Absence(member, len(long_gone[member.pk]))
        for member in members
        if member.called_on is None or member.called_on < long_gone[member.pk][0].meeting.day
    ]
