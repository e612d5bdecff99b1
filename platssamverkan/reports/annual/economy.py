# SPDX-License-Identifier: EUPL-1.2
"""The fördelningsnyckel, told as it stands: what the parts sum to, and what the key alone would give each.

Nothing here changes what was decided. Per cent and kronor are two decisions, and may disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from forum.sharing import largest_remainder
from platssamverkan.look.words import number
from platssamverkan.reports.models import AnnualEconomy, AnnualShare

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Proposal:
    """What the key gives: kronor a share, in their order, and a sentence on the kronor that the rounding left."""

    kronor: list[int]
    told: str

    @property
    def total(self) -> int:
        """What is shared."""
        return sum(self.kronor)


@dataclass(frozen=True)
class Year:
    """One year's decisions, summed. `sentences` say whether they sum, one thing each."""

    percent: Decimal | None
    kronor: int | None
    sentences: list[str]
    faults: list[str]  # those that say that the per cent are no hundred, or the kronor not all


def percent_words(value: Decimal | None) -> str:
    """ "37,9 %", "15,25 %"; "–" where none is decided."""
    if value is None:
        return "–"
    decimals = 2 if value != round(value, 1) else 1
    return f"{number(float(value), decimals)}\N{NO-BREAK SPACE}%"


def kronor_words(value: int | None) -> str:
    """ "4 187 500 kr"; "–" where none are decided."""
    return "–" if value is None else f"{number(value)}\N{NO-BREAK SPACE}kr"


def year_of(shares: Sequence[AnnualShare], total: int | None, *, before: bool = False) -> Year:
    """The shares of this year, or of the one before, and whether they sum to 100 % and to the total."""
    suffix = "_before" if before else ""
    percents: list[Decimal] = [p for share in shares if (p := getattr(share, f"percent{suffix}")) is not None]
    amounts: list[int] = [k for share in shares if (k := getattr(share, f"kronor{suffix}")) is not None]
    percent, kronor = (sum(percents, Decimal(0)) if percents else None), (sum(amounts) if amounts else None)
    sentences, faults = [], []
    if percent is not None:
        sentences.append(percent_sentence(percent))
        faults += sentences[-1:] if percent != WHOLE else []
    if kronor is not None and total is not None:
        sentences.append(kronor_sentence(kronor, total))
        faults += sentences[-1:] if kronor != total else []
    return Year(percent, kronor, sentences, faults)


def percent_sentence(percent: Decimal) -> str:
    """Whether the key is whole."""
    if percent == WHOLE:
        return _("Andelarna blir 100 % tillsammans.")
    words = {"sum": percent_words(percent), "left": percent_words(abs(WHOLE - percent))}
    if percent < WHOLE:
        return _("Andelarna blir %(sum)s tillsammans. Det saknas %(left)s.") % words
    return _("Andelarna blir %(sum)s tillsammans. Det är %(left)s för mycket.") % words


def kronor_sentence(kronor: int, total: int) -> str:
    """Whether the kronor are all."""
    if kronor == total:
        return _("Kronorna blir hela summan, %(total)s.") % {"total": kronor_words(total)}
    words = {"sum": kronor_words(kronor), "total": kronor_words(total), "left": kronor_words(abs(total - kronor))}
    if kronor < total:
        return _("Kronorna blir %(sum)s av %(total)s. Det saknas %(left)s.") % words
    return _("Kronorna blir %(sum)s, men det finns %(total)s att fördela. Det är %(left)s för mycket.") % words


def propose(economy: AnnualEconomy | None, shares: Sequence[AnnualShare]) -> Proposal | None:
    """The total after the key. None until there is a total, and a per cent for every part that sum to no more than 100.

    A key of less than 100 % shares no more than it says, and the rest is told. Of a whole one the kronor that rounding
    leaves go to the parts with most left over, and that is told too.
    """
    if economy is None or economy.total is None or not shares or any(share.percent is None for share in shares):
        return None
    percent = sum((share.weight for share in shares), Decimal(0))
    if not 0 < percent <= WHOLE:
        return None
    rest = WHOLE - percent
    parts = largest_remainder(economy.total, [*(share.weight for share in shares), rest])
    kronor, left = parts[:-1], parts[-1]
    if rest:
        told = _("Nyckeln fördelar %(percent)s. %(left)s är inte fördelade: någon behöver bestämma var de hör hemma.")
        if sum(share.kronor or 0 for share in shares) == economy.total:
            told = _("Nyckeln fördelar %(percent)s och lämnar %(left)s. I det som är bestämt är de fördelade.")
        return Proposal(kronor, told % {"percent": percent_words(percent), "left": kronor_words(left)})
    return Proposal(kronor, rounding_sentence(economy.total, shares, kronor))


def rounding_sentence(total: int, shares: Sequence[AnnualShare], kronor: Sequence[int]) -> str:
    """Who got the kronor that the whole parts of the key left over."""
    pairs = zip(shares, kronor, strict=True)
    raised = [share.name for share, given in pairs if given > int(total * share.weight / WHOLE)]
    if not raised:
        return _("Nyckeln går jämnt ut.")
    return _("Avrundningen lämnade %(count)s över. Förslaget lägger en krona på var och en av: %(names)s.") % {
        "count": kronor_words(len(raised)),
        "names": ", ".join(raised),
    }
