# SPDX-License-Identifier: EUPL-1.2
"""Verbs of verification: ask a contact person about her data, and take her answer from the link in the letter.

What the letter tells is GDPR art. 13 and 14; what she may answer is art. 7.3, 16, 17 and 21.
"""

from copy import copy
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.actions.own_data import correct_own_data, note_answer, tell_managers
from boenden.actions.persons import save_person
from boenden.actions.removals import drop_proposals, propose_removal
from boenden.models import Boende, ContactPerson, RemovalProposal, Verification
from boenden.models.invites import new_token, token_digest
from boenden.models.verifications import link_expiry, persons_with_letters_due
from boenden.personal_data import facts_about
from platssamverkan.audit.actions import log_bulk
from platssamverkan.ground.actions import action, archive_record, save_record
from platssamverkan.notices.actions import post_notice, wake

LETTERS_A_SWEEP = 200  # the next sweep goes on with the rest
BATCH = 1000  # rows an INSERT
TASK = "boenden.letters"
Answer, Reason = Verification.Answer, RemovalProposal.Reason


class LinkGone(Exception):
    """The link does not work: expired, used, replaced, forged, or the person is removed. Which, is not told."""


@action
def ask_person(*, person: ContactPerson, boende: Boende, by: Any, reason: str = Verification.Reason.ASKED) -> Any:
    """Mail the person a link to her own data; an earlier link stops working. Raises ValidationError without e-mail."""
    person = ContactPerson.objects.select_for_update(of=("self",)).select_related("actor").get(pk=person.pk)
    if not person.email:
        raise ValidationError(_("%(name)s har ingen e-postadress. Skriv in den först.") % {"name": person})
    for earlier in Verification.objects.waiting().filter(person=person):
        archive_record(record=earlier, by=by)
    if not Verification.objects.filter(person=person).exclude(reason=Verification.Reason.OWN).exists():
        reason = Verification.Reason.FIRST
    token = new_token()
    new = Verification(
        person=person, boende=boende, reason=reason, email=person.email, token_digest=token_digest(token)
    )
    save_record(record=new, by=by)
    mail_letter(verification=new, token=token, by=by)
    return new


def mail_letter(*, verification: Verification, token: str, by: Any) -> None:
    """Put the letter in the outbox. It holds what art. 13 and 14 ask for, and none of her data: the page has those."""
    person = verification.person
    context = {
        "verification": verification,
        "person": person,
        "boende": verification.boende,
        "link": settings.SITE_URL + reverse("boenden:verification_answer", args=[token]),
        "facts": facts_about(person),
    }
    post_notice(
        what="verification",
        occasion=f"{person.pk}:{verification.pk}",
        email=verification.email,
        subject=render_to_string("email/verification_subject.txt", context).strip(),
        text=render_to_string("email/verification.txt", context),
        by=by,
    )


@action
def ask_unverified(*, boende: Boende, by: Any) -> int:
    """Ask everyone around the boende who is unverified, has an e-mail and no letter to answer; gives how many.

    They may be hundreds: here they are only noted as asked, in a few queries however many; a worker writes the letters.
    """
    unverified = ContactPerson.objects.around(boende).unverified().exclude(email="").order_by("pk")
    held = [person.pk for person in unverified.select_for_update(of=("self",))]  # who asks too waits, then sees ours
    waiting = Verification.objects.open().values("person")
    against = RemovalProposal.objects.said().values("person")
    free = ContactPerson.objects.filter(pk__in=held).exclude(pk__in=waiting).exclude(pk__in=against)
    asked = list(free.order_by("pk"))
    if not asked:
        return 0
    withdraw_letters(persons=asked, by=by)
    new, now = queued_letters(asked, boende), timezone.now()
    for verification in new:
        verification.created_at = verification.changed_at = now
        verification.created_by = verification.changed_by = by
    Verification.objects.bulk_create(new, batch_size=BATCH)
    log_bulk(changed=[(None, verification) for verification in new], by=by)
    transaction.on_commit(partial(wake, TASK), robust=True)
    return len(new)


def queued_letters(persons: list[ContactPerson], boende: Boende) -> list[Verification]:
    """A letter to each that is not written yet, not saved."""
    told = Verification.objects.exclude(reason=Verification.Reason.OWN).filter(person__in=persons)
    had_one = set(told.order_by().values_list("person", flat=True))
    return [
        Verification(
            person=person,
            boende=boende,
            reason=Verification.Reason.ASKED if person.pk in had_one else Verification.Reason.FIRST,
            email=person.email,
            token_digest=token_digest(new_token()),  # nobody's: the letter gets one of its own
            is_queued=True,
        )
        for person in persons
    ]


def withdraw_letters(*, persons: list[ContactPerson], by: Any) -> None:
    """Earlier letters that nobody has answered stop working: all of them in one query."""
    now = timezone.now()
    earlier = list(Verification.objects.waiting().filter(person__in=persons))
    after = [copy(verification) for verification in earlier]
    for verification in after:
        verification.archived_at = verification.changed_at = now
        verification.changed_by, verification.version = by, verification.version + 1
    Verification.objects.bulk_update(after, ["archived_at", "changed_at", "changed_by", "version"], batch_size=BATCH)
    log_bulk(changed=zip(earlier, after, strict=True), by=by)


