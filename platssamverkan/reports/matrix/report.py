# SPDX-License-Identifier: EUPL-1.2
"""The implementation report of some boenden as page and file show it: a line each, and how many have come how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Boende
from platssamverkan.ground.collation import swedish_key
from platssamverkan.look.words import day_year
from platssamverkan.reports.matrix.cells import COLUMNS, Cell, Column, cells_of
from platssamverkan.reports.matrix.reading import read
from platssamverkan.reports.matrix.remaining import Left, left_at

LATE_FIRST, MOST_LEFT, BY_NAME = "forsenat", "kvar", "namn"  # orders of the lines
SAY_MOST = ("kartlaggning", "plan", "kontakter", "forum")
# open ones first: they are what the report is about
STATUSES = [Boende.Status.OPPET, Boende.Status.PLANERAT, Boende.Status.AVSLUTAT]


@dataclass(frozen=True)
class Row:
    """A boende with a cell for each step, and what is left there."""

    boende: Boende
    cells: list[Cell]
    left: list[Left]

    @property
    def is_late(self) -> bool:
        """Whether something there is late."""
        return any(left.is_late for left in self.left)

    def has_done(self, key: str) -> bool:
        """Whether a step is counted as taken in the sums, which are of open boenden."""
        return self.boende.is_open and any(cell.is_done for column, cell in self.steps if column.key == key)

    @property
    def left_words(self) -> str:
        """ "3 saker", "Inget"."""
        if not self.left:
            return _("Inget")
        return ngettext("%(count)s sak", "%(count)s saker", len(self.left)) % {"count": len(self.left)}

    @property
    def steps(self) -> list[tuple[Column, Cell]]:
        """Each cell with the step it is of."""
        return list(zip(COLUMNS, self.cells, strict=True))

    @property
    def opening(self) -> str:
        """How far a planned boende has come with what is done before the opening."""
        steps = self.boende.opening_list()
        done = sum(step.done_on is not None for step in steps)
        return _("%(done)s av %(of)s steg före öppningen") % {"done": done, "of": len(steps)}


@dataclass(frozen=True)
class Total:
    """How many of the open boenden have taken a step."""

    key: str
    label: Any
    done: int
    of: int

    @property
    def words(self) -> str:
        """ "3 av 7"."""
        return _("%(done)s av %(of)s") % {"done": self.done, "of": self.of}


class Report:
    """The boenden as they stand today. They have come through their gate and the page's filter."""

    def __init__(
        self, boenden: Sequence[Boende], *, only_left: bool = False, order: str = LATE_FIRST, done: str = ""
    ) -> None:
        self.boenden = boenden
        self.only_left = only_left
        self.order = order
        self.done = done
        self.columns = COLUMNS
        self.today = timezone.localdate()

    @cached_property
    def all_rows(self) -> list[Row]:
        """A line for each boende, in no order; read when they are needed."""
        known = read(self.boenden)
        return [Row(b, cells_of(b, known[b.pk]), left_at(b, known[b.pk])) for b in self.boenden]

    @cached_property
    def rows(self) -> list[Row]:
        """Those to show, in the order asked for: with something left, or with a step taken, where that was asked."""
        rows = [row for row in self.all_rows if row.left or not self.only_left]
        return sorted((row for row in rows if not self.done or row.has_done(self.done)), key=self.place)

    def place(self, row: Row) -> tuple[Any, ...]:
        """Where a line stands: as its order says, then open before planned before closed, then by name."""
        last = (STATUSES.index(Boende.Status(row.boende.status)), swedish_key(row.boende.name), str(row.boende.pk))
        if self.order == BY_NAME:
            return last[1:]
        most = -len(row.left)
        return (most, *last) if self.order == MOST_LEFT else (not row.is_late, last[0], most, *last[1:])

    @cached_property
    def totals(self) -> list[Total]:
        """A step's, in order: of the open boenden, whether they are shown or not."""
        open_rows = [row for row in self.all_rows if row.boende.is_open]
        return [
            Total(column.key, column.label, sum(row.cells[number].is_done for row in open_rows), len(open_rows))
            for number, column in enumerate(COLUMNS)
        ]

    @property
    def total(self) -> dict[str, Total]:
        """The same by the step's key."""
        return {column.key: total for column, total in zip(COLUMNS, self.totals, strict=True)}

    @property
    def figures(self) -> list[Total]:
        """The four that say the most, in the report's order."""
        return [total for column, total in zip(COLUMNS, self.totals, strict=True) if column.key in SAY_MOST]

    @property
    def has_left(self) -> bool:
        """Whether anything is left at those that are shown."""
        return any(row.left for row in self.rows)

    @property
    def day(self) -> str:
        """The day the report stands at: "22 nov. 2026"."""
        return day_year(self.today)

    @property
    def counted(self) -> str:
        """ "3 öppna boenden, 1 planerat och 1 avslutat"."""
        numbers = [sum(row.boende.status == status for row in self.all_rows) for status in STATUSES]
        words = [
            ngettext("%(count)s öppet boende", "%(count)s öppna boenden", numbers[0]),
            ngettext("%(count)s planerat", "%(count)s planerade", numbers[1]),
            ngettext("%(count)s avslutat", "%(count)s avslutade", numbers[2]),
        ]
        said = [word % {"count": number} for word, number in zip(words, numbers, strict=True) if number]
        said = said or [words[0] % {"count": 0}]
        return _("%(first)s och %(last)s") % {"first": ", ".join(said[:-1]), "last": said[-1]} if said[1:] else said[0]

    @property
    def summary(self) -> str:
        """How many have come how far, in two sentences."""
        total = self.total
        if not total["plan"].of:
            return f"{self.counted}."
        said = {
            "counted": self.counted,
            "mapped": total["kartlaggning"].done,
            "planned": total["plan"].done,
            "base": total["kontakter"].done,
            "meeting": total["forum"].done,
        }
        return (
            _(
                "%(counted)s. Av de öppna har %(mapped)s en färdig kartläggning, %(planned)s en gällande plan, "
                "%(base)s alla steg i grunden och %(meeting)s ett forum som möts."
            )
            % said
        )

    @property
    def forvaltningar(self) -> list[str]:
        """Whose boenden they are, by name."""
        return sorted({boende.forvaltning.name for boende in self.boenden}, key=swedish_key)
