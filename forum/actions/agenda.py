# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the agenda: its first draft, its order, what is carried over, what was said, files, questions."""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.about_meeting import about_meeting
from forum.kinds import Section
from forum.models import AgendaItem, Attachment, Forum, Meeting, Member, Question
from forum.telling import tell_conveners
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.actions import store_document
from platssamverkan.ground.actions import action, save_record
from platssamverkan.notices.actions import post_notice

TEXT_LENGTH = 8000 - 2  # of an item, less an empty line
MOST_WAITING = 10  # questions of one member to one meeting


def refuse_sealed(meeting: Meeting) -> None:
    """Raise ValidationError once the protokoll is justerat: from then on nothing of the meeting is changed."""
    if Meeting.objects.filter(pk=meeting.pk, sealed_at__isnull=False).exists():
        raise ValidationError(_("Protokollet är justerat. Mötet kan inte ändras."))


def next_position(meeting: Meeting) -> int:
    """The place after the last."""
    last: int | None = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@action
def draft_agenda(*, meeting: Meeting, by: Any) -> None:
    """Give a new meeting the usual agenda of its forum's kind (forum/kinds.py)."""
    for position, line in enumerate(meeting.forum.terms.agenda):
        item = AgendaItem(
            meeting=meeting,
            position=position,
            title=str(line.title),
            text=str(line.text),
            section=line.section,
            minutes=line.minutes,
            is_standing=True,
        )
        save_record(record=item, by=by)


@action
def carry_over(*, meeting: Meeting, by: Any, only_put_off: bool = False) -> int:
    """Put what earlier meetings did not finish on this one's agenda; tells how many. Done again it adds nothing.

    Open åtgärder belong to the forum and come up under "Sedan förra mötet" without being copied.
    """
    rows = left_for(meeting, only_put_off=only_put_off).select_for_update(of=("self",))
    carried = list(rows.order_by("meeting__starts_at", "position"))
    standing = AgendaItem.objects.active().filter(meeting=meeting, is_standing=True, carried_from=None)
    by_title = {item.title: item for item in standing}
    for item in carried:
        if item.is_standing and (own := by_title.pop(item.title, None)):
            take_up_again(own, item, by)
            continue
        copy = AgendaItem(
            meeting=meeting,
            title=item.title,
            text=item.text,
            minutes=item.minutes,
            rapporteur=item.rapporteur,
            carried_from=item,
        )
        save_item(item=copy, by=by)
    return len(carried)


def left_for(meeting: Meeting, *, only_put_off: bool) -> QuerySet[AgendaItem]:
    """What earlier meetings left for this one: what was put off, and an item of their own (not a standing one) that
    nobody came to, as at a meeting that was called off nobody came to any.

    With `only_put_off` it is what was put off: so soon after a meeting the rest may yet be noted.
    """
    held, off = Q(meeting__status=Meeting.Status.HELD), Q(meeting__status=Meeting.Status.CANCELLED)
    left = AgendaItem.objects.active().filter(
        held & Q(meeting__starts_at__lt=meeting.starts_at) | off,
        meeting__forum=meeting.forum,
        meeting__archived_at__isnull=True,
        carried_to__isnull=True,
    )
    nobody_came_to = Q(state=AgendaItem.State.OPEN, is_standing=False)
    unfinished = Q(state=AgendaItem.State.POSTPONED)
    return left.filter(unfinished if only_put_off else unfinished | nobody_came_to)


def take_up_again(item: AgendaItem, put_off: AgendaItem, by: Any) -> None:
    """A standing item that was put off is on the agenda already: it keeps what was written for it then."""
    item.carried_from = put_off
    if put_off.text not in item.text and len(item.text) + len(put_off.text) < TEXT_LENGTH:
        item.text = f"{put_off.text}\n\n{item.text}".strip()
    item.rapporteur = item.rapporteur or put_off.rapporteur
    save_record(record=item, by=by)


@action
def carry_on(*, forum: Forum, by: Any, only_put_off: bool = False) -> int:
    """As carry_over, to the forum's next meeting, if one is planned already."""
    following = Meeting.objects.coming().filter(forum=forum, starts_at__gt=timezone.now()).select_related("forum")
    meeting = following.first()
    return carry_over(meeting=meeting, by=by, only_put_off=only_put_off) if meeting else 0


@action
def save_item(*, item: AgendaItem, by: Any, opened_version: int | None = None) -> AgendaItem:
    """Write an item, new or changed. A new one comes before the closing "Nästa möte". Raises as refuse_sealed."""
    refuse_sealed(item.meeting)
    is_new = item.is_new
    if is_new:
        item.position = next_position(item.meeting)
    save_record(record=item, by=by, opened_version=opened_version)
    closing = AgendaItem.objects.active().filter(meeting=item.meeting, section=Section.NEXT, position__lt=item.position)
    if is_new and (last := closing.exclude(pk=item.pk).order_by("position").last()):
        AgendaItem.objects.filter(pk=item.pk).update(position=last.position)
        AgendaItem.objects.filter(pk=last.pk).update(position=item.position)
        item.position = last.position
    if item.state == AgendaItem.State.POSTPONED and item.meeting.is_held:
        carry_on(forum=item.meeting.forum, only_put_off=True, by=by)
    return item


