# SPDX-License-Identifier: EUPL-1.2
"""What a contact person does with the data about herself (GDPR art. 16 and 18)."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.actions.persons import save_person
from boenden.models import Assignment, ContactPerson, Neighbour, Verification
from boenden.models.invites import new_token, token_digest
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import action, save_record
from platssamverkan.notices.actions import post_notice

CORRECTED_FIELDS = ("name", "role", "phone", "email", "visibility")


@action
def correct_own_data(
    *,
    person: ContactPerson,
    by: Any,
    opened_version: int | None = None,
    verification: Verification | None = None,
) -> ContactPerson:
    """Save what the person corrected: it is verified by that. The enhetschef sees it before and after.

    `verification` is the letter whose link she came by; None for one who is signed in.
    """
    stored = ContactPerson.objects.get(pk=person.pk)
    pairs = {name: [getattr(stored, name), getattr(person, name)] for name in CORRECTED_FIELDS}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    person.verified_on = timezone.localdate()
    person.verified_how = ContactPerson.VerifiedHow.SELF
    save_person(person=person, by=by, opened_version=opened_version)
    answer = Verification.Answer.CORRECTED if changes else Verification.Answer.CONFIRMED
    verification = verification or without_letter(person)
    if verification:
        note_answer(verification=verification, answer=answer, changes=changes, by=by)
    tell_managers(
        person=person,
        what="own_data_corrected",
        event=person.version,
        subject=_("%(name)s har sett över sina kontaktuppgifter") % {"name": person},
        text=_("%(name)s, %(actor)s: läs vad som är ändrat, och titta på raden i kontaktlistan.")
        % {"name": person, "actor": person.actor},
        by=by,
    )
    return person


def without_letter(person: ContactPerson) -> Verification | None:
    """A row for a correction that she made signed in; None if her actor neighbours no boende that could read it."""
    tie = Neighbour.objects.in_use().filter(actor=person.actor_id).select_related("boende").order_by("pk").first()
    if tie is None:
        return None
    return Verification(
        person=person,
        boende=tie.boende,
        reason=Verification.Reason.OWN,
        token_digest=token_digest(new_token()),
        expires_at=timezone.now() - timedelta(days=1),
    )


def note_answer(
    *, verification: Verification, answer: str, by: Any, text: str = "", changes: dict[str, Any] | None = None
) -> None:
    """Close the letter with her answer: its link has done its work."""
    verification.answered_at, verification.answer = timezone.now(), answer
    verification.text, verification.changes = text, changes or {}
    save_record(record=verification, by=by)


def tell_managers(
    *, person: ContactPerson, what: str, event: Any, subject: str, text: str, by: Any, mail: bool = False
) -> None:
    """Let the enhetschef of every boende that the actor neighbours know, in the app, and by mail where it can't wait.

    `event` is what makes it one thing told once: the person's version, or the answer's id.
    """
    neighbours = Neighbour.objects.active().filter(actor=person.actor_id)
    managers = Assignment.objects.current().filter(role=Role.ENHETSCHEF).select_related("user", "boende")
    for assignment in managers.filter(boende__in=neighbours.values("boende")):
        post_notice(
            what=what,
            occasion=f"{person.pk}:{event}:{assignment.boende_id}",
            recipient=assignment.user,
            subject=subject,
            text=text,
            url=reverse("boenden:verification_list", args=[assignment.boende.slug]),  # type: ignore[union-attr]
            mail=mail,
            by=by,
        )
