# SPDX-License-Identifier: EUPL-1.2
"""The kinds of agreement and which parts each must have before it can be signed. Written to be read by everyone.

Sources: lag (2023:196) § 9 (purposes and areas of collaboration), the guide 001:1027–1050, domain.md "Agreements".
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class AgreementKind(TextChoices):
    """What sort of agreement it is."""

    AVSIKTSFORKLARING = "avsiktsforklaring", _("avsiktsförklaring")
    IOP = "iop", _("idéburet offentligt partnerskap (IOP)")
    SKOTSELAVTAL = "skotselavtal", _("skötselavtal")
    OVERENSKOMMELSE = "overenskommelse", _("samverkansöverenskommelse")


@dataclass(frozen=True)
class Part:
    """A text of the agreement: its field, its heading, and what is said while it is missing."""

    field: str
    heading: Text
    missing: Text
    is_required: bool = True


@dataclass(frozen=True)
class AgreementTerms:
    """What an agreement of a kind holds."""

    parts: tuple[Part, ...]
    about: Text
    takes_supplements: bool = False  # further parties can join a signed one
    has_amounts: bool = False  # kronor a year by post, diarienummer, follow-up in figures


PURPOSE = Part("purpose", _("Syften"), _("Skriv vilka syften samverkan har."))
AREAS = Part("areas", _("Samverkansområden"), _("Skriv inom vilka områden ni samverkar."))
PRINCIPLES = Part("principles", _("Principer"), _("Skriv vilka principer ni är överens om."))
MORE = Part("more", _("Övrigt"), "", is_required=False)
STEERING = Part("steering", _("Styrgrupp"), _("Skriv vilka som ingår i styrgruppen, och hur ofta den träffas."))

AGREEMENTS: dict[str, AgreementTerms] = {
    AgreementKind.AVSIKTSFORKLARING: AgreementTerms(
        (PURPOSE, AREAS, PRINCIPLES, MORE),
        _("Parterna i ett platssamverkansråd säger vad de vill uppnå tillsammans, och vad var och en bidrar med."),
        takes_supplements=True,
    ),
    AgreementKind.IOP: AgreementTerms(
        (PURPOSE, AREAS, PRINCIPLES, STEERING, MORE),
        _("Ett partnerskap mellan förvaltningen och en idéburen organisation, med belopp och uppföljning."),
        has_amounts=True,
    ),
    AgreementKind.SKOTSELAVTAL: AgreementTerms(
        (
            PURPOSE,
            Part("areas", _("Vad som sköts, och hur ofta"), _("Skriv vilken plats som sköts, hur och hur ofta.")),
            Part("principles", _("Så arbetar vi"), "", is_required=False),
            MORE,
        ),
        _("Boendet sköter en plats i grannskapet, till exempel en park."),
    ),
    AgreementKind.OVERENSKOMMELSE: AgreementTerms(
        (PURPOSE, AREAS, PRINCIPLES, MORE),
        _("En överenskommelse om samverkan mellan myndigheter, föreningar eller företag."),
        takes_supplements=True,
    ),
}
TEXTS = ("purpose", "areas", "principles", "steering", "more")
DAYS = ("starts_on", "ends_on", "review_on")
