# SPDX-License-Identifier: EUPL-1.2
"""The outline that a förvaltning begins with, after the city's årsrapporter; each förvaltning changes its own."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from platssamverkan.look.words import all_of
from platssamverkan.reports.models import AnnualCover, OutlineSection

Part, Kind = OutlineSection.Part, OutlineSection.Kind

# part, heading, what is to stand there, kind, needed, carried over from the year before
OUTLINE: list[tuple[Any, Any, Any, Any, bool, bool]] = [
    (Part.BEFORE, _("Inledning"), _("Vad rapporten handlar om och varför den skrivs, i några meningar."), Kind.TEXT,
     True, True),
    (Part.BEFORE, _("Uppdrag och tillhörighet"), _("Vem som har gett uppdraget, vad det är och var verksamheten hör "
     "hemma."), Kind.TEXT, True, True),
    (Part.BEFORE, _("Året i korthet"), _("Det viktigaste som har hänt, för den som bara läser en sida."), Kind.TEXT,
     True, False),
    (Part.BOENDE, _("Uppdrag"), _("Vad boendet ska göra och på vems uppdrag."), Kind.TEXT, True, True),
    (Part.BOENDE, _("Målgrupp"), _("Vilka som bor här, utan att någon pekas ut."), Kind.TEXT, True, True),
    (Part.BOENDE, _("Mål"), _("Vad boendet ville nå under året."), Kind.TEXT, True, False),
    (Part.BOENDE, _("Arbete under året"), _("Vad ni har gjort, med vilka, och vad det gav."), Kind.TEXT, True, False),
    (Part.BOENDE, _("Siffror"), _("Säg vad siffrorna visar och vad de inte visar. De räknas när rapporten fryses."),
     Kind.FIGURES, False, False),
    (Part.BOENDE, _("Behov som inte är mötta"), _("Vad som saknas för dem som bor här och för grannskapet."),
     Kind.TEXT, True, False),
    (Part.BOENDE, _("Bemanning och budget"), _("Årsarbetare per yrkesroll, och budget i tusen kronor."),
     Kind.STAFFING, False, False),
    (Part.AFTER, _("Alla boenden tillsammans"), _("Vad summorna säger om förvaltningen som helhet."), Kind.FIGURES,
     False, False),
    (Part.AFTER, _("Ekonomi"), _("Hur kostnaden delas, och vad som väntas betalas tillbaka."), Kind.ECONOMY, False,
     False),
    (Part.AFTER, _("Nästa år"), _("Vad förvaltningen tänker göra, och vad som kan hindra."), Kind.TEXT, True, False),
]  # fmt: skip

# the cover's headings after the summary, in the city's order
ASSESSMENTS = ("economic", "ecological", "social", "children")
# what the nämnd decides on; days, numbers and names come when they come
NEEDED = ("proposal", "summary", *ASSESSMENTS, "matter", "description", "assessment")
PROPOSED = _("Förslag ur mallen, som ingen har gått igenom. Låt det stå bara om det stämmer.")

# what the nämnd's cover begins with, where it is the same every time
NOTHING_FOUND = _("Förvaltningen har inte funnit några särskilda aspekter på frågan utifrån denna dimension.")
COVER = {
    "economic": NOTHING_FOUND,
    "ecological": NOTHING_FOUND,
    "social": NOTHING_FOUND,
    "children": NOTHING_FOUND,
    "proposal": _("Socialnämnden antecknar mottagandet av årsrapporten till protokollet."),
    "matter": _("Ärendet avser årsrapporten för förvaltningens boenden. Nämnden har att ta ställning till att anteckna "
                "mottagandet av rapporten till protokollet."),
}  # fmt: skip


def proposals_in(cover: AnnualCover) -> list[str]:
    """The assessments that are still the template's words, which nobody has said to have gone through."""
    if cover.is_gone_through:
        return []
    return [name for name in ASSESSMENTS if getattr(cover, name) == str(COVER[name])]


def part_words(name: str) -> str:
    """What a part of the cover is called, as its heading says it but for the first letter."""
    return str(AnnualCover._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def left_of(cover: AnnualCover) -> list[str]:
    """Why a cover is not the nämnd's yet, a sentence each."""
    found = []
    if not cover.is_gone_through:
        found.append(gettext("De fyra bedömningarna är inte genomgångna."))
    if empty := [part_words(name) for name in NEEDED if not getattr(cover, name)]:
        found.append(gettext("Det saknas text under %(parts)s.") % {"parts": all_of(empty)})
    return found
