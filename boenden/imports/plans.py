# SPDX-License-Identifier: EUPL-1.2
"""A plan: what each row of a file would do, worked out in memory row by row, and then written at once.

The preview throws its plan away; the import makes the same plan anew and writes it. A later row meets what an earlier
row has planned, so the same thing twice in a file is recognised as it is in the database.
"""

import copy
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.imports.columns import ImportColumn
from boenden.imports.rows import Row, lowered, same_name, short
from boenden.imports.tables import tidy
from boenden.models import ActorImport, ActorImportRow
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.actions import log_bulk
from platssamverkan.ground.records import Record

Outcome = ActorImportRow.Outcome
BATCH = 1000  # rows an INSERT
REFUSED = gettext_lazy("Raden innehåller ett personnummer. Ta bort det. Raden är inte sparad.")
CONTRADICTS = gettext_lazy("%(line)s säger något annat: %(names)s. Behåll en av raderna.")
TOO_WIDE = gettext_lazy(
    "Raden har fler celler än rubrikerna. Står det ett skiljetecken i en text? Sätt den inom citattecken."
)


class Judgement(NamedTuple):
    """What a row does, and why."""

    outcome: str
    reasons: list[str]
    title: str = ""
    record_id: uuid.UUID | None = None


class Faulty(Exception):
    """The row cannot be brought in; `reasons` say why, in Swedish."""

    def __init__(self, *reasons: Any) -> None:
        super().__init__("faulty row")
        self.reasons = [str(reason) for reason in reasons]


class Ledger:
    """The records a plan would write: new ones, and changed ones with what they were before."""

    def __init__(self) -> None:
        self.new: dict[uuid.UUID, Record] = {}
        self.before: dict[uuid.UUID, Record] = {}
        self.changed: dict[uuid.UUID, Record] = {}

    def add(self, record: Record) -> None:
        """A new record."""
        self.new[record.pk] = record

    def change(self, record: Record, values: dict[str, Any]) -> None:
        """Change fields of a record, in memory."""
        if record.pk not in self.new and record.pk not in self.changed:
            self.before[record.pk] = copy.copy(record)
            self.changed[record.pk] = record
        for name, value in values.items():
            setattr(record, name, value)

    def write(self, by: Any, order: Sequence[type[Record]]) -> None:
        """Write everything, one model after the other, with who and when, and note each record in the log."""
        now = timezone.now()
        for record in self.new.values():
            record.created_at, record.created_by = now, by
        for record in self.changed.values():
            record.version += 1
        for record in [*self.new.values(), *self.changed.values()]:
            record.changed_at, record.changed_by = now, by
        for model in order:
            self._write_model(model)
        log_bulk(changed=[(None, record) for record in self.new.values()], by=by)
        log_bulk(changed=[(self.before[pk], record) for pk, record in self.changed.items()], by=by)

    def _write_model(self, model: type[Record]) -> None:
        new = [record for record in self.new.values() if type(record) is model]
        changed = [record for record in self.changed.values() if type(record) is model]
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model.objects.bulk_create(new, batch_size=BATCH)
        # an upsert by id: one statement for many rows, where bulk_update writes a CASE for each field
        model.objects.bulk_create(
            changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
        )


