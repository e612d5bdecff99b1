# SPDX-License-Identifier: EUPL-1.2
"""Figures of a period: what the staff has noted of contacts, and of what was reported to be mended."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.models import Contact
from incidents.models import Felanmalan
from platssamverkan.reports.figures.indicators import Group, Indicator, Span
from platssamverkan.reports.figures.late import felanmalan_line
from platssamverkan.reports.figures.sources import Heads, Line, Source, at
from platssamverkan.start.picture import Scope


def contacts(scope: Scope) -> Any:
    """Talks, visits and mails of the period."""
    rows = Contact.objects.active().filter(at(scope), scope.within("happened_on", is_day=True))
    return rows.select_related("boende")


def contact_line(row: Contact) -> Line:
    """How and when, at which boende: never what was said."""
    return Line(row.get_channel_display().capitalize(), row.get_absolute_url(), row.boende, row.happened_on)


def felanmalningar(scope: Scope, day: str) -> Any:
    """Those whose day of a kind lies in the period."""
    rows = Felanmalan.objects.active().filter(at(scope), scope.within(day, is_day=True))
    return rows.select_related("boende")


def felanmalningar_on(key: str, day: str, head: Any) -> Source:
    """Those by the day they were sent, or mended."""
    return Source(
        key=key,
        rows=lambda scope: felanmalningar(scope, day),
        line=lambda row: felanmalan_line(row, day),
        heads=Heads(_("Felanmälan"), day=head, about=""),
        order=(f"-{day}", "what"),
        is_kept=True,
        when=day,
    )


SOURCES = [
    Source(
        key="kontaktlogg",
        rows=contacts,
        line=contact_line,
        heads=Heads(_("Kontakt"), about=""),
        is_kept=True,
        when="happened_on",
    ),
    felanmalningar_on("felanmalda", "sent_on", _("Skickad")),
    felanmalningar_on("atgardade", "mended_on", _("Åtgärdad")),
]

REPORTED = _("boendenas felanmälningar")
INDICATORS = [
    Indicator(
        key="kontakter",
        name=_("Kontakter med grannskapet"),
        unit=_("kontakt"),
        definition=_("Samtal, besök, brev och mejl med aktörer i grannskapet som personalen har antecknat."),
        source=_("boendenas kontaktlogg"),
        formula=_("Antalet kontakter med en dag under perioden. Arkiverade räknas inte."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="kontaktlogg",
    ),
    Indicator(
        key="felanmalda",
        name=_("Felanmälningar som har skickats"),
        unit=_("felanmälan"),
        definition=_("Det som boendet har anmält till den som ska laga det."),
        source=REPORTED,
        formula=_("Antalet felanmälningar som skickades under perioden. Arkiverade räknas inte."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="felanmalda",
    ),
    Indicator(
        key="atgardade",
        name=_("Felanmälningar som har åtgärdats"),
        unit=_("felanmälan"),
        definition=_("Det som har blivit lagat efter en felanmälan, när den än skickades."),
        source=REPORTED,
        formula=_("Antalet felanmälningar som åtgärdades under perioden. Arkiverade räknas inte."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="atgardade",
    ),
]
