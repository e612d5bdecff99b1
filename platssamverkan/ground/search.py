# SPDX-License-Identifier: EUPL-1.2
"""Free-text search in lists that are short enough to be read through: the same on both databases, å ä ö included."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.db.models import Func, Q, QuerySet, TextField

WORDS_READ = 8  # more words than this narrow nothing that a person would notice
SHORT_NUMBER = 4  # digits; a number as short as 112 or 1177 is meant whole

Rows = TypeVar("Rows", bound=QuerySet)


class Folded(Func):
    """A text in lower case. SQLite's own LOWER knows only a–z, so it has a function of ours (collation.py)."""

    function = "LOWER"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """With our function."""
        return self.as_sql(compiler, connection, function="swedish_lower", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """By the Swedish collation, whatever the database's own locale is."""
        return self.as_sql(compiler, connection, template='LOWER((%(expressions)s) COLLATE "swedish")', **extra)


@dataclass(frozen=True)
class Terms:
    """What someone searches for: its words, and its digits as they end a stored telephone number, should it be one."""

    words: str
    number: str = ""

    @classmethod
    def of(cls, typed: str) -> Self:
        """Read what was typed: å in one way, and "031-390 06 10" as 313900610, whatever comes before it where kept."""
        words = " ".join(unicodedata.normalize("NFC", typed).split())
        digits = re.sub(r"[\s\-–()+]", "", words).lstrip("0")
        return cls(words, digits if digits.isascii() and digits.isdigit() and len(digits) > 2 else "")

    def is_number(self, field: str) -> Q:
        """The rule that a telephone field holds the number; a short one whole."""
        if not self.number:
            return Q(pk__in=[])
        lookup = "exact" if len(self.number) <= SHORT_NUMBER else "contains"
        return Q(**{f"{field}__{lookup}": self.number})


def found(rows: Rows, terms: Terms, *texts: Any, phones: tuple[str, ...] = ()) -> Rows:
    """The rows where every word stands in some of the texts (fields or expressions), or that have the number."""
    folded = {f"_text_{number}": Folded(text) for number, text in enumerate(texts)}
    by_words = Q()
    for word in terms.words.lower().split()[:WORDS_READ]:
        somewhere = Q()
        for text in folded:
            somewhere |= Q(**{f"{text}__contains": word})
        by_words &= somewhere
    for phone in phones if terms.number else ():
        by_words |= terms.is_number(phone)
    return rows.alias(**folded).filter(by_words)


def matching(rows: Rows, words: str, *fields: str) -> Rows:
    """The rows where every word stands in some of the fields, in any case."""
    return found(rows, Terms(words), *fields)
