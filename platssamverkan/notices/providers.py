# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above register when they start: functions that say what is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet


@dataclass(slots=True)
class Due:
    """Something that one person is to be told, from `due_on` (a day in Stockholm) on.

    (what, occasion, recipient) is told once for ever, so `occasion` names the thing and the time it is about. Of those
    that a provider gives the same `series`, such as a reminder and the next when it is late, only the latest is told:
    after a stop there is one reminder, not one for each day missed. `calendar` is iCalendar text for the letter.
    Such a letter goes at once, and one that is `at_once`, also to someone who gathers the others each morning.
    """

    what: str
    occasion: str
    subject: str
    text: str
    due_on: date
    user: Any = None
    email: str = ""
    url: str = ""
    mail: bool = True
    series: str = ""
    calendar: str = ""
    at_once: bool = False

    @property
    def key(self) -> tuple[str, str, Any]:
        """What makes it one."""
        return self.what, self.occasion, self.recipient

    @property
    def recipient(self) -> Any:
        """The user's id, or the address. Raises ValueError unless there is exactly one."""
        if (self.user is None) == (not self.email):
            raise ValueError("A notice has one recipient: a user or an e-mail address.")
        return self.user.pk if self.user is not None else self.email.casefold()


Provider = Callable[[datetime], Iterable[Due]]

providers: dict[str, Provider] = {}


def register_provider(name: str, provide: Provider) -> None:
    """Let `provide(now)` say what is due. It starts with one query, whatever the number of rows.

    It may yield the same Due at every sweep for as long as the thing is not done; `due_on` is computed in
    Europe/Stockholm (`timezone.localdate(now)`), and what is due later than today is left for later.
    """
    providers[name] = provide


Sender = Callable[[datetime], int]

senders: dict[str, Sender] = {}


def register_sender(name: str, send: Sender) -> None:
    """Let `send(now)` do at each sweep what needs a row of its own beside the letter, such as a link's secret.

    It finds what is due in one query, does each thing in one action, does nothing twice, and gives how many it did.
    """
    senders[name] = send


@dataclass(frozen=True)
class Batch:
    """Reminders by the thousand, written by the database itself.

    `is_due(now)` says in one quick query whether there is anything. `rows(now)` gives one selection or more, each with
    a row for every (occasion, recipient) and these annotations: notice_what, notice_occasion, notice_user (an active
    user's id), notice_digest (her `gets_digest`), notice_subject, notice_text, notice_url and notice_due_on. Their
    texts come from guarded fields. `told(now)`, in the same transaction, notes that those have been told.
    """

    is_due: Callable[[datetime], bool]
    rows: Callable[[datetime], list[QuerySet]]
    told: Callable[[datetime], None]


batches: dict[str, Batch] = {}


class Attached(NamedTuple):
    """A file that goes with a letter."""

    name: str
    content: bytes
    content_type: str


Attacher = Callable[[str], Iterable[Attached]]

attachers: dict[str, Attacher] = {}


def register_attacher(what: str, attach: Attacher) -> None:
    """Let `attach(occasion)` give the files of a kind of letter, when it goes: the outbox keeps no copies of them."""
    attachers[what] = attach


def register_batch(name: str, batch: Batch) -> None:
    """Let the sweep post a batch, after everything else."""
    batches[name] = batch
