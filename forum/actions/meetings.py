# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a meeting: plan it, call the members, change it, call it off, note that it was held, who came."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.actions.agenda import carry_on, carry_over, draft_agenda, refuse_sealed
from forum.letters import Occasion, letter
from forum.models import AgendaItem, Attendance, Invitation, Meeting, Member
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import EditConflict, Refused, action, archive_record, save_record
from platssamverkan.notices.actions import post_notices

TOLD = ("starts_at", "ends_at", "place", "link")  # what the members are told of when it is changed after the call
STEPS = ("status", "sequence", "called_at", "called_by_id", "sealed_at")  # what the steps write, and no form


def locked(meeting: Meeting) -> Meeting:
    """What is stored now, held until the verb is done."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("forum").get(pk=meeting.pk)


def refuse_cancelled(meeting: Meeting) -> None:
    """Raise ValidationError for a meeting that is called off."""
    if meeting.is_cancelled:
        raise ValidationError(_("Mötet är inställt och ändras inte. Planera ett nytt."))


@action
def plan_meeting(*, meeting: Meeting, by: Any) -> Meeting:
    """A new meeting, with the usual agenda and what earlier ones left."""
    save_record(record=meeting, by=by)
    draft_agenda(meeting=meeting, by=by)
    carry_over(meeting=meeting, by=by)
    return meeting


@action
def save_meeting(*, meeting: Meeting, by: Any, opened_version: int | None = None) -> Meeting:
    """Change when, where and what the call says. Members who have been called are told of a new time or place.

    How far the meeting has come is read from what is stored. Raises EditConflict, and ValidationError as refuse_sealed,
    once it is called off, and for one that was held and is moved to a day to come.
    """
    refuse_sealed(meeting)
    stored = locked(meeting)
    refuse_cancelled(stored)
    if opened_version not in (None, stored.version):
        raise EditConflict(stored)
    if stored.is_held and meeting.starts_at > timezone.now():
        raise ValidationError({"day": _("Mötet har hållits. Välj en dag som har varit, eller planera ett nytt möte.")})
    moved = any(getattr(stored, name) != getattr(meeting, name) for name in TOLD)
    for name in STEPS:
        setattr(meeting, name, getattr(stored, name))
    if moved and stored.is_called:
        meeting.sequence += 1
    save_record(record=meeting, by=by, opened_version=opened_version)
    if moved and stored.is_called:
        send(meeting=meeting, occasion=Occasion.CHANGE, by=by)
    return meeting


def missing_for_call(meeting: Meeting) -> list[str]:
    """What is left before the members can be called, as sentences."""
    missing = []
    if not (meeting.place or meeting.link):
        missing.append(_("Skriv var mötet hålls."))
    if meeting.starts_at <= timezone.now():
        missing.append(_("Välj en tid som inte har varit."))
    if not AgendaItem.objects.active().filter(meeting=meeting).exists():
        missing.append(_("Lägg till minst en punkt på dagordningen."))
    if not meeting.forum.members.current().exclude(kind="sammankallande").exists():
        missing.append(_("Lägg till forumets medlemmar."))
    return missing


def advice_before_call(
    *, waiting_questions: int, unled_items: int, members: Iterable[Member], planned: int = 0, lasts: int = 0
) -> list[str]:
    """What is good to do before the call, but does not stop it. `planned` and `lasts` are minutes."""
    advice = []
    if planned > lasts:
        words = _("Punkterna tar %(planned)s minuter, men mötet är %(lasts)s. Korta någon punkt eller förläng mötet.")
        advice.append(words % {"planned": planned, "lasts": lasts})
    if waiting_questions:
        one = _("En fråga från en medlem väntar på svar.")
        many = _("%(count)s frågor från medlemmar väntar på svar.") % {"count": waiting_questions}
        advice.append(one if waiting_questions == 1 else many)
    if unled_items:
        many = _("%(count)s punkter saknar föredragande.") % {"count": unled_items}
        advice.append(_("En punkt saknar föredragande.") if unled_items == 1 else many)
    if without := [str(member) for member in members if not member.email]:
        advice.append(_("Saknar e-post och behöver kallas på annat sätt: %(names)s.") % {"names": ", ".join(without)})
    return advice


@action
def call_meeting(*, meeting: Meeting, by: Any) -> Meeting:
    """Invite every member of today by letter. Done again, it reaches those who have come in since, and no one twice.

    Raises Refused while something is missing.
    """
    stored = locked(meeting)
    if stored.is_held or stored.is_cancelled:
        raise Refused([_("Mötet har hållits eller ställts in. Planera ett nytt.")])
    if missing := missing_for_call(stored):
        raise Refused(missing)
    carry_over(meeting=stored, by=by)
    if not stored.is_called:
        stored.status, stored.called_at, stored.called_by = Meeting.Status.CALLED, timezone.now(), by
        save_record(record=stored, by=by)
    for member in stored.forum.members.current().with_names():
        invite_to(meeting=stored, member=member, by=by)
    send(meeting=stored, occasion=Occasion.CALL, by=by, only_new=True)
    return stored


def invite_to(*, meeting: Meeting, member: Member, by: Any) -> None:
    """The member's place at the meeting, once."""
    if not Invitation.objects.filter(meeting=meeting, member=member).exists():
        invitation = Invitation(meeting=meeting, member=member)
        if by is not None and member.account == by:
            invitation.answer, invitation.answered_at = Invitation.Answer.YES, timezone.now()  # who calls will be there
        save_record(record=invitation, by=by)


