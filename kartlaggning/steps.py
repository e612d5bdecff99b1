# SPDX-License-Identifier: EUPL-1.2
"""What is missing before a round can go on to its next step, as sentences (style.md, 5)."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from kartlaggning.models import Kartlaggning, ToolCheck

Missing = Callable[[Kartlaggning], list[str]]


def missing_in_kartlaggning(kartlaggning: Kartlaggning) -> list[str]:
    """The tools that have not been used, and a promenad at least, and somebody around the boende."""
    tools = [check for check in kartlaggning.tools.all() if check.done_on is None]
    missing = [_("Gör klart verktyget: %(tool)s.") % {"tool": tool} for tool in in_order(tools)]
    if not any(walk.walked_on and walk.archived_at is None for walk in kartlaggning.walks.all()):
        missing.append(_("Gå minst en promenad och anteckna att den är gången."))
    if not kartlaggning.boende.neighbours.in_use().exists():
        missing.append(_("Knyt minst en aktör till boendet."))
    return missing


def walk_please() -> str:
    """What is said when the promenader are to be done and none has been walked."""
    return _("Ingen promenad är antecknad som gången. Anteckna en, eller skriv här varför det ändå är klart.")


def in_order(tools: Iterable[ToolCheck]) -> list[ToolCheck]:
    """Tools in the guide's order."""
    order = list(ToolCheck.Tool.values)
    return sorted(tools, key=lambda check: order.index(check.tool))


def missing_in_analys(kartlaggning: Kartlaggning) -> list[str]:
    """The questions without an answer."""
    return kartlaggning.analys.missing()


MISSING: dict[str, Missing] = {
    Kartlaggning.Step.KARTLAGGNING: missing_in_kartlaggning,
    Kartlaggning.Step.ANALYS: missing_in_analys,
}


def missing_for_next(kartlaggning: Kartlaggning) -> list[str]:
    """What is left in the round's step."""
    ask = MISSING.get(kartlaggning.step)
    return ask(kartlaggning) if ask else []
