# SPDX-License-Identifier: EUPL-1.2
"""A letter that waits for an answer, a correction to read, and a proposal to decide about."""

from django.utils import timezone

from boenden.models import RemovalProposal, Verification
from boenden.models.invites import token_digest
from tests import factories

TOKEN = "x" * 45


def add(cast, world) -> None:
    """Rows that the URLs of verification need, about a person of Kallebäck without an account."""
    neighbour = world["at"]["neighbour"]
    person = factories.ContactPersonFactory(actor=neighbour.actor, email="kontakt@example.org")
    Verification.objects.create(
        person=person, boende=cast.kalleback, reason="asked", email=person.email, token_digest=token_digest(TOKEN)
    )
    correction = Verification.objects.create(
        person=person,
        boende=cast.kalleback,
        reason="first",
        email=person.email,
        token_digest=token_digest("y" * 45),
        answered_at=timezone.now(),
        answer="corrected",
        changes={"name": ["Lena", "Lena Wikström"], "phone": ["+46701740612", "+46701740699"]},
    )
    world["single"] |= {
        "verification_read": correction,
        "removal": RemovalProposal.objects.create(person=person, reason="ended"),
        "readership": cast.contact_list.readers.get(user=cast["granne"]),
    }
    world["tokens"] = {"verification_answer": TOKEN}
