# SPDX-License-Identifier: EUPL-1.2
"""What forums do when something happens in a room below: a forum text is withdrawn, an invitation is accepted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden import grants
from boenden.actions import invites
from boenden.models import Boende, ContactPerson, Invite
from forum.actions.forums import open_readership
from forum.actions.incidents import empty_papers
from forum.letters import Occasion
from forum.models import Forum, Member
from incidents import actions as incidents
from platssamverkan.audit.labels import register_event


def register() -> None:
    """Called once when Django starts."""
    incidents.when_withdrawn.append(withdrawn)
    grants.reader_granters.append(convener_may_invite)
    invites.when_accepted.append(accepted)
    register_event("member_called", _("ringde upp"))
    register_event(Occasion.CALL, _("kallade till"))
    register_event(Occasion.CHANGE, _("meddelade ändring av"))
    register_event(Occasion.CANCEL, _("ställde in"))
    register_event(Occasion.PAPERS, _("skickade underlag till"))


def withdrawn(incident: Any, by: Any) -> None:
    """A withdrawn forum text leaves the papers that are not justerade."""
    empty_papers(incident=incident, by=by)


def convener_may_invite(user: Any, boende: Boende, person: ContactPerson | None) -> bool:
    """Whether the user may invite a contact person to an account since she is in a forum that the user looks after."""
    if person is None:
        return False
    forums = Forum.objects.editable_by(user) | Forum.objects.appointable_by(user)
    held = Member.objects.current().filter(person=person, forum__in=forums, forum__boenden=boende)
    return held.exists()


def accepted(invite: Invite, user: Any) -> None:
    """Someone who is in forums as a contact person has an account now: the lists of their boenden are open to her."""
    if invite.person is None:
        return
    for member in Member.objects.current().filter(person=invite.person).select_related("forum", "person"):
        open_readership(member=member, user=user, by=user)
