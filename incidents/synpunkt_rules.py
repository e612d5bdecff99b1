# SPDX-License-Identifier: EUPL-1.2
"""Rules of synpunkter: the reference, by when they are answered, and when three of them are one question."""

import re
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from boenden.geometry import distance_m
from incidents.models import Synpunkt
from incidents.models.querysets import folded
from platssamverkan.ground.workdays import next_workday

ANSWER_WORKDAYS = 5
ANSWER_WORKDAYS_CHILDREN = 1
CHIEF_WORKDAYS = 3  # so long after the day an unanswered one is told to the förvaltningschef

# Consonants: no word, no digits that could look like a personnummer, nothing to mistake for something else.
LETTERS = "BCDFGHJKLMNPRSTVXZ"
GROUPS, GROUP = 3, 4  # 18 to the 12th: 50 bits, and guesses are counted

ALIKE = 3  # so many alike within the days are told to be one question: the threshold of an ASB case review
ALIKE_DAYS = timedelta(days=90)
NEAR_M = 100
MOST_COMPARED = 500

# words that say where without saying which place
SMALL_WORDS = """
vid på i utanför utan för framför bakom bredvid intill nära mot mellan och den det en ett alldeles precis inne ute upp
ner ned runt omkring av till från
"""
BESIDE = frozenset(SMALL_WORDS.split())
ENDINGS = ("en", "et", "n", "t", "e")
LEAST_STEM = 3


def new_reference() -> str:
    """A reference that can be read aloud and not be guessed: BKRT-MNPX-DFGH."""
    letters = [secrets.choice(LETTERS) for _ in range(GROUPS * GROUP)]
    return "-".join("".join(letters[start : start + GROUP]) for start in range(0, len(letters), GROUP))


def read_reference(written: str) -> str:
    """The reference as it is kept, however it was written; empty for what is none."""
    letters = re.sub(r"[^A-Z]", "", written[:60].upper())
    if len(letters) != GROUPS * GROUP:
        return ""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def workdays_after(day: date, number: int) -> date:
    """The day so many working days later (ground/workdays.py knows the Swedish holidays)."""
    for _ in range(number):
        day = next_workday(day)
    return day


def answer_day(received: date, *, children: bool) -> date:
    """By when a synpunkt is answered: five working days, one where children are concerned."""
    return workdays_after(received, ANSWER_WORKDAYS_CHILDREN if children else ANSWER_WORKDAYS)


def stem(word: str) -> str:
    """A word without the ending that says "the": hållplatsen and hållplats are one place.

    Taken off for as long as there is one, for words end so by themselves too: stationen and station, backen and backe.
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return stem(word.removesuffix(ending))
    return word


def place_key(text: str) -> str:
    """A place as it is compared: without case, small words, order and "the". Empty where no place is named."""
    words = re.findall(r"\w+", folded(text))
    return " ".join(sorted({stem(word) for word in words if word not in BESIDE}))[:160]


def is_same_place(one: Synpunkt, other: Synpunkt) -> bool:
    """Whether two name the same place, or lie within a hundred metres of each other."""
    if one.place_key and one.place_key == other.place_key:
        return True
    metres = distance_m(one, other)
    return metres is not None and metres <= NEAR_M


def alike(synpunkt: Synpunkt) -> list[Synpunkt]:
    """Those of the same kind and place that, with this one, are three or more within ninety days; itself among them.

    Empty if they are fewer. Praise is left out: nobody needs a meeting about it.
    """
    if synpunkt.kind == Synpunkt.Kind.BEROM:
        return []
    around = (synpunkt.received_at - ALIKE_DAYS, synpunkt.received_at + ALIKE_DAYS)
    others = (
        Synpunkt.objects.active()
        .filter(boende=synpunkt.boende_id, kind=synpunkt.kind, received_at__range=around)
        .exclude(pk=synpunkt.pk)
        .order_by("-received_at", "pk")[:MOST_COMPARED]
    )
    same = sorted(
        [synpunkt, *(other for other in others if is_same_place(synpunkt, other))], key=lambda row: row.received_at
    )
    return most_within(same, synpunkt)


def most_within(rows: Sequence[Synpunkt], one: Synpunkt) -> list[Synpunkt]:
    """The largest run of rows, by when they came, that holds `one` and fits within ninety days; three at least."""
    best: list[Synpunkt] = []
    for first in rows:
        run = [row for row in rows if timedelta(0) <= row.received_at - first.received_at <= ALIKE_DAYS]
        if one in run and len(run) > len(best):
            best = run
    return best if len(best) >= ALIKE else []


def day_of(synpunkt: Synpunkt) -> date:
    """The day here on which it came in."""
    return timezone.localdate(synpunkt.received_at)


def late_on(synpunkt: Synpunkt) -> tuple[date, date]:
    """From which days it is told as late: to the enhetschef, then to the förvaltningschef."""
    return next_workday(synpunkt.answer_by), workdays_after(synpunkt.answer_by, CHIEF_WORKDAYS)
