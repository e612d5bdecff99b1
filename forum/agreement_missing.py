# SPDX-License-Identifier: EUPL-1.2
"""What an agreement's version still lacks, as sentences that the page shows and the verbs enforce."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.models import AgreementParty, AgreementPost, AgreementVersion

FEWEST_PARTIES = 2


def missing_for_signing(
    version: AgreementVersion, parties: Sequence[AgreementParty], posts: Sequence[AgreementPost]
) -> list[str]:
    """The required parts before anybody signs (lag 2023:196 § 9 for purposes and areas)."""
    terms = version.agreement.terms
    missing = []
    if len(parties) < FEWEST_PARTIES:
        missing.append(_("Lägg till parterna: minst två."))
    missing += [str(part.missing) for part in terms.parts if part.is_required and not getattr(version, part.field)]
    missing += [_("Skriv vad %(party)s bidrar med.") % {"party": party} for party in parties if not party.contributes]
    if terms.has_amounts and not posts:
        missing.append(_("Skriv beloppen per år, post för post."))
    if terms.has_amounts and not version.agreement.diarienummer:
        missing.append(_("Skriv diarienumret."))
    return missing + missing_days(version)


def missing_days(version: AgreementVersion) -> list[str]:
    """The days: from, to, review."""
    missing = []
    if not version.starts_on:
        missing.append(_("Skriv från vilken dag det gäller."))
    if not version.ends_on:
        missing.append(_("Skriv till och med vilken dag det gäller."))
    if not version.review_on:
        missing.append(_("Skriv när det ska ses över."))
    return missing


def missing_signatures(parties: Sequence[AgreementParty]) -> list[str]:
    """The parties that have not signed. A supplement waits for its own signature only."""
    return [
        _("%(party)s har inte skrivit under.") % {"party": party}
        for party in parties
        if not party.is_supplement and not party.has_signed
    ]


def missing_for_sealing(
    version: AgreementVersion, parties: Sequence[AgreementParty], posts: Sequence[AgreementPost]
) -> list[str]:
    """Everything that is required before it holds, and before there is a PDF of it."""
    return missing_for_signing(version, parties, posts) + missing_signatures(parties)


def missing_of_supplement(party: AgreementParty) -> list[str]:
    """What a party that joins later has to say before it signs: from then on nothing of it is changed."""
    missing = []
    if not party.contributes:
        missing.append(_("Skriv vad %(party)s bidrar med.") % {"party": party})
    if not party.joined_on:
        missing.append(_("Skriv från vilken dag %(party)s är med.") % {"party": party})
    return missing


def missing_for_supplement(party: AgreementParty) -> list[str]:
    """What a party that joins later still lacks before it is part of the agreement."""
    missing = missing_of_supplement(party)
    if not party.has_signed:
        missing.append(_("%(party)s har inte skrivit under.") % {"party": party})
    return missing
