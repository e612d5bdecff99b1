# SPDX-License-Identifier: EUPL-1.2
"""What every årshjul holds by itself, and what the data tell about it. The rooms above add what they know.

A source is an entry that a förvaltning's template gets without anybody writing it. Its *facts* say that something has
been done; where its rule is DATA its *occasions* say when it falls. A provider answers for many boenden at once
(`boenden` is a queryset), with as many queries for five hundred as for one, and names no person: everyone who reads
the boende's årshjul reads it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kartlaggning.arshjul.rules import LEADS, Rule
from platssamverkan.accounts.roles import Role


@dataclass(frozen=True)
class Fact:
    """That a boende did it, a day, and how one sees it."""

    boende: UUID
    done_on: date
    why: str
    url: str = ""


@dataclass(frozen=True)
class Occasion:
    """A time that the data know of. `occasion` names it within its source for ever; `done_on` when it has been done.

    `is_off` says that it came to nothing (a meeting that was cancelled). What a source stops telling of, and nobody
    has done, leaves the årshjul.
    """

    boende: UUID
    occasion: str
    due_on: date
    title: str = ""
    done_on: date | None = None
    why: str = ""
    url: str = ""
    is_off: bool = False


FactProvider = Callable[[QuerySet], Iterable[Fact]]
OccasionProvider = Callable[[QuerySet], Iterable[Occasion]]


@dataclass(frozen=True)
class Source:
    """One entry that comes by itself, and how it stands in a template until somebody changes it there."""

    key: str
    title: Any
    about: Any
    role: Role
    rule: Rule
    month: int | None = None
    day: int | None = None
    leads: tuple[int | None, int | None, int | None] = LEADS
    is_reminded: bool = True  # False where those concerned are told in another way
    moves: bool = True  # to a working day; a meeting is on its day
    facts: list[FactProvider] = field(default_factory=list)
    occasions: list[OccasionProvider] = field(default_factory=list)


sources: dict[str, Source] = {}
watched: list[Any] = []  # models: when a row of one has changed, what is computed is computed anew


def register_source(source: Source, *, watches: Iterable[Any] = ()) -> None:
    """Give every årshjul this entry."""
    sources[source.key] = source
    watched.extend(model for model in watches if model not in watched)


def register_facts(key: str, provide: FactProvider, *, watches: Iterable[Any] = ()) -> None:
    """Let a room above say when an entry that is there has been done."""
    sources[key].facts.append(provide)
    watched.extend(model for model in watches if model not in watched)