class Plan:
    """What a kind of file does. A subclass names its columns, says how a row is judged, and what it writes."""

    columns: ClassVar[list[ImportColumn]]
    required: ClassVar[tuple[str, ...]]  # columns without which the file says nothing
    right: ClassVar[Right]
    order: ClassVar[tuple[type[Record], ...]]

    def __init__(self, actor_import: ActorImport, by: Any) -> None:
        self.actor_import = actor_import
        self.boende = actor_import.boende
        self.by = by
        self.ledger = Ledger()
        by_key = {column.key: column for column in self.columns}
        self.placed = [(place, by_key[key]) for place, key in enumerate(actor_import.mapping) if key in by_key]
        self.lines: dict[uuid.UUID, int] = {}  # which line of the file first spoke of a record
        self.said: dict[tuple[Any, str], tuple[int, str]] = {}  # which line first filled a field of it, and with what
        self.load()

    def load(self) -> None:
        """Fetch what is there."""
        raise NotImplementedError

    def sources(self) -> Iterable[QuerySet]:
        """The rows that the plan was made from: if one of them changes, it must be made anew."""
        raise NotImplementedError

    def fingerprint(self) -> list[tuple[Any, ...]]:
        """Tells whether what the plan was made from has changed."""
        found = [rows.order_by().aggregate(number=Count("pk"), latest=Max("changed_at")) for rows in self.sources()]
        return [tuple(values.values()) for values in found]

    def row_of(self, cells: list[str]) -> Row:
        """The cells by what they are; empty ones say nothing."""
        row = Row()
        for place, column in self.placed:
            if place < len(cells) and (text := tidy(cells[place])):
                row.put(column, text)
        return row

    def judge(self, line: int, cells: list[str]) -> Judgement:
        """What the row does, planned."""
        if not cells:
            return Judgement(Outcome.FAULTY, [str(REFUSED)])
        row = self.row_of(cells)
        title = self.title_of(row)[:160]
        if len(cells) > len(self.actor_import.headers):
            return Judgement(Outcome.FAULTY, [str(TOO_WIDE)], title)
        try:
            return self.judge_row(line, row)._replace(title=title)
        except Faulty as faulty:
            return Judgement(Outcome.FAULTY, faulty.reasons, title)

    def title_of(self, row: Row) -> str:
        """What the row is called in lists."""
        return row.text(self.required[0])

    def judge_row(self, line: int, row: Row) -> Judgement:
        """What the row does; raises Faulty before anything is planned."""
        raise NotImplementedError

    def new_id(self, what: str, line: int) -> uuid.UUID:
        """The id of what a line makes: the same each time, so that nothing can be made twice."""
        return uuid.uuid5(self.actor_import.pk, f"{what}:{line}")

    def differences(self, owner: str, record: Any, row: Row) -> dict[str, Any]:
        """What the row would change of a record, read.

        Raises Faulty for what it says anew and wrongly, and for what an earlier row has said otherwise: which of them
        is right, only a person knows.
        """
        anew = {}
        faults = []
        against: dict[int, list[str]] = {}
        for column in row.of(owner):
            key = column.key
            if record is not None and column.is_same(record, row.texts[key], row.values.get(key)):
                continue
            line, text = self.said.get((record.pk, key), (0, "")) if record is not None else (0, "")
            if line and same_name(text) == same_name(row.texts[key]):
                continue
            if line:
                against.setdefault(line, []).append(lowered(column.header))
            elif key in row.faults:
                faults.append(row.faults[key])
            else:
                anew[column.attribute] = row.values[key]
        faults += [
            str(CONTRADICTS) % {"line": self.line_of(line, is_first=True), "names": ", ".join(names)}
            for line, names in against.items()
        ]
        if faults:
            raise Faulty(*faults)
        return anew

    def note_said(self, line: int, row: Row, /, **records: Any) -> None:
        """Remember which line first filled the fields of records, by their owners' names, and with what."""
        for owner, record in records.items():
            for column in row.of(owner) if record is not None else ():
                if column.key not in row.borrowed:
                    self.said.setdefault((record.pk, column.key), (line, row.texts[column.key]))

    def says_nothing_new(self, owner: str, record: Any, row: Row) -> bool:
        """Whether a record says all that the row says."""
        return all(
            column.is_same(record, row.texts[column.key], row.values.get(column.key)) for column in row.of(owner)
        )

    def names_of(self, owner: str, attributes: Iterable[str]) -> str:
        """Fields as people know them: "telefon, e-post"."""
        headers = {column.attribute: column.header for column in self.columns if column.owner == owner}
        return ", ".join(lowered(headers.get(attribute, attribute)) for attribute in attributes)

    def changes_of(self, owner: str, record: Any, anew: dict[str, Any]) -> str:
        """What a record would change from and to: "telefon: 031-390 06 10 → 031-390 06 11". Asked before it does.

        Only while it is judged for a person to look at: what is kept of the import afterwards names the fields alone.
        """
        if self.actor_import.status != ActorImport.Status.READING:
            return self.names_of(owner, anew)
        columns = {column.attribute: column for column in self.columns if column.owner == owner}
        after = copy.copy(record)
        for name, value in anew.items():
            setattr(after, name, value)
        return ", ".join(
            f"{lowered(columns[name].header)}: {short(columns[name].text_of(record))} → "
            f"{short(columns[name].text_of(after))}"
            if name in columns
            else name
            for name in anew
        )

    def earlier(self, record_id: uuid.UUID, line: int, *, changes: bool) -> list[str]:
        """Says that an earlier line spoke of the same, and whether this one says more; remembers this one."""
        first = self.lines.setdefault(record_id, line)
        if first == line:
            return []
        return [(_("Hör ihop med %(line)s.") if changes else _("Samma som %(line)s.")) % {"line": self.line_of(first)}]

    def line_of(self, line: int, *, is_first: bool = False) -> str:
        """ "rad 5", in a map's file "objekt 5"; with a capital where it is the first of a sentence."""
        text = f"{self.actor_import.line_name} {line}"
        return text.capitalize() if is_first else text

    def write(self) -> None:
        """Write what was planned. Called in an action."""
        self.ledger.write(self.by, self.order)