@action
def give_links(*, meeting: Meeting, by: Any) -> None:
    """See to it that every member of today without an account has a link to the meeting, though she was not called."""
    if meeting.forum.is_internal:
        return
    for member in meeting.forum.members.current().with_names():
        if member.email and not (member.account and member.account.is_active):
            invite_to(meeting=meeting, member=member, by=by)


@action
def send_papers(*, meeting: Meeting, sequence: int, by: Any) -> Meeting:
    """Tell the called members that the papers are renewed. Raises Refused before the call.

    `sequence` is the one that the page showed: the same button pressed twice mails once.
    """
    stored = locked(meeting)
    if not stored.is_called:
        raise Refused([_("Kalla till mötet först.")])
    if stored.sequence != sequence:
        return stored
    stored.sequence += 1
    save_record(record=stored, by=by)
    send(meeting=stored, occasion=Occasion.PAPERS, by=by)
    return stored


@action
def cancel_meeting(*, meeting: Meeting, by: Any, opened_version: int | None = None) -> Meeting:
    """Call it off, with `cancel_reason`. Who was called is told, and her calendar too. Raises Refused once held.

    What was to be taken up goes on to the next meeting, planned already or not.
    """
    stored = locked(meeting)
    if stored.is_held or stored.is_cancelled:
        raise Refused([_("Mötet har redan hållits eller ställts in.")])
    if opened_version not in (None, stored.version):
        raise EditConflict(stored)
    was_called = stored.is_called
    stored.cancel_reason, stored.status = meeting.cancel_reason, Meeting.Status.CANCELLED
    stored.sequence += 1
    save_record(record=stored, by=by)
    if was_called:
        send(meeting=stored, occasion=Occasion.CANCEL, by=by)
    carry_on(forum=stored.forum, by=by)
    return stored


def send(*, meeting: Meeting, occasion: Occasion, by: Any, only_new: bool = False) -> None:
    """Put the letters to the meeting's members of today in the outbox."""
    invitations: Iterable[Invitation] = Invitation.objects.for_list().filter(
        meeting=meeting, member__in=meeting.forum.members.current()
    )
    if only_new:
        invitations = [invitation for invitation in invitations if invitation.told_at is None]
    items = [item.title for item in AgendaItem.objects.in_order().filter(meeting=meeting)]
    told = [invitation for invitation in invitations if invitation.member.email]
    for each in told:
        each.meeting = meeting
    letters = [letter(occasion=occasion, meeting=meeting, invitation=each, items=items) for each in told]
    post_notices(dues=letters, by=by)
    Invitation.objects.filter(pk__in=[each.pk for each in told], told_at=None).update(told_at=timezone.now())
    log_event(record=meeting, by=by, event=str(occasion))


@action
def hold_meeting(*, meeting: Meeting, by: Any) -> Meeting:
    """Note that it took place. Raises Refused before it began, or if it was called off."""
    stored = locked(meeting)
    if stored.is_held:
        return stored
    if stored.is_cancelled:
        raise Refused([_("Mötet är inställt.")])
    if stored.starts_at > timezone.now():
        raise Refused([_("Mötet har inte börjat ännu.")])
    stored.status = Meeting.Status.HELD
    save_record(record=stored, by=by)
    carry_on(forum=stored.forum, only_put_off=True, by=by)
    return stored


@action
def answer(*, invitation: Invitation, answer: str, word: str, by: Any) -> Invitation:
    """Note whether a member comes. `by` is None for one who answers by the link in her letter.

    Raises ValidationError once the meeting is over or called off.
    """
    if not invitation.meeting.is_coming:
        raise ValidationError(_("Mötet tar inte emot fler svar."))
    invitation.answer, invitation.word, invitation.answered_at = answer, word, timezone.now()
    return save_record(record=invitation, by=by)


@action
def save_attendance(
    *,
    meeting: Meeting,
    rows: list[Attendance],
    brukare_count: int | None,
    by: Any,
    opened_version: int | None = None,
) -> None:
    """Write who came: each row new or changed; a guest's row without a name is taken away.

    So is that of a member whose presence is blank. Raises EditConflict if the meeting's attendance was saved by someone
    else meanwhile, and ValidationError before its day, and once it is called off or its protokoll justerat.
    """
    refuse_sealed(meeting)
    stored = locked(meeting)
    refuse_cancelled(stored)
    if stored.day > timezone.localdate():
        raise ValidationError(_("Närvaron antecknas när mötet har börjat."))
    stored.brukare_count = brukare_count
    save_record(record=stored, by=by, opened_version=opened_version)
    for row in rows:
        if row.presence and (row.member_id or row.guest):
            save_record(record=row, by=by)
        elif not row.is_new:
            archive_record(record=Attendance.objects.get(pk=row.pk), by=by)
