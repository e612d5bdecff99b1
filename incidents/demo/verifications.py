# SPDX-License-Identifier: EUPL-1.2
"""Letters and answers of the demonstration: one waits, one is a correction, one objects, one has left."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from boenden.actions.removals import propose_removal
from boenden.actions.verifications import ask_person
from boenden.models import ContactPerson, Verification
from platssamverkan.ground.actions import save_record

OBJECTION = "Ring hellre vår växel. Jag vill inte stå med namn på en lista."


def make_verifications(maker: Any) -> None:
    """Around Kallebäck, where the demonstration's enhetschef decides."""
    boende, chief = maker.boenden["kalleback"], maker.users["enhetschef"]
    helena = with_email(maker, "Förskolan Smultronet", "rektor.smultronet")
    ask_person(person=helena, boende=boende, by=chief)
    mikael = with_email(maker, "Stena Fastigheter", "omradeschef.stena")
    answered(maker, mikael, "corrected", changes={"role": ["bovärd", mikael.role], "phone": ["", mikael.phone]})
    sara = with_email(maker, "SGS Studentbostäder", "bovard.sgs")
    objection = answered(maker, sara, "objected", text=OBJECTION)
    propose_removal(person=sara, reason="objection", verification=objection, by=None)
    ali = with_email(maker, "Matboden i Kallebäck", "butikschef.matboden")
    left = answered(maker, ali, "ended")
    propose_removal(person=ali, reason="ended", verification=left, by=None)


def with_email(maker: Any, actor: str, name: str) -> ContactPerson:
    """The actor's contact person, with an address that letters can go to."""
    person = ContactPerson.objects.get(actor=maker.actors[actor])
    person.email = f"{name}@demo.example"
    return save_record(record=person, by=maker.users["personal"])


def answered(maker: Any, person: ContactPerson, answer: str, **said: Any) -> Verification:
    """A letter that she answered some days ago; its link was never kept."""
    sent = timezone.now() - timedelta(days=5)
    return Verification.objects.create(
        id=maker.new_id(),
        person=person,
        boende=maker.boenden["kalleback"],
        reason=Verification.Reason.YEARLY,
        email=person.email,
        token_digest=maker.new_id().hex * 2,
        created_at=sent,
        answered_at=sent + timedelta(days=2),
        answer=answer,
        **said,
    )
