# SPDX-License-Identifier: EUPL-1.2
"""The figures read: everything that a query can count in one query, however many boenden and figures there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platssamverkan.accounts.roles import Right
from platssamverkan.look.words import day_year, period_words
from platssamverkan.reports.figures.addresses import boenden_query, rows_url
from platssamverkan.reports.figures.dictionary import COMPUTED, COUNTED, INDICATORS
from platssamverkan.reports.figures.indicators import Group, Indicator, Matches, Part, Reading, Span, every
from platssamverkan.reports.figures.same import who_lacks, why_not_the_same
from platssamverkan.reports.figures.sources import in_use, last_day
from platssamverkan.reports.figures.whose import FEW, boenden_words
from platssamverkan.start.picture import Scope

NOW, BEFORE, EVER = "now", "before", "ever"
Parts = dict[str, int]


class Figures:
    """The key figures of some boenden and a period. The boenden have come through their gate.

    `keys` narrows what is counted to some indicators: raises KeyError for one that is not in the dictionary.
    """

    def __init__(self, scope: Scope, keys: Iterable[str] | None = None) -> None:
        self.scope = scope
        self.indicators = [INDICATORS[key] for key in keys] if keys is not None else list(INDICATORS.values())

    @cached_property
    def tally(self) -> dict[tuple[str, str], Parts]:
        """(source, when) → how much of each part. One query, and those of the levels."""
        found: dict[tuple[str, str], Parts] = defaultdict(dict)
        wanted = {indicator.source_key for indicator in self.indicators}
        # of all that is kept, whatever is asked for: whether the system was in use then
        branches = [source.begun(self.scope.before) for source in COUNTED.values() if source.is_kept]
        for source in (COUNTED[key] for key in COUNTED if key in wanted):
            branches.append(source.counted(self.scope, NOW))
            if source.is_kept:
                branches.append(source.counted(self.scope.before, BEFORE))
        for key, when, part, count in branches[0].union(*branches[1:], all=True):
            found[key, when][part] = count or 0
        for key in wanted & set(COMPUTED):
            found[key, NOW] = {part: len(ids) for part, ids in COMPUTED[key].parts(self.scope).items()}
        return found

    @cached_property
    def own_query(self) -> dict[str, Any] | None:
        """What tells the overview whose figures they are."""
        return boenden_query(self.scope, Right.READ_REPORTS)

    @cached_property
    def readings(self) -> list[Reading]:
        """Every figure in the dictionary's order; one that is divided as one reading a part."""
        return [reading for indicator in self.indicators for reading in self.of(indicator)]

    def __getitem__(self, key: str) -> Reading:
        """A figure that is not divided. Raises KeyError, also for one that was not asked for."""
        indicator = self.asked(key)
        if indicator.parts:
            raise KeyError(key)
        return self.of(indicator)[0]

    def parts(self, key: str) -> dict[str, Reading]:
        """A divided figure's readings by part. Raises KeyError, also for one that was not asked for."""
        return {reading.part: reading for reading in self.of(self.asked(key))}

    def asked(self, key: str) -> Indicator:
        """The indicator, if it is counted here. Raises KeyError."""
        if INDICATORS[key] not in self.indicators:
            raise KeyError(key)
        return INDICATORS[key]

    def of(self, indicator: Indicator) -> list[Reading]:
        """One indicator's reading, or a reading for each of its parts."""
        return [self.read(indicator, part) for part in indicator.parts or (None,)]

    def in_group(self, group: Group) -> list[Reading]:
        """The readings of a group that are not divided."""
        return [reading for reading in self.readings if reading.indicator.group == group and not reading.part]

    def read(self, indicator: Indicator, part: Part | None) -> Reading:
        """One number with all that is said of it."""
        matches = part.matches if part else indicator.matches
        why_not = self.why_not(indicator)
        return Reading(
            indicator=indicator,
            label=part.label if part else indicator.name,
            part=part.key if part else "",
            period=self.period_of(indicator.span),
            url=self.url_of(indicator, part, self.scope),
            count=self.sum(indicator, NOW, matches),
            of=self.sum(indicator, NOW, indicator.of) if indicator.of else None,
            count_before=None if why_not else self.sum(indicator, BEFORE, matches),
            of_before=self.sum(indicator, BEFORE, indicator.of) if indicator.of and not why_not else None,
            why_not=why_not,
            is_noted=self.is_noted(indicator, NOW, matches),
            is_noted_before=self.is_noted(indicator, BEFORE, matches),
            period_before="" if why_not else self.before.period_of(indicator.span),
            url_before="" if why_not else self.url_of(indicator, part, self.scope.before),
            note=self.note_of(indicator),
        )

    def url_of(self, indicator: Indicator, part: Part | None, scope: Scope) -> str:
        """Where the rows are, of this period or of the one before: a list of their own, or the plain one."""
        own_list = indicator.listed(scope) if indicator.listed and not part else ""
        return own_list or rows_url(indicator.key, scope, self.own_query, part.key if part else "")

    @cached_property
    def before(self) -> "Figures":
        """The same a year earlier, for its words; nothing is counted."""
        return Figures(self.scope.before, [])

    def sum(self, indicator: Indicator, when: str, matches: Matches) -> int:
        """How much there is of the parts that are counted."""
        return sum(count for part, count in self.tally[indicator.source_key, when].items() if matches(part))

    def is_noted(self, indicator: Indicator, when: str, matches: Matches) -> bool:
        """Whether there is a row at all: kronor that somebody noted can be 0."""
        return any(matches(part) for part in self.tally[indicator.source_key, when])

    def note_of(self, indicator: Indicator) -> str:
        """What a figure lacks, as a sentence; "" where it is whole."""
        return who_lacks(self.scope, self.tally[indicator.source_key, NOW]) if indicator.is_by_boende else ""

    # ---------- whether it can be compared ----------

    def why_not(self, indicator: Indicator) -> str:
        """Why a figure cannot be compared with the year before, as a sentence; "" where it can."""
        if why_not := self.why_not_the_time(indicator.span):
            return why_not
        if all(self.opened_after(boende) for boende in self.scope.boenden):
            return ngettext(
                "Kan inte jämföras: boendet hade inte öppnat då.",
                "Kan inte jämföras: boendena hade inte öppnat då.",
                len(self.scope.boenden),
            )
        if self.sum(indicator, EVER, lambda _part: True):
            if indicator.is_by_boende:
                return why_not_the_same(
                    self.scope, self.tally[indicator.source_key, NOW], self.tally[indicator.source_key, BEFORE]
                )
            counted = self.sum(indicator, BEFORE, indicator.of) if indicator.of else 1
            return "" if counted else _("Kan inte jämföras: det fanns inget att räkna då.")
        # a whole year can be written down afterwards: that tells nothing of when the system was used
        is_afterwards = indicator.span == Span.YEARS and self.is_noted(indicator, NOW, every)
        if is_afterwards or any(counts.get("") for (_key, when), counts in self.tally.items() if when == EVER):
            return _("Kan inte jämföras: inget sådant var antecknat då.")
        if all(boende.is_closed for boende in self.scope.boenden):
            return _("Kan inte jämföras: boendet är avslutat, och inget finns antecknat från den tiden.")
        return _("Kan inte jämföras: systemet användes inte då.")

    def why_not_the_time(self, span: Span) -> str:
        """Why not, for what time it is: a year that shares days with the period is no year before it."""
        scope, today = self.scope, timezone.localdate()
        if span == Span.TODAY:
            return _("Kan inte jämföras: hur det var för ett år sedan är inte sparat.")
        if span == Span.YEARS:
            if scope.last.year >= today.year:
                return _("Kan inte jämföras: året är inte slut.")
            if scope.first.year != scope.last.year:
                return _("Kan inte jämföras: perioden ligger i flera kalenderår.")
            return ""
        if scope.last > today:
            return _("Kan inte jämföras: perioden är inte slut.")
        if span == Span.PERIOD and scope.before.last >= scope.first:
            return _("Kan inte jämföras: perioden är längre än ett år.")
        return ""

    @property
    def is_compared(self) -> bool:
        """Whether the period as such has a year before to stand beside."""
        return not self.why_not_the_time(Span.PERIOD)

    def opened_after(self, boende: Any) -> bool:
        """Whether a boende opened after the whole period a year earlier, or has not opened yet."""
        return self.opened_later(boende, self.scope.before.last)

    @staticmethod
    def opened_later(boende: Any, day: date) -> bool:
        """Whether a boende was not open on a day; one that does not say when it opened, was."""
        return boende.is_planned or (boende.opened_on is not None and boende.opened_on > day)

    @property
    def note(self) -> str:
        """What has to be known of the period and the boenden before the figures are read; "" where nothing has."""
        return " ".join(filter(None, [self.note_of_future, self.note_of_opening]))

    @property
    def note_of_future(self) -> str:
        """That the period is to come, or goes on."""
        today = timezone.localdate()
        if self.scope.first > today:
            return _("Perioden har inte börjat. Inget har hänt under den än.")
        if self.scope.last > today:
            return _("Perioden är inte slut. Siffrorna gäller till och med i dag, %(day)s.") % {"day": self.taken}
        return ""

    @property
    def note_of_opening(self) -> str:
        """That some of the boenden were not open through the earlier period, if that is so."""
        first, every = self.scope.before.first, self.scope.boenden
        late = [boende for boende in every if self.opened_later(boende, first)]
        if not self.is_compared or not late or len(late) == len(every):
            return ""
        which = f": {boenden_words(late)}" if len(late) <= FEW else ""
        words = _(
            "Av %(all)s boenden hade %(late)s inte öppnat när jämförelseperioden började%(which)s. Det påverkar "
            "jämförelsen. Här är planerade och avslutade boenden medräknade."
        )
        return words % {"all": len(every), "late": len(late), "which": which}

    @property
    def counted_words(self) -> str:
        """Which boenden are counted where only those in use are: "4 öppna och planerade. 1 avslutat räknas inte."."""
        used = self.boende_count
        closed = len(self.scope.boenden) - used
        words = ngettext("%(count)s öppet eller planerat", "%(count)s öppna och planerade", used) % {"count": used}
        if not closed:
            return words
        left = ngettext("%(count)s avslutat räknas inte", "%(count)s avslutade räknas inte", closed)
        return f"{words}; {left % {'count': closed}}"

    # ---------- in words ----------

    def period_of(self, span: Span) -> str:
        """What time a figure is of: "1 jan. 2026–31 okt. 2026", "31 okt. 2026", "hela 2026"."""
        if span == Span.PERIOD:
            return self.period
        if span == Span.YEARS:
            years = sorted({self.scope.first.year, self.scope.last.year})
            return _("hela %(years)s") % {"years": "–".join(str(year) for year in years)}
        return day_year(last_day(self.scope) if span == Span.DAY else timezone.localdate())

    @property
    def period(self) -> str:
        """The period."""
        return period_words(self.scope.first, self.scope.last)

    @property
    def taken(self) -> str:
        """The day of today."""
        return day_year(timezone.localdate())

    @property
    def boende_count(self) -> int:
        """How many boenden the figures of today are of."""
        return len(in_use(self.scope))


def rows_behind(scope: Scope, indicator: Indicator, part: str = "") -> Any:
    """The rows that a figure, or one part of it, counts: a queryset. Two queries with the fetch."""
    return counted_behind(scope, indicator, part)[0]


def counted_behind(scope: Scope, indicator: Indicator, part: str = "") -> tuple[Any, int]:
    """The same, sorted as their list shows them, and how many they are; no query more."""
    matches = indicator.rows_matching(part)
    key = indicator.source_key
    if key in COMPUTED:
        computed = COMPUTED[key]
        ids = {pk for name, found in computed.parts(scope).items() if matches(name) for pk in found}
        return computed.model.objects.filter(pk__in=ids).order_by(*computed.order, "pk"), len(ids)
    source = COUNTED[key]
    rows = source.divided(scope)
    parts = rows.order_by().values_list("tally_part").annotate(tally_rows=Count("*"))
    counts = {name: count for name, count in parts if matches(name)}
    order = source.order or rows.query.order_by or rows.model._meta.ordering
    if matches is not every:
        rows = rows.filter(tally_part__in=list(counts))
    return rows.order_by(*order, "pk"), sum(counts.values())
