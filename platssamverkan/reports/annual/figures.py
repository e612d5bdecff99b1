# SPDX-License-Identifier: EUPL-1.2
"""The figures of an årsrapport: the dictionary's own, counted as everywhere else, and kept with the words they had.

`figures_of` is the one way in. Differences and per cent are worked out here, from what was counted, each time.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Boende
from forum.models import Meeting
from platssamverkan.ground.days import FIRST_DAY
from platssamverkan.look.words import all_of, as_date, day_year, number, signed
from platssamverkan.reports.figures.dictionary import COUNTED, INDICATORS
from platssamverkan.reports.figures.indicators import Indicator, Span, per_cent, share
from platssamverkan.reports.figures.reading import BEFORE, NOW, Figures
from platssamverkan.reports.figures.sources import last_day
from platssamverkan.reports.figures.whose import named
from platssamverkan.start.picture import Scope

BEGAN_LATE = timedelta(days=31)  # notes that begin later than this into a period do not tell of the whole of it
TOGETHER = ""  # stands for the boende's id in the figures of all of them together
KEYS = (
    "handelser", "handelser_grannskap", "handelser_barn", "synpunkter", "svar_i_tid", "kontakter", "moten", "husmoten",
    "felanmalda", "atgardade", "insatser_planen", "bevakning", "forebyggande",
)  # fmt: skip
COUNTED_IN = [INDICATORS[key] for key in KEYS]


@dataclass(frozen=True)
class Figure:
    """An indicator of a period beside the same period a year earlier, with the words that the dictionary had then.

    `count` is of rows or kronor; a share is of `of` rows. `reason` says why the two years cannot be compared; then
    there is no difference either.
    """

    key: str
    label: str
    unit: str
    definition: str
    source: str
    formula: str
    first: date
    last: date
    before_first: date
    before_last: date
    count: int
    count_before: int | None
    of: int | None = None
    of_before: int | None = None
    is_share: bool = False
    nought: str = ""  # what is said instead of 0, where 0 means that nobody has entered anything
    reason: str = ""
    lacks: str = ""  # whose part is not in it, as a sentence

    @property
    def value(self) -> float | None:
        """The number, or the per cent; None for a share of nothing."""
        return share(self.count, self.of) if self.is_share else self.count

    @property
    def before(self) -> float | None:
        """The same a year earlier; None where nothing was counted."""
        return share(self.count_before, self.of_before) if self.is_share else self.count_before

    @property
    def difference(self) -> float | None:
        """How much more or less, of a share in procentenheter; None where they cannot be compared."""
        if self.reason or self.before is None or self.value is None:
            return None
        return round(self.value - self.before, 1)

    @property
    def percent(self) -> Decimal | None:
        """The difference in per cent of the year before, to a tenth; None of a share, and of nothing."""
        if self.is_share or self.difference is None or not self.count_before:
            return None
        return per_cent(self.count - self.count_before, self.count_before)

    @property
    def percent_words(self) -> str:
        """ "+12,5 %", "–" where there is none."""
        return "–" if self.percent is None else f"{signed(float(self.percent))}\N{NO-BREAK SPACE}%"

    @property
    def difference_words(self) -> str:
        """ "+3", "+1,5 procentenheter", "–" where there is none."""
        if self.difference is None:
            return "–"
        if self.is_share:
            return _("%(difference)s procentenheter") % {"difference": signed(self.difference)}
        return signed(self.difference)

    @property
    def value_words(self) -> str:
        """The figure as it is read."""
        return self.in_words(self.value)

    @property
    def before_words(self) -> str:
        """The figure of the year before, "–" where there is none."""
        return self.in_words(self.before)

    def in_words(self, value: float | None) -> str:
        """ "41", "87,5 %", "–"."""
        if value is None:
            return "–"
        if not value and self.nought:
            return self.nought
        if not self.is_share:
            return number(value)
        return f"{number(value, 0 if float(value).is_integer() else 1)}\N{NO-BREAK SPACE}%"

    @property
    def notes(self) -> list[str]:
        """What a share is of, and why there is no per cent, a sentence each."""
        found = []
        if self.is_share:
            found.append(self.parts_told())
        elif self.count_before == 0 and self.count and not self.reason:
            found.append(_("Året före var noll: ingen procent."))
        if self.lacks:
            found.append(self.lacks)
        return found

    def parts_told(self) -> str:
        """ "2024 41 av 47, 2023 inget att räkna." """
        return _("%(year)s: %(this)s. %(year_before)s: %(before)s.") % {
            "year": self.last.year,
            "year_before": self.before_last.year,
            "this": self.part(),
            "before": self.part(True),
        }

    def part(self, is_before: bool = False) -> str:
        """ "41 av 47"."""
        count, of = (self.count_before, self.of_before) if is_before else (self.count, self.of)
        return (
            _("%(count)s av %(of)s") % {"count": number(count or 0), "of": number(of)} if of else _("inget att räkna")
        )

    def as_row(self) -> dict[str, Any]:
        """As it is stored."""
        row = asdict(self)
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}

    @classmethod
    def read(cls, row: dict[str, Any]) -> Self:
        """As it was stored. What was frozen before a word was added lacks it, and stands as it did."""
        days = ("first", "last", "before_first", "before_last")
        known = {field.name: row[field.name] for field in fields(cls) if field.name in row}
        return cls(**{**known, **{name: date.fromisoformat(row[name]) for name in days}})


def figures_of(boenden: Sequence[Boende], year: int, through: date | None = None) -> list[Figure]:
    """Every figure of some boenden's year, through a day of it (its last, or today), beside the year before.

    Of several they are counted together: a meeting of two boenden is one. The caller has passed their gate. Nothing but
    numbers comes out of here.
    """
    scope = scope_of(boenden, year, through)
    return counted(scope, began_on(scope))


def figures_of_each(boenden: Sequence[Boende], year: int, through: date) -> dict[str, list[Figure]]:
    """The same of each boende by its id, and of all of them together: one query a boende, and a few for them all."""
    whole = scope_of(boenden, year, through)
    began = began_on(whole)
    found = {str(boende.pk): counted(replace(whole, boenden=(boende,)), began) for boende in boenden}
    return {**found, TOGETHER: counted(whole, began) if boenden else []}


def scope_of(boenden: Sequence[Boende], year: int, through: date | None) -> Scope:
    """The year of some boenden, through a day of it."""
    last = min(through or timezone.localdate(), date(year, 12, 31))
    return Scope(None, tuple(boenden), date(year, 1, 1), last)


def counted(scope: Scope, began: dict[Any, date]) -> list[Figure]:
    """Every figure of a scope; `began` is when notes of each boende begin."""
    figures, boenden = Figures(scope, KEYS), scope.boenden
    several = len(boenden) > 1
    reason = why_none_compared(boenden, scope, began) if several else why_not_compared(boenden[0], scope, began)
    return [figure(figures, indicator, reason) for indicator in COUNTED_IN]


def why_none_compared(boenden: Sequence[Boende], scope: Scope, began: dict[Any, date]) -> str:
    """The same of several together. One where nobody has noted anything ever adds nothing to either year."""
    noted = [boende for boende in boenden if boende.pk in began]
    if not noted:
        return _("Kan inte jämföras: inget är antecknat än.")
    opened = [boende for boende in noted if opened_late(boende, scope)]
    begun = [boende for boende in noted if boende not in opened and why_not_compared(boende, scope, began)]
    said = []
    if opened:
        said.append(_("%(boenden)s hade inte öppnat när året före började") % {"boenden": named(opened)})
    if begun:
        said.append(_("anteckningarna för %(boenden)s täcker inte hela året före") % {"boenden": named(begun)})
    return _("Kan inte jämföras: %(reasons)s.") % {"reasons": all_of(said)} if said else ""


def opened_late(boende: Boende, scope: Scope) -> bool:
    """Whether it opened when the year before had begun."""
    return boende.opened_on is not None and boende.opened_on > scope.before.first


def why_not_compared(boende: Boende, scope: Scope, began_on: dict[Any, date]) -> str:
    """Why the year before tells too little of a boende; "" where it can be compared."""
    if boende.opened_on and opened_late(boende, scope):
        return _("Kan inte jämföras: boendet öppnade %(day)s.") % {"day": day_year(boende.opened_on)}
    began = began_on.get(boende.pk)
    if began is None:
        return _("Kan inte jämföras: inget är antecknat här än.")
    if began > scope.before.first + BEGAN_LATE:
        return _("Kan inte jämföras: anteckningarna här börjar %(day)s.") % {"day": day_year(began)}
    return ""


def began_on(scope: Scope) -> dict[Any, date]:
    """The day of the first thing that was ever noted of each boende, of all that is counted of a period.

    A query a source. A meeting is of the boenden of its forum, all else of one.
    """
    sources = [COUNTED[key] for key in dict.fromkeys(indicator.source_key for indicator in COUNTED_IN)]
    found: dict[Any, date] = {}
    for source in sources:
        if source.when:
            rows = source.rows(replace(scope, first=FIRST_DAY)).order_by()
            boende = "forum__boenden" if rows.model is Meeting else "boende"
            for pk, first in rows.values_list(boende).annotate(first=Min(source.when)):
                day = as_date(first)
                found[pk] = min(found.get(pk, day), day)
    return found


def figure(figures: Figures, indicator: Indicator, reason: str) -> Figure:
    """What was counted, with all that names it.

    What stands on a day, and what a year cost, is known of that year or not: other notes need not go back further.
    """
    scope, of = figures.scope, indicator.of
    why_not = figures.why_not(indicator)
    first, last = period_of(indicator, scope)
    before_first, before_last = period_of(indicator, scope.before)
    return Figure(
        key=indicator.key,
        label=str(indicator.name),
        unit=str(indicator.unit),
        definition=str(indicator.definition),
        source=str(indicator.source),
        formula=str(indicator.formula),
        first=first,
        last=last,
        before_first=before_first,
        before_last=before_last,
        count=figures.sum(indicator, NOW, indicator.matches),
        count_before=None if why_not else figures.sum(indicator, BEFORE, indicator.matches),
        of=figures.sum(indicator, NOW, of) if of else None,
        of_before=figures.sum(indicator, BEFORE, of) if of and not why_not else None,
        is_share=indicator.is_share,
        nought=str(indicator.nought),
        lacks=figures.note_of(indicator),
        reason=reason or why_not if indicator.span == Span.PERIOD else why_not,
    )


def period_of(indicator: Indicator, scope: Scope) -> tuple[date, date]:
    """The first and the last day that an indicator is of."""
    if indicator.span == Span.DAY:
        return last_day(scope), last_day(scope)
    if indicator.span == Span.YEARS:
        return date(scope.first.year, 1, 1), date(scope.last.year, 12, 31)
    return scope.first, scope.last