@action
def move_item(*, item: AgendaItem, direction: Literal["up", "down"], by: Any) -> None:
    """Change places with the item above or below; at the end of the row nothing happens.

    The version stays: who has the item open to write in it is not disturbed.
    """
    refuse_sealed(item.meeting)
    items = list(AgendaItem.objects.in_order().filter(meeting=item.meeting).select_for_update())
    index = next(i for i, other in enumerate(items) if other.pk == item.pk)
    target = index + (-1 if direction == "up" else 1)
    if not 0 <= target < len(items):
        return
    items[index], items[target] = items[target], items[index]
    for position, other in enumerate(items):
        if other.position != position:
            AgendaItem.objects.filter(pk=other.pk).update(position=position)
    log_event(record=item, by=by, event=f"moved_{direction}")


@action
def attach(*, attachment: Attachment, content: bytes, content_type: str, by: Any) -> Attachment:
    """Store a file with its item. Raises StorageFull as store_document, ValidationError as refuse_sealed.

    IntegrityError where its id is stored already: then the same form was sent twice, and no second file is kept.
    """
    refuse_sealed(attachment.item.meeting)
    attachment.document = store_document(
        content=content, title=attachment.title, kind="bilaga", content_type=content_type, by=by
    )
    return save_record(record=attachment, by=by)


@action
def ask(*, question: Question, by: Any) -> Question:
    """Put a question to the sammankallande, who is told. Raises ValidationError after the last day for questions, and
    while so many of the member's wait for an answer that a letter about each would be too many.

    `by` is None for a member who writes by the link in her letter.
    """
    if not question.meeting.takes_questions:
        raise ValidationError(_("Tiden för frågor till det här mötet har gått ut."))
    Member.objects.select_for_update(of=("self",)).get(pk=question.member_id)  # two sent at once wait for each other
    waiting = Question.objects.waiting().filter(meeting=question.meeting, member=question.member)
    if waiting.exclude(pk=question.pk).count() >= MOST_WAITING:
        raise ValidationError(_("Du har redan tio frågor som väntar på svar. Vänta tills sammankallande har svarat."))
    save_record(record=question, by=by)
    tell_conveners(
        forum=question.meeting.forum,
        what="question_asked",
        about=question,
        subject=_("Ny fråga till %(meeting)s") % {"meeting": question.meeting},
        text=_("%(who)s vill ta upp en fråga. Läs den och svara om den kommer med.") % {"who": question.member}
        + f"\n\n{about_meeting(question.meeting)}",
        by=by,
    )
    return question


@action
def answer_question(
    *, question: Question, accepts: bool, answer: str, by: Any, opened_version: int | None = None
) -> Question:
    """Take a question up as an item of its own, or decline it with a word back. The member is told.

    Raises ValidationError if it has an answer already, or is declined without a word.
    """
    refuse_sealed(question.meeting)
    stored = Question.objects.select_for_update().get(pk=question.pk)
    if stored.state != Question.State.WAITING:
        raise ValidationError(_("Frågan är redan besvarad."))
    if not accepts and not answer.strip():
        raise ValidationError({"answer": _("Skriv ett ord tillbaka om varför.")})
    question.answer, question.answered_by = answer, by
    question.state = Question.State.ACCEPTED if accepts else Question.State.DECLINED
    if accepts:
        member = question.member
        item = AgendaItem(
            meeting=question.meeting,
            title=question.title,
            text=question.text,
            minutes=10,
            rapporteur=(member.organisation or str(member))[:120],
        )
        question.item = save_item(item=item, by=by)
    save_record(record=question, by=by, opened_version=opened_version)
    tell_asker(question, by)
    return question


def tell_asker(question: Question, by: Any) -> None:
    """The word back, to her account or her address."""
    account, email = question.member.account, question.member.email
    if not email:
        return
    told = _("Frågan tas upp på mötet.") if question.item else _("Frågan tas inte upp på det här mötet.")
    words = f"{told}\n\n{question.answer}" if question.answer else told
    post_notice(
        what="question_answered",
        occasion=str(question.pk),
        recipient=account if account and account.is_active else None,
        email="" if account and account.is_active else email,
        subject=_("Svar på din fråga: %(title)s") % {"title": question.title},
        text=f"{words}\n\n{about_meeting(question.meeting)}",
        url=question.get_absolute_url() if account else "",
        by=by,
    )
