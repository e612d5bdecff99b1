# SPDX-License-Identifier: EUPL-1.2
"""Verbs of an agreement's parties, amounts and signatures, of supplements, and of the follow-up."""

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.actions.agreements import locked, refuse_unless
from forum.actions.meetings import Refused
from forum.actions.protokoll import TextChanged
from forum.agreement_missing import missing_for_supplement, missing_of_supplement
from forum.agreement_paper import supplement_pdf
from forum.models import AgreementParty, AgreementPost, Signature
from platssamverkan.documents.actions import store_document
from platssamverkan.ground.actions import action, archive_record, save_record


def refuse_fixed(row: AgreementParty | AgreementPost) -> None:
    """Raise Refused where the row stands still: its version, as stored now, is being signed or is signed."""
    row.agreement_version = locked(row.agreement_version)
    if isinstance(row, AgreementParty) and not row.is_new:
        refuse_unless(
            not (row.is_supplement and row.signatures.active().exists()),
            _("%(party)s har skrivit under. Fastställ tillägget, och rätta i en ny version.") % {"party": row},
        )
    refuse_unless(not row.is_fixed, _("Versionen undertecknas eller är undertecknad. Skriv en ny version."))


@action
def save_party(*, party: AgreementParty, by: Any, opened_version: int | None = None) -> AgreementParty:
    """Add a party, or word anew what it contributes. To a version in force a new one joins by a supplement.

    Raises Refused where the version takes none.
    """
    version = party.agreement_version = locked(party.agreement_version)
    if party.is_new and version.is_in_force and version.agreement.terms.takes_supplements:
        last = version.parties.aggregate(last=Max("supplement"))["last"] or 0
        party.supplement = last + 1
    refuse_fixed(party)
    return save_record(record=party, by=by, opened_version=opened_version)


@action
def remove_party(*, party: AgreementParty, by: Any) -> AgreementParty:
    """Take a party out of a draft, or a supplement back. Raises Refused once it has signed."""
    refuse_fixed(party)
    return archive_record(record=party, by=by)


@action
def save_post(*, post: AgreementPost, by: Any, opened_version: int | None = None) -> AgreementPost:
    """Write an amount of a draft. Raises Refused."""
    refuse_fixed(post)
    return save_record(record=post, by=by, opened_version=opened_version)


@action
def remove_post(*, post: AgreementPost, by: Any) -> AgreementPost:
    """Take an amount out of a draft. Raises Refused."""
    refuse_fixed(post)
    return archive_record(record=post, by=by)


def put_signature(party: AgreementParty, signature: Signature, by: Any) -> Signature:
    """Write a signature under the text as it is stored; raises Refused where the party signs nothing now."""
    party = stored_now(party)
    refuse_unless(party.takes_signature, _("Det finns inget att skriva under för %(party)s.") % {"party": party})
    missing = missing_of_supplement(party) if party.is_supplement else []
    if missing:
        raise Refused(missing)
    signature.party, signature.sha256 = party, party.signing_sum()
    return save_record(record=signature, by=by)


def stored_now(party: AgreementParty) -> AgreementParty:
    """The party as it is stored, with its version, held until the verb is done. Raises Refused as locked."""
    version = locked(party.agreement_version)
    stored = AgreementParty.objects.select_for_update(of=("self",)).for_detail().get(pk=party.pk)
    stored.agreement_version = version
    return stored


@action
def sign_on_paper(
    *, party: AgreementParty, signature: Signature, content: bytes, content_type: str, by: Any
) -> Signature:
    """Note a signature on paper and keep the paper. Raises Refused, StorageFull as store_document."""
    title = _("Undertecknat papper, %(party)s") % {"party": party}
    signature.document = store_document(
        content=content, content_type=content_type, title=title, kind="underskrift", by=by
    )
    signature.way = Signature.Way.PAPER
    return put_signature(party, signature, by)


@action
def sign_here(*, party: AgreementParty, role: str, read_sum: str, by: Any) -> Signature:
    """Sign by one's own sign-in, today, what she has read: `read_sum` is its `signing_sum()`.

    The caller has checked that she signs for the party. Raises Refused, TextChanged if the text is another one now.
    """
    if stored_now(party).signing_sum() != read_sum:
        raise TextChanged
    signature = Signature(
        name=by.name,
        role=role,
        organisation=str(party),
        way=Signature.Way.SYSTEM,
        user=by,
        signed_on=timezone.localdate(),
    )
    return put_signature(party, signature, by)


@action
def seal_supplement(*, party: AgreementParty, by: Any) -> AgreementParty:
    """A party has joined: the supplement becomes a file that never changes. Raises Refused with what is missing."""
    party = stored_now(party)
    refuse_unless(party.is_waiting, _("Tillägget är redan fastställt."))
    missing = missing_for_supplement(party)
    if missing:
        raise Refused(missing)
    party.sealed_at = timezone.now()
    title = _("%(agreement)s, tillägg %(number)s") % {"agreement": party.agreement_version, "number": party.supplement}
    party.document = store_document(content=supplement_pdf(party), title=title, kind="avtalstillägg", by=by)
    return save_record(record=party, by=by)
