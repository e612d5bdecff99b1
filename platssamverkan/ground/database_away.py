# SPDX-License-Identifier: EUPL-1.2
"""The database is away: that is no fault of the page, and it will be back (faults.md, case 4)."""

from django.db import InterfaceError, OperationalError

RETRY_AFTER = "10"  # seconds; a restart of PostgreSQL takes less
# SQLite calls a missing table or a mistyped query "operational" too; those are faults of ours.
SQLITE_AWAY = ("database is locked", "unable to open database file", "disk i/o error", "database or disk is full")


def is_database_away(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, says that the database can't be reached or can't write just now."""
    while error is not None:
        if isinstance(error, InterfaceError):
            return True
        if isinstance(error, OperationalError):
            from_sqlite = type(error.__cause__).__module__.startswith("sqlite3")
            return not from_sqlite or str(error).lower().startswith(SQLITE_AWAY)
        error = error.__cause__ or error.__context__
    return False
