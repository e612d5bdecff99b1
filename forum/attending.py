# SPDX-License-Identifier: EUPL-1.2
"""Which members have been missing, so that somebody gives them a call."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef

from forum.models import Attendance, Forum, Meeting, Member

MISSED_IN_A_ROW = 3  # more than two
LOOKED_AT = 12  # meetings


@dataclass(frozen=True)
class Absence:
    """A member who has missed so many of the latest meetings in a row."""

    member: Member
    missed: int


def absent_members(forums: list[Forum]) -> list[Absence]:
    """Ordinary members who were noted as absent from more than two meetings in a row, up to the latest noted one.

    By forum in the order given. Someone who sent a deputy was there. A call after the latest of them takes her off the
    list. Two queries, however many forums.
    """
    latest = Meeting.objects.held().filter(forum=OuterRef("meeting__forum")).values("pk")[:LOOKED_AT]
    noted = Attendance.objects.active().filter(meeting__forum__in=forums, meeting__in=latest)
    rows = list(noted.select_related("meeting").order_by("-meeting__starts_at", "pk"))
    long_gone = {pk: absences for pk, absences in missed_in_a_row(rows).items() if len(absences) >= MISSED_IN_A_ROW}
    members = Member.objects.current().filter(pk__in=list(long_gone), forum__in=forums, kind=Member.Kind.ORDINARIE)
    places = {forum.pk: place for place, forum in enumerate(forums)}
    named = sorted(members.with_names().order_by("pk"), key=lambda member: places[member.forum_id])
    return [
        Absence(member, len(long_gone[member.pk]))
        for member in named
        if member.called_on is None or member.called_on < long_gone[member.pk][0].meeting.day
    ]


def missed_in_a_row(rows: list[Attendance]) -> dict[UUID, list[Attendance]]:
    """Of attendances, the latest first: each member's absences after the last time that she, or a deputy, was there."""
    represented = {(row.meeting_id, row.deputy_for_id) for row in rows if row.deputy_for_id}
    missed: dict[UUID, list[Attendance]] = {}
    ended: set[UUID] = set()
    for row in rows:
        if row.member_id is None or row.member_id in ended:
            continue
        if row.was_there or (row.meeting_id, row.member_id) in represented:
            ended.add(row.member_id)
        else:
            missed.setdefault(row.member_id, []).append(row)
    return missed