def write_queued_letters(now: datetime) -> int:
    """Write the letters of those who have been asked: each in a transaction of its own, until there is none left."""
    waiting = list(Verification.objects.queued().select_related("created_by"))
    return sum(write_letter(verification=verification, by=verification.created_by) for verification in waiting)


@action
def write_letter(*, verification: Verification, by: Any) -> bool:
    """Write one letter, unless another worker has, or it is no longer asked for. Its link works from now on."""
    found = Verification.objects.queued().select_related("person__actor__forvaltning", "boende")
    held = found.select_for_update(of=("self",), skip_locked=True).filter(pk=verification.pk).first()
    if held is None:
        return False
    token = new_token()
    held.token_digest, held.is_queued, held.expires_at = token_digest(token), False, link_expiry()
    save_record(record=held, by=by)
    mail_letter(verification=held, token=token, by=by)
    return True


def send_due_letters(now: datetime) -> int:
    """Ask those whose letter is due: at every sweep, each in a transaction of its own."""
    due = persons_with_letters_due(now).select_related("actor")[:LETTERS_A_SWEEP]
    return sum(ask_if_due(person=person, now=now, by=None) for person in list(due))


@action
def ask_if_due(*, person: ContactPerson, now: datetime, by: Any) -> bool:
    """Ask one person, unless another sweep has done it meanwhile."""
    ContactPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not persons_with_letters_due(now).filter(pk=person.pk).exists():
        return False
    tie = person.actor.neighbours.in_use().filter(boende__archived_at__isnull=True)
    nearest = tie.select_related("boende").order_by("created_at", "pk")[0]
    ask_person(person=person, boende=nearest.boende, reason=Verification.Reason.YEARLY, by=by)
    return True


def locked(token: str) -> Verification:
    """The open letter that the token belongs to, held until the transaction ends; raises LinkGone."""
    found = Verification.objects.with_token(token).select_related("person__actor").select_for_update(of=("self",))
    verification = found.first()
    if verification is None:
        raise LinkGone
    return verification


@action
def confirm(*, token: str, by: Any) -> None:
    """Her data are right: verified by herself today. Raises LinkGone."""
    verification = locked(token)
    person = verification.person
    person.verified_on, person.verified_how = timezone.localdate(), ContactPerson.VerifiedHow.SELF
    save_person(person=person, by=by)
    drop_proposals(person=person, reasons=[Reason.ENDED], by=by)
    note_answer(verification=verification, answer=Answer.CONFIRMED, by=by)


@action
def correct(*, token: str, person: ContactPerson, opened_version: int | None, by: Any) -> None:
    """Save what she corrected and show it to the enhetschef. Raises LinkGone, and EditConflict."""
    verification = locked(token)
    if verification.person_id != person.pk:
        raise LinkGone
    correct_own_data(person=person, opened_version=opened_version, verification=verification, by=by)
    drop_proposals(person=person, reasons=[Reason.ENDED], by=by)


@action
def leave(*, token: str, by: Any) -> None:
    """She no longer has the role, or takes her consent back: removal is proposed. Raises LinkGone."""
    verification = locked(token)
    person = verification.person
    is_consent = person.lawful_ground == ContactPerson.Ground.SAMTYCKE
    note_answer(verification=verification, answer=Answer.WITHDRAWN if is_consent else Answer.ENDED, by=by)
    reason = Reason.CONSENT if is_consent else Reason.ENDED
    propose_removal(person=person, reason=reason, verification=verification, by=by)
    tell_managers(
        person=person,
        what="removal_proposed",
        event=verification.pk,
        subject=_("En kontaktperson hos %(actor)s vill lämna") % {"actor": person.actor},
        text=_("Läs svaret, och ta bort eller behåll uppgifterna."),
        by=by,
    )


@action
def object_to(*, token: str, text: str, by: Any) -> None:
    """She objects (art. 21): kept to the boende at once, off every shared list, until the enhetschef has decided.

    Raises LinkGone.
    """
    verification = locked(token)
    person = verification.person
    note_answer(verification=verification, answer=Answer.OBJECTED, text=text, by=by)
    propose_removal(person=person, reason=Reason.OBJECTION, verification=verification, by=by)
    tell_managers(
        person=person,
        what="objection",
        event=verification.pk,
        subject=_("En kontaktperson hos %(actor)s har invänt") % {"actor": person.actor},
        text=_("Uppgifterna delas inte längre med någon utanför boendet. Läs svaret, och bestäm."),
        mail=True,
        by=by,
    )


@action
def mark_read(*, verification: Verification, by: Any) -> Verification:
    """The enhetschef has seen a correction."""
    verification.read_at, verification.read_by = timezone.now(), by
    return save_record(record=verification, by=by)
