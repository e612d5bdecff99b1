# SPDX-License-Identifier: EUPL-1.2
"""Bringing in crime figures: judged in sets, written in sets, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from incidents.crime.bulk import insert_figures
from incidents.crime.reading import FigureRow, Reading, rows_of
from incidents.models import CrimeArea, CrimeFigure, CrimeImport
from platssamverkan.audit.actions import log_bulk, log_event
from platssamverkan.ground.actions import action, save_record

BATCH = 2000  # rows an INSERT
WRITTEN = ["count", "division", "imported", "changed_at", "changed_by", "version"]
Key = tuple[Any, str, int, int]
Status = CrimeImport.Status


class NotNow(Exception):
    """The import has been confirmed or left already."""


@dataclass
class Plan:
    """What the rows would do: figures that are new, and those that say something else than what is kept."""

    new: list[FigureRow] = field(default_factory=list)
    changed: list[tuple[CrimeFigure, FigureRow]] = field(default_factory=list)
    unchanged: int = 0


def plan_of(rows: Iterable[FigureRow], areas: dict[str, CrimeArea]) -> Plan:
    """Hold rows against what is kept: one query, however many they are."""
    rows, plan = list(rows), Plan()
    kept: dict[Key, CrimeFigure] = {}
    if rows and areas:
        years = {row.year for row in rows}
        found = CrimeFigure.objects.filter(area__in=areas.values(), year__range=(min(years), max(years)))
        kept = {(figure.area_id, figure.kind, figure.year, figure.month): figure for figure in found}
    for row in rows:
        area = areas.get(row.area)
        figure = kept.get((area.pk, row.kind, row.year, row.month)) if area else None
        if figure is None:
            plan.new.append(row)
        elif (figure.count, figure.division) != (row.number, row.division):
            plan.changed.append((figure, row))
        else:
            plan.unchanged += 1
    return plan


def areas_of(rows: Iterable[FigureRow]) -> dict[str, CrimeArea]:
    """The areas that are known by name."""
    names = {row.area for row in rows}
    return {area.name: area for area in CrimeArea.objects.active() if area.name in names}


@action
def preview_import(*, crime_import: CrimeImport, reading: Reading, by: Any) -> CrimeImport:
    """Keep what was read, and what it would do."""
    plan = plan_of(reading.rows, areas_of(reading.rows))
    crime_import.rows = [list(row) for row in reading.rows]
    crime_import.faults, crime_import.faulty_count = reading.faults, reading.faulty
    crime_import.new_count, crime_import.changed_count = len(plan.new), len(plan.changed)
    crime_import.unchanged_count = plan.unchanged
    crime_import.suppressed_count = sum(row.number is None for row in reading.rows)
    return save_record(record=crime_import, by=by)


def held(crime_import: CrimeImport) -> CrimeImport:
    """The import, nobody else's while this lasts. Raises NotNow."""
    current = CrimeImport.objects.select_for_update().get(pk=crime_import.pk)
    if current.status != Status.PREVIEW:
        raise NotNow
    return current


@action
def confirm_import(*, crime_import: CrimeImport, by: Any) -> CrimeImport:
    """Write what the preview showed, as things stand now. Raises NotNow if that has been done."""
    current = held(crime_import)
    rows = list(rows_of(current.rows))
    areas = areas_of(rows)
    for name in sorted({row.area for row in rows} - areas.keys()):
        areas[name] = save_record(record=CrimeArea(name=name), by=by)
    plan = plan_of(rows, areas)
    write(plan, areas, current, by)
    current.new_count, current.changed_count = len(plan.new), len(plan.changed)
    current.unchanged_count, current.rows, current.status = plan.unchanged, [], Status.DONE
    save_record(record=current, by=by)
    log_event(record=current, by=by, event="imported")
    return current


def write(plan: Plan, areas: dict[str, CrimeArea], crime_import: CrimeImport, by: Any) -> None:
    """New figures are told by the import that names its file's checksum; a changed one each for itself in the log."""
    now = timezone.now()
    insert_figures(rows=plan.new, areas=areas, imported=crime_import, by=by, now=now)
    pairs = []
    for figure, row in plan.changed:
        after = CrimeFigure(**{f.attname: getattr(figure, f.attname) for f in CrimeFigure._meta.concrete_fields})
        after.count, after.division, after.imported = row.number, row.division, crime_import
        after.changed_at, after.changed_by, after.version = now, by, figure.version + 1
        pairs.append((figure, after))
    CrimeFigure.objects.bulk_create(
        [after for _before, after in pairs],
        batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN,
    )  # fmt: skip
    log_bulk(changed=pairs, by=by)


@action
def cancel_import(*, crime_import: CrimeImport, by: Any) -> CrimeImport:
    """Leave it: nothing is changed, and what was read is not kept. Raises NotNow."""
    current = held(crime_import)
    current.status, current.rows, current.faults = Status.CANCELLED, [], []
    return save_record(record=current, by=by)
