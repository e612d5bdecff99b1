# SPDX-License-Identifier: EUPL-1.2
"""Verbs of invitations: send, send again, withdraw, accept."""

from collections.abc import Callable
from datetime import date
from typing import Any

from auditlog.context import set_actor
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.actions.contact_lists import add_reader, start_list
from boenden.grants import may_grant
from boenden.models import Assignment, Boende, ContactPerson, Forvaltning, Invite
from boenden.models.invites import invite_expiry, new_token, token_digest
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import ROLES, Role
from platssamverkan.ground.actions import action, save_record
from platssamverkan.notices.actions import post_notice

# What rooms above do when an invitation comes true, before it gives what it names: (invite, user)
when_accepted: list[Callable[[Invite, User], None]] = []


class InviteGone(Exception):
    """The link does not work: expired, used, withdrawn or never made. Which, is not told."""


@action
def invite(
    *,
    email: str,
    name: str,
    role: str,
    by: Any,
    boende: Boende | None = None,
    forvaltning: Forvaltning | None = None,
    person: ContactPerson | None = None,
    ends_on: date | None = None,
) -> Invite:
    """Invite someone by e-mail to a role, or (role empty) to read the boende's contact list. See send_invite."""
    new = Invite(
        email=email, name=name, role=role, boende=boende, forvaltning=forvaltning, person=person, ends_on=ends_on
    )
    return send_invite(invite=new, by=by)


@action
def send_invite(*, invite: Invite, by: Any) -> Invite:
    """Store a new invitation and mail its link.

    Raises PermissionDenied for a role that is not `by`'s to give, ValidationError if the person has it already.
    """
    invite.clean()
    return mail_link(invite=invite, by=by)


@action
def resend_invite(*, invite: Invite, by: Any) -> Invite:
    """Mail a new link that lives anew; the old one stops working. Raises as send_invite, also if used or withdrawn."""
    invite = locked_waiting(invite)
    invite.clean()
    invite.sent_count += 1
    invite.expires_at = invite_expiry()
    return mail_link(invite=invite, by=by)


@action
def withdraw_invite(*, invite: Invite, by: Any) -> Invite:
    """Make the link stop working. Raises ValidationError if it has been used or withdrawn already."""
    invite = locked_waiting(invite)
    invite.withdrawn_at = timezone.now()
    return save_record(record=invite, by=by)


def locked_waiting(invite: Invite) -> Invite:
    """The invitation as it stands now, held until the transaction ends; raises ValidationError if it is closed."""
    current = Invite.objects.waiting().select_for_update(of=("self",)).filter(pk=invite.pk).first()
    if current is None:
        raise ValidationError(_("Inbjudan är redan använd eller återkallad."))
    return current


def mail_link(*, invite: Invite, by: Any) -> Invite:
    """Give the invitation a new secret, known to the letter alone, and send that."""
    boende, person = invite.boende, invite.person
    if not may_grant(by, role=invite.role, boende=boende, forvaltning=invite.forvaltning, person=person):
        raise PermissionDenied
    token = new_token()
    invite.token_digest = token_digest(token)
    save_record(record=invite, by=by)
    link = settings.SITE_URL + reverse("people:invite_accept", args=[token])
    context = {"invite": invite, "by": by, "link": link, "role": ROLES.get(Role(invite.role)) if invite.role else None}
    post_notice(
        what="invite",
        occasion=f"{invite.pk}:{invite.sent_count}",
        email=invite.email,  # also when she has an account: such a letter's text is wiped when it is sent
        subject=render_to_string("email/invite_subject.txt", context).strip(),
        text=render_to_string("email/invite.txt", context),
        by=by,
    )
    return invite


@action
def accept_invite(*, token: str, by: Any, name: str = "", password: str = "") -> User:
    """Make the invitation come true, once, and tell whose account it is.

    `by` is who is signed in, or None: then the account is made, with `name` and, if given, `password`.
    Raises InviteGone if the link does not work, PermissionDenied if it is another person's.
    """
    invite = Invite.objects.select_for_update(of=("self",)).with_token(token).first()
    if invite is None:
        raise InviteGone
    account = User.objects.filter(email=invite.email).first()
    if account != by:
        raise PermissionDenied
    user = account or User.objects.create_user(invite.email, password, name=name)
    if account:
        fulfil(invite=invite, user=user)
    else:
        with set_actor(user):
            fulfil(invite=invite, user=user)
    return user


def fulfil(*, invite: Invite, user: User) -> None:
    """Give the user what she was invited to, and close the invitation."""
    for come_true in when_accepted:
        come_true(invite, user)
    if invite.is_held_by(user):
        pass  # someone gave it to her meanwhile
    elif invite.role:
        assignment = Assignment(
            user=user,
            role=invite.role,
            boende=invite.boende,
            forvaltning=invite.forvaltning,
            ends_on=invite.ends_on,
        )
        save_record(record=assignment, by=user)
    elif invite.boende:
        add_reader(
            contact_list=start_list(boende=invite.boende, by=user),
            user=user,
            person=invite.person,
            ends_on=invite.ends_on,
            shared_by=invite.created_by,
            by=user,
        )
    person = invite.person
    if person and person.user_id is None:
        person.user = user
        save_record(record=person, by=user)
    invite.accepted_at, invite.accepted_by = timezone.now(), user
    save_record(record=invite, by=user)
