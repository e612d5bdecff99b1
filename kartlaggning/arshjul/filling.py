# SPDX-License-Identifier: EUPL-1.2
"""What the årshjul of each boende of a förvaltning ought to hold, against what it holds: what to make, change, end.

Nothing is written here: actions/arshjul_filling.py does that. A plan is worked out from the template's entries, the
sources' facts and occasions, and the rows there are, all read in bulk.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kartlaggning.arshjul.rules import Rule, occasions_of
from kartlaggning.arshjul.schedule import schedule
from kartlaggning.arshjul.sources import Fact, Occasion, sources
from kartlaggning.models import ArshjulActivity, ArshjulEntry, ArshjulTemplate
from platssamverkan.ground.workdays import workday_on_or_before

Key = tuple[UUID, UUID, str]  # boende, entry, occasion
State = ArshjulActivity.State
# what follows the template for as long as nothing has been said about the row
FOLLOWING = ("title", "about", "role", "lead_first", "lead_second", "lead_last", "is_reminded", "url", "counts_from")
SCHEDULED = ("due_on", "state", "archived_at", "lead_first", "lead_second", "lead_last", "is_reminded")
WRITTEN = (
    *FOLLOWING, "due_on", "state", "done_on", "is_told", "why", "reason", "archived_at", "first_on", "second_on",
    "last_on", "late_on", "chief_on", "forvaltning_on", "next_reminder_on", "next_escalation_on",
)  # fmt: skip


@dataclass
class Changes:
    """Rows to make, and rows to change with how they were."""

    new: list[ArshjulActivity] = field(default_factory=list)
    changed: list[tuple[ArshjulActivity, ArshjulActivity]] = field(default_factory=list)


class Filling:
    """One förvaltning's, or some boenden's of it."""

    def __init__(self, template: ArshjulTemplate, boenden: QuerySet, now: Any) -> None:
        self.template = template
        self.boenden = boenden
        self.now = now
        self.today = timezone.localdate(now)
        self.until = date(self.today.year + 1, 12, 31)
        self.entries = {entry.pk: entry for entry in template.entries.order_by("pk")}
        self.facts = self.read_facts()

    def read_facts(self) -> dict[tuple[UUID, UUID], list[Fact]]:
        """What has been done, by boende and entry, the earliest first."""
        found: dict[tuple[UUID, UUID], list[Fact]] = {}
        for entry in self.standing():
            source = sources.get(entry.source)
            for provide in source.facts if source else ():
                for fact in provide(self.boenden):
                    if fact.done_on <= self.today:
                        found.setdefault((fact.boende, entry.pk), []).append(fact)
        for facts in found.values():
            facts.sort(key=lambda fact: fact.done_on)
        return found

    def standing(self) -> Iterator[ArshjulEntry]:
        """The entries that are in use."""
        return (entry for entry in self.entries.values() if entry.archived_at is None)

    def wanted(self) -> dict[Key, dict[str, Any]]:
        """What there ought to be, with what it says."""
        found: dict[Key, dict[str, Any]] = {}
        pks = list(self.boenden.order_by("pk").values_list("pk", flat=True))
        for entry in self.standing():
            said = {name: getattr(entry, name) for name in FOLLOWING if name not in ("url", "counts_from")}
            if entry.rule == Rule.DATA:
                for occasion in self.told_occasions(entry):
                    found[occasion.boende, entry.pk, occasion.occasion] = said | self.of_occasion(entry, occasion)
                continue
            for falls in occasions_of(entry, self.today, self.until):
                dated = said | {"due_on": falls.due_on, "counts_from": falls.counts_from, "url": ""}
                found |= {(pk, entry.pk, falls.occasion): dated for pk in pks}
        return found

    def told_occasions(self, entry: ArshjulEntry) -> Iterator[Occasion]:
        """What the data tell of, until the end of next year."""
        source = sources.get(entry.source)
        for provide in source.occasions if source else ():
            yield from (occasion for occasion in provide(self.boenden) if occasion.due_on <= self.until)

    def of_occasion(self, entry: ArshjulEntry, occasion: Occasion) -> dict[str, Any]:
        """What a row says of an occasion that the data tell of."""
        moves = sources[entry.source].moves
        values: dict[str, Any] = {
            "due_on": workday_on_or_before(occasion.due_on) if moves else occasion.due_on,
            "counts_from": None,
            "url": occasion.url,
        }
        if occasion.title:
            values["title"] = occasion.title[:100]
        if occasion.done_on or occasion.is_off:
            state = State.DONE if occasion.done_on else State.SKIPPED
            values |= {"state": state, "done_on": occasion.done_on, "is_told": True, "why": occasion.why[:300]}
        return values

    def there(self) -> QuerySet:
        """The rows there are that matter now: what is left to do, and all from today on."""
        rows = ArshjulActivity.objects.filter(entry__template=self.template, boende__in=self.boenden)
        by_data = Q(entry__rule=Rule.DATA)
        return rows.filter(Q(state=State.OPEN) | Q(due_on__gte=self.today) | by_data).order_by("pk")

    def changes(self) -> Changes:
        """What to write so that what there is becomes what there ought to be."""
        changes = Changes()
        wanted = self.wanted()
        for row in self.there():
            before = copy(row)
            values = wanted.pop((row.boende_id, row.entry_id, row.occasion), None)
            self.follow(row, values)
            if any(getattr(before, name) != getattr(row, name) for name in SCHEDULED):
                self.schedule(row)
            if any(getattr(before, name) != getattr(row, name) for name in WRITTEN):
                changes.changed.append((before, row))
        for (boende, entry, occasion), values in wanted.items():
            if values["due_on"] < self.today and self.entries[entry].rule == Rule.DATA and values.get("is_told"):
                continue  # long done before anybody kept an årshjul
            row = ArshjulActivity(boende_id=boende, entry_id=entry, occasion=occasion, **values)
            self.follow(row, values)
            self.schedule(row)
            changes.new.append(row)
        return changes

    def follow(self, row: ArshjulActivity, values: dict[str, Any] | None) -> None:
        """Let a row follow the template and the data, unless somebody has said something about it."""
        entry = self.entries[row.entry_id]  # type: ignore[index]
        if values is None:
            self.without_reason_to_be(row, entry)
        elif row.is_open or (row.is_told and entry.rule == Rule.DATA):
            if entry.rule == Rule.DATA and not row.postponed_from:
                values = {"state": State.OPEN, "done_on": None, "is_told": False, "why": ""} | values
            for name, value in values.items():
                if name != "due_on" or row.postponed_from is None:
                    setattr(row, name, value)
            row.archived_at = None
        self.tell_done(row)

    def without_reason_to_be(self, row: ArshjulActivity, entry: ArshjulEntry) -> None:
        """A row that neither the template nor the data tell of any more.

        What is late stays, for it was to be done; what was to come leaves the årshjul, and what the data took back.
        """
        is_gone = entry.archived_at is not None or entry.rule == Rule.DATA or row.due_on >= self.today
        if row.is_open and is_gone and row.archived_at is None and not row.postponed_from:
            row.archived_at = self.now

    def tell_done(self, row: ArshjulActivity) -> None:
        """Done when a fact of its source lies after the day from which it counts."""
        if not row.is_open or row.counts_from is None or row.archived_at:
            return
        for fact in self.facts.get((row.boende_id, row.entry_id), ()):  # type: ignore[arg-type]
            if fact.done_on >= row.counts_from:
                row.state, row.done_on, row.is_told = State.DONE, fact.done_on, True
                row.why, row.url = fact.why[:300], fact.url
                return

    def schedule(self, row: ArshjulActivity) -> None:
        """The days of its reminders."""
        schedule(
            row,
            chief_after=self.template.chief_after,
            forvaltning_after=self.template.forvaltning_after,
            today=self.today,
        )
        if row.archived_at:
            row.next_reminder_on = row.next_escalation_on = None
