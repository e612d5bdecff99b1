# SPDX-License-Identifier: EUPL-1.2
"""What a synpunkt can become here, what it came from, and what waits for a sammankallande."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.kinds import INTERNAL_KINDS
from forum.models import Forum, HeardWish, Proposal
from forum.own import convened_by
from incidents.models import Synpunkt
from incidents.synpunkt_outcomes import Outcome, meeting_providers, outcome_providers
from platssamverkan.start.registry import Todo, help_topics, todo_providers


def register() -> None:
    """Called once when Django starts."""
    outcome_providers.append(outcomes)
    meeting_providers.append(meetings)
    todo_providers.append(todos)
    help_topics.update(
        {
            "forum:synpunkt_proposal": "synpunkter",
            "forum:agendaitem_synpunkt": "synpunkter",
            "forum:agendaitem_proposal": "synpunkter",
            "forum:proposal_answer": "fragor",
        }
    )


def outcomes(user: Any, synpunkt: Synpunkt) -> Iterator[Outcome]:
    """Agendas that it is on or proposed for, the husmöte it came from, and the way to propose it. Two queries."""
    proposals = Proposal.objects.visible_to(user).filter(synpunkt=synpunkt).order_by("created_at", "pk")
    for proposal in proposals:
        yield Outcome(str(proposal), proposal.get_absolute_url(), is_done=True, about=proposal.get_state_display())
    if synpunkt.channel == Synpunkt.Channel.HUSMOTE:
        wish = HeardWish.objects.filter(synpunkt=synpunkt).select_related("item__meeting__forum").first()
        if wish:
            url = wish.item.get_absolute_url()
            yield Outcome(str(wish.item), url, is_done=True, about=str(wish.item.meeting.forum))
    url = reverse("forum:synpunkt_proposal", args=[synpunkt.pk])
    yield Outcome(_("Ta upp i ett forum"), url, icon="people")


def meetings(user: Any, synpunkt: Synpunkt) -> Iterator[Outcome]:
    """Where a meeting about recurring ones is planned: in the forums of the boende that the user convenes."""
    convened = Forum.objects.editable_by(user).filter(boenden=synpunkt.boende_id, ended_on__isnull=True)
    for forum in convened.exclude(kind__in=INTERNAL_KINDS).order_by("name", "pk")[:3]:
        url = reverse("forum:meeting_create", args=[forum.pk])
        yield Outcome(_("Planera ett möte, %(forum)s") % {"forum": forum}, url, icon="calendar-plus")
    yield Outcome(_("Ta upp på nästa möte"), reverse("forum:synpunkt_proposal", args=[synpunkt.pk]), icon="people")


def todos(user: Any) -> Iterator[Todo]:
    """Proposals that wait for the sammankallande."""
    convened = convened_by(user)
    if not convened:
        return
    rows = Proposal.objects.waiting().filter(meeting__forum__in=convened).select_related("meeting__forum")
    for proposal in rows.order_by("created_at", "pk"):
        title = _("Svara på förslaget: %(title)s") % {"title": proposal}
        yield Todo(title, proposal.get_absolute_url(), proposal.meeting.day, about=str(proposal.meeting.forum))
