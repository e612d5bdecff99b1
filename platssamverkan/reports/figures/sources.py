# SPDX-License-Identifier: EUPL-1.2
"""Where the figures come from: the rows of each source in a scope, how they are divided, how one is read in a list.

The boenden of the scope have come through their gate (Right.READ_REPORTS), so that a source need not ask again. The
rows that a figure is counted from and the rows that its list shows are the same queryset.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from platssamverkan.ground.days import FIRST_DAY
from platssamverkan.look.words import as_date
from platssamverkan.start.picture import Scope

BOENDE, DAY, STATE = _("Boende"), _("Dag"), _("Läge")
AMOUNT = _("Belopp")  # with its unit beside
FEW = 50  # boenden that are named one by one


@dataclass(frozen=True)
class Line:
    """A row in the list behind a figure: what it is called and where it is read."""

    title: Any
    url: str
    where: Any = ""
    day: date | None = None
    about: Any = ""
    amount: int | None = None
    unit: Any = ""  # of the amount


@dataclass(frozen=True)
class Heads:
    """What the columns of the list behind a figure are called: they hold different things of different sources.

    "" is of what the source never fills: its file has no such column.
    """

    title: Any
    where: Any = BOENDE
    day: Any = DAY
    about: Any = STATE
    amount: Any = ""


@dataclass(frozen=True)
class Source:
    """Rows that figures are counted from.

    `rows(scope)` gives them in the period of the scope. `part` divides them: an expression that gives a text. `number`
    is what is summed. `is_kept` says that they are known for the past too, so that they can be counted a year earlier;
    `began` is then the condition on a boende (OuterRef) that it has a row from before a day. `when` is the field that
    places in time what is noted as it happens. `heads` names the columns of its list, and `order` sorts it by something
    that stands in it; without, the rows come as they do in their own list.
    """

    key: str
    rows: Callable[[Scope], Any]
    line: Callable[[Any], Line]
    heads: Heads
    order: tuple[str, ...] = ()
    part: Any = None
    number: Any = None
    is_kept: bool = False
    began: Callable[[Scope], Any] | None = None
    when: str = ""

    def divided(self, scope: Scope) -> Any:
        """The rows with the name of their part."""
        part = Value("") if self.part is None else self.part
        return self.rows(scope).annotate(tally_part=Cast(part, TextField()))

    def counted(self, scope: Scope, when: str) -> Any:
        """(source, when, part, number): a branch of the tally."""
        rows = self.divided(scope).order_by().annotate(**named(self.key, when))
        grouped = rows.values_list("tally_source", "tally_when", "tally_part")
        return grouped.annotate(tally_number=self.number or Count("*"))

    def begun(self, scope: Scope) -> Any:
        """The same, of the boenden that had a row before the end of the scope."""
        began = self.began or self.any_before
        boenden = Boende.objects.filter(began(scope), pk__in=ids_of(scope)).order_by()
        rows = boenden.annotate(**named(self.key, "ever"), tally_part=Cast(Value(""), TextField()))
        return rows.values_list("tally_source", "tally_when", "tally_part").annotate(tally_number=Count("*"))

    def first_day(self, scope: Scope) -> date | None:
        """The day of the first row ever, up to the end of the scope. One query."""
        rows = self.rows(replace(scope, first=FIRST_DAY)).order_by()
        return as_date(found) if (found := rows.aggregate(found=Min(self.when))["found"]) else None

    def any_before(self, scope: Scope) -> Any:
        """The condition on a boende that it has a row of this source, of any time before the end of the scope."""
        return Exists(self.rows(replace(scope, first=FIRST_DAY)).filter(boende=OuterRef("pk")))


def named(key: str, when: str) -> dict[str, Any]:
    """What tells the branches of the tally apart."""
    return {"tally_source": Cast(Value(key), TextField()), "tally_when": Cast(Value(when), TextField())}


def these(ids: list[Any]) -> Any:
    """Ids to look rows up by. Of many boenden they go as one array: every branch of the tally names them all, and
    tens of thousands of parameters take longer to write than the rows take to count.
    """
    if len(ids) <= FEW:
        return ids
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::uuid[])", [ids])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps([pk.hex for pk in ids])])


def ids_of(scope: Scope) -> Any:
    """The boenden's ids, to look rows up by."""
    return these([boende.pk for boende in scope.boenden])


def in_use(scope: Scope) -> list[Any]:
    """The ids of those that are planned or open: what stands today is not asked of those that have closed."""
    return [boende.pk for boende in scope.boenden if not boende.is_closed]


def in_use_on(scope: Scope, day: date) -> list[Any]:
    """The ids of those that were in use on a day: of a day that has been, those that had opened.

    The day of closing is not kept, so a boende that has closed is counted on no day.
    """
    if day >= timezone.localdate():
        return in_use(scope)
    return [
        boende.pk
        for boende in scope.boenden
        if boende.is_open and (boende.opened_on is None or boende.opened_on <= day)
    ]


def at(scope: Scope, *, today: bool = False) -> Q:
    """The condition that a row's boende is one of the scope's."""
    return Q(boende__in=these(in_use(scope)) if today else ids_of(scope))


def last_day(scope: Scope) -> date:
    """The day that a figure of a day is of: the period's last, or today where that is to come."""
    return min(scope.last, timezone.localdate())


def boende_line(boende: Any) -> Line:
    """A boende in a list behind a figure."""
    return Line(str(boende), boende.get_absolute_url(), where=boende.omrade)


def level_line(boende: Any) -> Line:
    """A boende, with its levels."""
    return replace(boende_line(boende), url=reverse("kartlaggning:level_list", args=[boende.slug]))


def plan_line(boende: Any) -> Line:
    """A boende, with its plan; `approved_at`, `review_on` and `plan_edition` are of the one that was in force."""
    url = reverse("kartlaggning:plan_list", args=[boende.slug])
    approved = timezone.localdate(boende.approved_at) if boende.approved_at else None
    about = (_("sedd över") if boende.plan_edition > 1 else _("inte sedd över än")) if approved else _("ingen plan")
    return replace(boende_line(boende), url=url, day=approved, about=about)


@dataclass(frozen=True)
class Computed:
    """Boenden that are told apart by more than a query can: `parts(scope)` gives the ids of those in each part."""

    key: str
    parts: Callable[[Scope], dict[str, set[Any]]]
    model: Any
    line: Callable[[Any], Line]
    heads: Heads
    order: tuple[str, ...] = ("name",)
