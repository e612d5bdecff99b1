# SPDX-License-Identifier: EUPL-1.2
"""Small makers of agreements for tests."""

from datetime import date

from forum.actions.agreements import begin_signing, save_text, seal_version, start_agreement
from forum.models import Agreement, AgreementParty, AgreementPost, Signature
from platssamverkan.documents.actions import store_document

TEXTS = {
    "purpose": "Trygghet för alla som bor här.",
    "areas": "Gångvägen, hållplatsen och parken.",
    "principles": "Vi ringer varandra först.",
    "steering": "Avdelningschef och ombud, fyra gånger om året.",
}
DAYS = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31), "review_on": date(2027, 1, 15)}


def make_agreement(cast, *, kind="avsiktsforklaring", forum=None, boenden=(), **fields) -> Agreement:
    """A draft with its first version, empty."""
    fields = {"title": "Avsiktsförklaring för rådet", "diarienummer": "SOC-2026-00123"} | fields
    agreement = Agreement(kind=kind, forum=forum, **fields)
    by = cast["sammankallande"] if forum else cast["enhetschef"]
    return start_agreement(agreement=agreement, boenden=list(boenden), by=by)


def make_party(version, **fields) -> AgreementParty:
    """A party that says what it contributes."""
    return AgreementParty.objects.create(agreement_version=version, **{"contributes": "Arbetstid och lokal.", **fields})


def store_paper():
    """A signed paper."""
    return store_document(content=b"%PDF-1.7 papper", title="Papper", kind="underskrift", by=None)


def sign(party, name="Eva Ek") -> Signature:
    """Somebody has signed for the party on paper."""
    return Signature.objects.create(
        party=party, name=name, role="ordförande", organisation=str(party), way="paper", document=store_paper(),
        sha256=party.agreement_version.sha256, signed_on=date(2026, 1, 20),
    )  # fmt: skip


def write(cast, agreement, *, by="sammankallande", **texts):
    """Write the whole text of the draft."""
    version = agreement.versions.open().get()
    for name, value in {**TEXTS, **DAYS, **texts}.items():
        setattr(version, name, value)
    return save_text(version=version, by=cast[by])


def ready(cast, agreement, *parties, by="sammankallande"):
    """A written version with parties, that is being signed."""
    version = write(cast, agreement, by=by)
    for fields in parties:
        make_party(version, **fields)
    if agreement.terms.has_amounts:
        AgreementPost.objects.create(agreement_version=version, name="Två boendeombud", amount=1_400_000)
        AgreementPost.objects.create(agreement_version=version, name="Bil", amount=40_000)
    return begin_signing(version=version, by=cast[by])


def in_force(cast, agreement, *parties, by="sammankallande"):
    """A version that everyone has signed and that holds."""
    version = ready(cast, agreement, *parties, by=by)
    for party in version.parties.all():
        sign(party)
    return seal_version(version=version, by=cast[by])
