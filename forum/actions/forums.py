# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a forum and its members: start it, appoint, let someone in, let her go."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from boenden.actions.contact_lists import add_reader, end_reader, start_list
from boenden.actions.invites import invite
from boenden.models import Boende, ContactListReader, Invite
from forum.letters import farewell
from forum.models import Forum, Invitation, Meeting, Member, Protokoll, ProtokollComment, Question
from platssamverkan.accounts.models import User
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import action, archive_record, save_record
from platssamverkan.notices.actions import post_notices, take_back


@action
def start_forum(*, forum: Forum, boenden: list[Boende], convener: User, by: Any) -> Forum:
    """Make a forum at its boenden, with its first sammankallande."""
    if not forum.started_on:
        forum.started_on = timezone.localdate()
    save_record(record=forum, by=by)
    forum.boenden.set(boenden)
    add_member(member=Member(forum=forum, user=convener, kind=Member.Kind.SAMMANKALLANDE), by=by)
    return forum


@action
def save_forum(*, forum: Forum, added: list[Boende], by: Any, opened_version: int | None = None) -> Forum:
    """Change what it is for and how it meets; `added` are boenden that come in, whose lists its members then read."""
    save_record(record=forum, by=by, opened_version=opened_version)
    if added:
        forum.boenden.add(*added)
        for member in forum.members.current().with_names():
            if member.account:
                open_readership(member=member, user=member.account, by=by)
    return forum


@action
def end_forum(*, forum: Forum, by: Any) -> Forum:
    """It meets no more. All that was written stays to be read."""
    forum.ended_on = timezone.localdate()
    return save_record(record=forum, by=by)


@action
def reopen_forum(*, forum: Forum, by: Any) -> Forum:
    """It meets again."""
    forum.ended_on = None
    return save_record(record=forum, by=by)


@action
def add_member(*, member: Member, by: Any) -> Member:
    """Let someone into the forum, and let her read its boendens' contact lists. Raises as clean does."""
    member.clean()
    save_record(record=member, by=by)
    if member.account:
        open_readership(member=member, user=member.account, by=by)
    return member


@action
def save_member(*, member: Member, by: Any, opened_version: int | None = None) -> Member:
    """Another capacity, or other days; what she may read follows the days."""
    save_record(record=member, by=by, opened_version=opened_version)
    for reader in member.readerships.all():
        if reader.archived_at is None and not is_held_by_other(member, reader):
            reader.ends_on = latest(member.ends_on, reader.starts_on)
            save_record(record=reader, by=by)
    return member


def latest(day: date | None, first: date) -> date | None:
    """A last day that is not before the first."""
    return None if day is None else max(day, first)


@action
def end_member(*, member: Member, by: Any) -> Member:
    """Let someone go, at once: every gate asks for the members of today. What she wrote stays.

    What she was told of the forum is taken back, and meetings to come leave her calendar.
    """
    for reader in member.readerships.all():
        if reader.archived_at is None and not is_held_by_other(member, reader):
            end_reader(reader=reader, by=by)
    today = max(timezone.localdate(), member.starts_on)
    member.ends_on = min(member.ends_on or today, today)
    archive_record(record=member, by=by)
    say_farewell(member=member, by=by)
    return member


def say_farewell(*, member: Member, by: Any) -> None:
    """Take back the forum's notices to a former member, and call off its coming meetings for her alone.

    One who reads the forum by a role keeps hers, and so does a mailbox that another member has too.
    """
    account, email = member.account, member.email
    if account and not Forum.objects.visible_to(account).filter(pk=member.forum_id).exists():
        take_back(about=told_of(member.forum), recipient=account, by=by)
    others = {other.email.casefold() for other in member.forum.members.current().with_names()}
    if email and email.casefold() not in others:
        take_back(about=told_of(member.forum), email=email.casefold(), by=by)
    invited = Invitation.objects.active().filter(member=member, told_at__isnull=False)
    coming = Meeting.objects.coming().filter(pk__in=invited.values("meeting")).select_related("forum")
    if email:
        post_notices(dues=[farewell(meeting, member) for meeting in coming], by=by)


def told_of(forum: Forum) -> list[Any]:
    """The ids of what letters of the forum are about."""
    within: tuple[Any, ...] = (
        forum.meetings.values_list("pk", flat=True),
        forum.action_items.values_list("pk", flat=True),
        Protokoll.objects.filter(meeting__forum=forum).values_list("pk", flat=True),
        ProtokollComment.objects.filter(protokoll__meeting__forum=forum).values_list("pk", flat=True),
        Question.objects.filter(meeting__forum=forum).values_list("pk", flat=True),
    )
    return [pk for rows in within for pk in rows.order_by()]


def let_go_ended(now: datetime) -> int:
    """Let those go whose last day has passed; tells how many. Found in one query at each sweep, each once."""
    ended = Member.objects.active().filter(ends_on__lt=timezone.localdate(now)).with_names().select_related("forum")
    members = list(ended.order_by("pk"))
    for member in members:
        end_member(member=member, by=None)
    return len(members)


@action
def open_readership(*, member: Member, user: User, by: Any) -> None:
    """Let a member's account read the contact lists of the forum's boenden, for as long as she is one.

    A readership that somebody gave her before is left as it is, and stays when she leaves. Staff read by their roles.
    """
    if member.forum.is_internal:
        return
    held = ContactListReader.objects.current().filter(user=user).values("contact_list__boende")
    staffed = Boende.objects.visible_to(user).values("pk")
    for boende in member.forum.boenden.exclude(pk__in=held).exclude(pk__in=staffed):
        contact_list = start_list(boende=boende, by=by)
        reader = add_reader(
            contact_list=contact_list, user=user, person=member.person, ends_on=member.ends_on, shared_by=by, by=by
        )
        member.readerships.add(reader)


def is_held_by_other(member: Member, reader: ContactListReader) -> bool:
    """Whether another membership of today opens the same list to her."""
    return Member.objects.current().exclude(pk=member.pk).filter(readerships=reader).exists()


@action
def invite_member(*, member: Member, by: Any) -> Invite:
    """Mail a contact person the way to an account of her own. Raises as `invite` does."""
    boende = member.forum.boenden.order_by("name")[0]
    person = member.person
    if person is None:
        raise ValueError("A member with an account needs no invitation.")
    return invite(
        email=person.email,
        name=person.name,
        role="",
        boende=boende,
        person=person,
        ends_on=member.ends_on,
        by=by,
    )


@action
def note_called(*, member: Member, by: Any) -> Member:
    """Someone has telephoned a member who had not come."""
    member.called_on = timezone.localdate()
    save_record(record=member, by=by)
    log_event(record=member, by=by, event="member_called")
    return member
