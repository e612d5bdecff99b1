# SPDX-License-Identifier: EUPL-1.2
"""Many reminders at once: the database writes them itself from what a batch selects, in one statement.

The same outbox and the same uniqueness as for what a provider yields; a sweep over 15,000 things that are due costs a
few statements whatever their number (performance.md, "reminder sweep").
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Case, CharField, F, Func, QuerySet, UUIDField, Value, When
from django.db.models.functions import Cast, Concat, ExtractDay, ExtractYear, Left
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS

from platssamverkan.ground.actions import action
from platssamverkan.notices.actions import SUBJECT_LENGTH, wake_after_commit
from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import Batch

FROM_BATCH = ("what", "occasion", "user_id", "subject", "text", "url", "due_on")


class UuidText(Func):
    """A UUID column as people and addresses write it, on a database that keeps 32 digits as well."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps the digits without hyphens. The column has no parameters, so it may stand five times."""
        parts = "||'-'||".join(
            f"substr(%(expressions)s,{start},{length})"
            for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        )
        return self.as_sql(compiler, connection, template=f"({parts})", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL knows what it is."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **extra)


def sentence(words: str, **parts: Any) -> Concat:
    """A translated sentence with its %(name)s filled in by the database: "%(title)s på %(boende)s"."""
    pieces: list[Any] = []
    while words:
        before, mark, rest = words.partition("%(")
        if before:
            pieces.append(Value(before))
        if mark:
            name, _end, rest = rest.partition(")s")
            pieces.append(Cast(parts[name], CharField()))
        words = rest
    return Concat(*pieces, Value(""), output_field=CharField())


def day_words(column: str, today: date) -> Concat:
    """A day as people write it, by the database: "måndag 30 november", with the year when it is not this one."""
    weekdays = [
        When(**{f"{column}__week_day": (number + 1) % 7 + 1}, then=Value(str(name)))  # Django counts Sunday as 1
        for number, name in WEEKDAYS.items()
    ]
    months = [When(**{f"{column}__month": number}, then=Value(str(name))) for number, name in MONTHS.items()]
    year = Concat(Value(" "), Cast(ExtractYear(column), CharField()), output_field=CharField())
    return Concat(
        Case(*weekdays, output_field=CharField()),
        Value(" "),
        Cast(ExtractDay(column), CharField()),
        Value(" "),
        Case(*months, output_field=CharField()),
        Case(When(**{f"{column}__year": today.year}, then=Value("")), default=year, output_field=CharField()),
        output_field=CharField(),
    )


class NewId(Func):
    """A new id for each row, made by the database."""

    output_field = UUIDField()
    arity = 0

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps a UUID as its 32 digits."""
        return self.as_sql(compiler, connection, template="lower(hex(randomblob(16)))", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL has it built in."""
        return self.as_sql(compiler, connection, template="gen_random_uuid()", **extra)


def own_values(now: datetime) -> dict[str, Any]:
    """The columns that are the same in every new row, or follow from what a batch selects."""
    host = urlsplit(settings.SITE_URL).hostname
    is_late = Case(
        When(notice_due_on__lt=timezone.localdate(now), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    status = Case(
        When(notice_digest=True, then=Value(Notice.Status.DIGEST.value)), default=Value(Notice.Status.WAITING.value)
    )
    return {
        "id": NewId(),
        "message_id": Concat(Value("<"), Cast(NewId(), CharField()), Value(f"@{host}>")),
        "subject": Left("notice_subject", SUBJECT_LENGTH),
        "is_late": is_late,
        "status": status,
        "version": Value(1),
        "attempts": Value(0),
        "last_error": Value(""),
        "calendar": Value(""),
        "created_at": Value(now),
        "changed_at": Value(now),
        "next_attempt_at": Value(now),
    }


def columns_of(rows: QuerySet, now: datetime) -> tuple[QuerySet, list[str]]:
    """The selection with every column of a new notice, and the columns' names in the same order."""
    own = own_values(now)
    taken = {name: F("notice_user" if name == "user_id" else f"notice_{name}") for name in FROM_BATCH}
    values = {f"new_{name}": value for name, value in {**taken, **own}.items()}
    names = list(values)
    return rows.annotate(**values).order_by().values_list(*names), [name.removeprefix("new_") for name in names]


def insert_from(selections: Iterable[QuerySet], now: datetime) -> int:
    """Write the notices that the selections tell of and that are not there yet; returns how many were new."""
    found = [columns_of(rows, now) for rows in selections]
    (first, names), *others = found
    rows = first.union(*(other for other, _names in others), all=True) if others else first
    # in one order, so that two sweepers wait for each other instead of locking each other out
    select, params = rows.order_by("new_occasion", "new_user_id").query.sql_with_params()
    quoted = ", ".join(map(connection.ops.quote_name, names))
    table = connection.ops.quote_name(Notice._meta.db_table)
    statement = f"INSERT INTO {table} ({quoted}) {select} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return max(cursor.rowcount, 0)


@action
def post_batch(*, batch: Batch, by: Any, now: datetime) -> int:
    """Tell what a batch says is due, and let it note that it is told, in one transaction; returns how many were new."""
    if not batch.is_due(now):
        return 0
    new = insert_from(batch.rows(now), now)
    batch.told(now)
    if new:
        wake_after_commit()
    return new
