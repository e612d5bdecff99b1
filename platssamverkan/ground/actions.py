# SPDX-License-Identifier: EUPL-1.2
"""Verbs: every write goes through one, in one transaction, with its maker's name on the audit rows."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from auditlog.context import set_actor
from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from platssamverkan.ground.records import Record

_depth: ContextVar[int] = ContextVar("action_depth", default=0)
_undoings: ContextVar[tuple[Callable[[], None], ...]] = ContextVar("action_undoings", default=())
Verb = TypeVar("Verb", bound=Callable[..., Any])
Saved = TypeVar("Saved", bound="Record")


class EditConflict(Exception):
    """Someone else saved the record since it was opened (design.md rule 4). `current` is what is stored now."""

    def __init__(self, current: "Record") -> None:
        super().__init__("changed by someone else")
        self.current = current


class Refused(Exception):
    """A step that cannot be taken yet. `missing` says in Swedish sentences what has to be done first."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def in_action() -> bool:
    """Whether a verb is running."""
    return _depth.get() > 0


def on_rollback(undo: Callable[[], None]) -> None:
    """Call `undo` if the transaction of this verb, or of one around it, fails: for what a rollback cannot take back."""
    _undoings.set((*_undoings.get(), undo))


def undo_since(count: int) -> None:
    """Undo what was registered after the first `count`, the latest first."""
    undoings = _undoings.get()
    _undoings.set(undoings[:count])
    for undo in reversed(undoings[count:]):
        undo()


def action(verb: Verb) -> Verb:
    """Make a function a verb: keyword-only, atomic, audited as `by` (a user, or None for the system itself)."""

    @functools.wraps(verb)
    def wrapper(*, by: Any, **kwargs: Any) -> Any:
        token = _depth.set(_depth.get() + 1)
        registered = len(_undoings.get())
        try:
            with transaction.atomic():
                if by is None or _depth.get() > 1:  # a second, inner set_actor would make the library forget the outer
                    return verb(by=by, **kwargs)
                with set_actor(by):
                    return verb(by=by, **kwargs)
        except BaseException:
            undo_since(registered)
            raise
        finally:
            _depth.reset(token)
            if not in_action():
                _undoings.set(())

    return wrapper  # type: ignore[return-value]


@action
def save_record(*, record: Saved, by: Any, opened_version: int | None = None) -> Saved:
    """Create or change one record, with who and when.

    `opened_version` is the version the person had on screen; raises EditConflict if another has been saved since.
    """
    now = timezone.now()
    if record.is_new:
        record.created_at, record.created_by = now, by
    else:
        current = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if opened_version is not None and current.version != opened_version:
            raise EditConflict(current)
        record.version = current.version + 1
    record.changed_at, record.changed_by = now, by
    record.save()
    return record


@action
def archive_record(*, record: Saved, by: Any) -> Saved:
    """Take a record out of the lists, with what the verb has changed. Nothing is deleted here (design.md rule 4)."""
    record.archived_at = timezone.now()
    return save_record(record=record, by=by)


@action
def put_away(*, record: Saved, by: Any) -> Saved:
    """Take a record out of the lists as it is stored: what others wrote since the page was opened stays as it is."""
    stored: Any = type(record)._default_manager.select_for_update().get(pk=record.pk)
    archived: Saved = archive_record(record=stored, by=by)
    return archived


@action
def restore_record(*, record: Saved, by: Any) -> Saved:
    """Bring an archived record back into the lists."""
    record.archived_at = None
    return save_record(record=record, by=by)
