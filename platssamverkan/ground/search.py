# SPDX-License-Identifier: EUPL-1.2
"""Free-text search in lists that are short enough to be read through: the same on both databases, å ä ö included."""

from typing import Any, TypeVar

from django.db.models import Func, Q, QuerySet, TextField

WORDS_READ = 8  # more words than this narrow nothing that a person would notice

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


def matching(rows: Rows, words: str, *fields: str) -> Rows:
    """The rows where every word stands in some of the fields, in any case."""
    texts = {f"_text_{number}": Folded(field) for number, field in enumerate(fields)}
    rows = rows.alias(**texts)
    for word in words.lower().split()[:WORDS_READ]:
        somewhere = Q()
        for text in texts:
            somewhere |= Q(**{f"{text}__contains": word})
        rows = rows.filter(somewhere)
    return rows
