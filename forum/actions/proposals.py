# SPDX-License-Identifier: EUPL-1.2
"""Verbs: propose an item for a meeting, take it up or not; let a wish of a husmöte become a synpunkt."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forum.about_meeting import about_meeting
from forum.actions.agenda import refuse_sealed, save_item
from forum.models import AgendaItem, HeardWish, Member, Proposal
from forum.telling import tell_conveners
from incidents.models import Synpunkt
from incidents.synpunkt_actions import receive
from platssamverkan.ground.actions import action, save_record
from platssamverkan.notices.actions import post_notice

MINUTES = 10


@action
def propose(*, proposal: Proposal, by: Any) -> Proposal:
    """Propose an item. The sammankallande is told; who convenes the forum herself has put it on the agenda.

    Raises ValidationError once the meeting's protokoll is justerat.
    """
    refuse_sealed(proposal.meeting)
    save_record(record=proposal, by=by)
    if Member.objects.current().of(by).convening().filter(forum=proposal.meeting.forum_id).exists():
        return answer_proposal(proposal=proposal, accepts=True, answer="", by=by)
    tell_conveners(
        forum=proposal.meeting.forum,
        what="agenda_proposed",
        about=proposal,
        subject=_("Förslag till dagordningen: %(meeting)s") % {"meeting": proposal.meeting},
        text=_("Boendets personal föreslår en punkt. Läs den och svara om den kommer med.")
        + f"\n\n{about_meeting(proposal.meeting)}",
        by=by,
    )
    return proposal


@action
def answer_proposal(
    *, proposal: Proposal, accepts: bool, answer: str, by: Any, opened_version: int | None = None
) -> Proposal:
    """Put it on the agenda, or decline it with a word back. Who proposed it is told.

    Raises ValidationError if it has an answer already, or is declined without a word.
    """
    refuse_sealed(proposal.meeting)
    stored = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if stored.state != Proposal.State.WAITING:
        raise ValidationError(_("Förslaget är redan besvarat."))
    if not accepts and not answer.strip():
        raise ValidationError({"answer": _("Skriv ett ord tillbaka om varför.")})
    proposal.answer, proposal.answered_by = answer, by
    proposal.state = Proposal.State.ACCEPTED if accepts else Proposal.State.DECLINED
    if accepts:
        item = AgendaItem(meeting=proposal.meeting, title=proposal.title, text=proposal.text, minutes=MINUTES)
        proposal.item = save_item(item=item, by=by)
    save_record(record=proposal, by=by, opened_version=opened_version)
    proposer = stored.created_by
    if proposer and proposer != by and proposer.is_active:
        told = _("Punkten tas upp på mötet.") if accepts else _("Punkten tas inte upp på det här mötet.")
        post_notice(
            what="agenda_proposal_answered",
            occasion=str(proposal.pk),
            recipient=proposer,
            subject=_("Svar på ditt förslag: %(title)s") % {"title": proposal.title},
            text="\n\n".join(part for part in (told, answer, about_meeting(proposal.meeting)) if part),
            url=proposal.get_absolute_url(),
            by=by,
        )
    return proposal


@action
def hear_wish(*, item: AgendaItem, synpunkt: Synpunkt, by: Any) -> Synpunkt:
    """Take a wish of a husmöte in as a synpunkt, tied to the item it came from."""
    receive(synpunkt=synpunkt, by=by)
    save_record(record=HeardWish(item=item, synpunkt=synpunkt), by=by)
    return synpunkt
