# SPDX-License-Identifier: EUPL-1.2
"""The levels of samverkan and their first steps (the guide, 001:909–1099; domain.md, "Levels of samverkan").

A boende's levels are not chosen: they follow from the steps that have been taken. Level A is always the base.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """The three levels; a boende can be at several."""

    CONTACTS = "kontakter", _("Boende med goda kontakter i området")
    TRYGGHETSFORUM = "trygghetsforum", _("Trygghetsforum")
    RAD = "rad", _("Platssamverkansråd")


ABOUT: dict[Level, Any] = {
    Level.CONTACTS: _("Grunden för alla boenden. Grannarna vet vilka ni är och hur de når er."),
    Level.TRYGGHETSFORUM: _(
        "När det finns oro eller dåliga erfarenheter. De som berörs mest får en sann och nyanserad bild, och är med."
    ),
    Level.RAD: _("Bredare och förebyggande. Ni gör platsen bättre tillsammans med dem som vill."),
}


class Step(TextChoices):
    """The first steps: seven for the base, four more for a trygghetsforum, three more for a råd."""

    MAPPING = "kartlaggning", _("Gör kartläggningen")
    CONTACT = "kontakt", _("Ta kontakt med aktörerna, de mest berörda först")
    DETAILS = "uppgifter", _("Lämna våra kontaktuppgifter och samla in deras")
    PRINCIPLES = "principer", _("Gå igenom arbetet med personal och brukare utifrån principerna")
    OUTSIDE = "utsidan", _("Se över den egna fastighetens utsida och gör en lista, på kort och lång sikt")
    AREA = "omradet", _("Se över området: vad kan felanmälas")
    FRIENDLY = "vanliga", _("Sök upp vänligt inställda aktörer")
    AFFECTED = "berorda", _("Bjud in de mest berörda till regelbundna möten")
    INFORMATION = "underlag", _("Samla händelser och annat att redovisa")
    STATISTICS = "statistik", _("Ta in statistik om brott")
    TARGET_GROUP = "malgrupp", _("Sprid kunskap om målgruppen")
    INTERESTED = "intresserade", _("Samla aktörer som är intresserade")
    DECLARATION = "avsikt", _("Skriv en avsiktsförklaring tillsammans")
    MEETINGS = "moten", _("Bjud in till regelbundna möten")


STEPS: dict[Level, list[Step]] = {
    Level.CONTACTS: [
        Step.MAPPING, Step.CONTACT, Step.DETAILS, Step.PRINCIPLES, Step.OUTSIDE, Step.AREA, Step.FRIENDLY,
    ],
    Level.TRYGGHETSFORUM: [Step.AFFECTED, Step.INFORMATION, Step.STATISTICS, Step.TARGET_GROUP],
    Level.RAD: [Step.INTERESTED, Step.DECLARATION, Step.MEETINGS],
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How far a boende has come on a level, for the status mark: "klart", "pagar" or "planerat"."""

    done: int
    of: int

    @property
    def kind(self) -> str:
        """The status mark's name."""
        if self.done == self.of:
            return "klart"
        return "pagar" if self.done else "planerat"
