# SPDX-License-Identifier: EUPL-1.2
"""An agreement as a document for the archive: PDF/A-3a and PDF/UA-1 in one file, by the one renderer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from forum.models import AgreementParty, AgreementPost, AgreementVersion
from forum.paper import in_groups
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.look.words import day_year


def parts_of_text(version: AgreementVersion) -> list[tuple[Any, str]]:
    """(heading, text) of what it says, in order."""
    return [(part.heading, getattr(version, part.field)) for part in version.agreement.terms.parts]


def whole(day: date | None) -> str:
    """A day that no line breaks in two; nothing where there is none, which the caller has refused before."""
    return day_year(day).replace(" ", "\N{NO-BREAK SPACE}") if day else ""


def sender_of(version: AgreementVersion) -> dict[str, Any]:
    """Förvaltning and boende of the letterhead, as far as there is one of each."""
    agreement = version.agreement
    boenden = list(agreement.boenden.select_related("forvaltning").order_by("name"))
    if not boenden and agreement.forum:
        boenden = list(agreement.forum.boenden.select_related("forvaltning").order_by("name"))
    forvaltningar = {boende.forvaltning for boende in boenden}
    return {
        "forvaltning": forvaltningar.pop() if len(forvaltningar) == 1 else "",
        "boende": ", ".join(str(boende) for boende in boenden),
    }


def archive_pdf(version: AgreementVersion, parties: Sequence[AgreementParty], posts: Sequence[AgreementPost]) -> bytes:
    """The whole version with its signatures. The caller has seen to it that nothing is missing."""
    agreement = version.agreement
    facts = [
        (_("Avtal"), capfirst(agreement.get_kind_display())),
        (_("Version"), version.number),
        (_("Gäller"), f"{whole(version.starts_on)}\N{NO-BREAK SPACE}– {whole(version.ends_on)}"),
        (_("Ses över"), whole(version.review_on)),
    ]
    context = {
        **sender_of(version),
        "facts": facts,
        "diarienummer": agreement.diarienummer,
        "agreement": agreement,
        "version": version,
        "parts": [(heading, text) for heading, text in parts_of_text(version) if text],
        "parties": [party for party in parties if not party.is_supplement],
        "posts": posts,
        "sha256": in_groups(version.sha256),
        "total": sum(post.amount for post in posts),
    }
    return render_pdf(template="documents/agreement.html", context=context, title=str(agreement), archive=True)


def supplement_pdf(party: AgreementParty) -> bytes:
    """The supplement by which a party joins."""
    version = party.agreement_version
    context = {
        **sender_of(version),
        "facts": [(_("Version"), version.number), (_("Med från"), whole(party.joined_on))],
        "sha256": in_groups(version.sha256),
        "diarienummer": version.agreement.diarienummer,
        "agreement": version.agreement,
        "version": version,
        "party": party,
        "parties": [party],
    }
    title = _("Tillägg %(number)s till %(agreement)s") % {"number": party.supplement, "agreement": version.agreement}
    return render_pdf(template="documents/agreement_supplement.html", context=context, title=title, archive=True)
