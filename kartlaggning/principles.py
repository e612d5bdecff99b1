# SPDX-License-Identifier: EUPL-1.2
"""The model's five principles (the guide, 001:556–795), and what a boende asks itself about each."""

from typing import Any

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Principle(IntegerChoices):
    """Every insats belongs to one or more; a boende looks at its own work by all five."""

    EQUAL = 1, _("Brukarnas behov i grannskapet jämställs med andra invånares")
    WHOLE = 2, _("Helt, rent, funktionellt och vackert")
    STAFF = 3, _("Personalen förstår sin roll i fungerande grannskap")
    CONTACTS = 4, _("Korta, enkla kontaktvägar mellan grannskapsaktörer")
    MEETINGS = 5, _("Skapa möten, empati och förståelse mellan grannskapsaktörer och brukarna")


ASKS: dict[Principle, Any] = {
    Principle.EQUAL: _(
        "Ger det vi gör ett värde både för brukarna och för omgivningen? Får brukarna plats i grannskapet som andra?"
    ),
    Principle.WHOLE: _(
        "Lagas det som är trasigt, skräpigt eller mörkt? Finns bänkar, ljus och växter som gör platsen till något fint?"
    ),
    Principle.STAFF: _(
        "Tar vi emot oro med intresse? Pratar vi om grannskapet på husmötena, och efter att något har hänt?"
    ),
    Principle.CONTACTS: _(
        "Vet grannarna vem de ringer, och svarar någon som kan gå ut och titta? Kommer synpunkter snabbt vidare?"
    ),
    Principle.MEETINGS: _(
        "När träffas grannar och brukare, på bådas villkor? Har någon varit på besök, åt något av hållen?"
    ),
}
