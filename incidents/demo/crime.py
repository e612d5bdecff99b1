# SPDX-License-Identifier: EUPL-1.2
"""Fictional crime figures: a small area and the city, one kind suppressed once, the areas divided anew last year."""

from typing import Any

from incidents.crime.actions import confirm_import, preview_import
from incidents.crime.reading import FigureRow, Reading
from incidents.models import CrimeArea, CrimeChoice, CrimeImport

YEARS = 6
KINDS = {"alla brott": 620, "misshandel": 58, "skadegörelse": 96, "stöld": 210, "narkotikabrott": 41}
CITY = 24  # times the small area
AREAS = {"kalleback": "Kallebäck och Skår", "alma": "Gamlestaden"}


def make_crime(maker: Any) -> dict[str, int]:
    """Figures of the years before this one, and which areas two boenden compare."""
    last = maker.today.year - 1
    rows = [row for name in AREAS.values() for row in figures_of(maker, name, last, size=1)]
    rows += figures_of(maker, "Göteborg", last, size=CITY)
    found = CrimeImport(
        id=maker.new_id(),
        file_name="anmalda_brott.csv",
        sha256="0" * 64,
        source="fingerade siffror för demonstrationen",
    )
    chief = maker.chief("kalleback")
    preview_import(crime_import=found, reading=Reading(rows=rows), by=chief)
    confirm_import(crime_import=found, by=chief)
    areas = {area.name: area for area in CrimeArea.objects.all()}
    for slug, name in AREAS.items():
        CrimeChoice.objects.create(
            id=maker.new_id(), boende=maker.boenden[slug], own=areas[name], comparison=areas["Göteborg"]
        )
    return {"siffror om brott": len(rows)}


def figures_of(maker: Any, area: str, last: int, *, size: int) -> list[FigureRow]:
    """One area's years. The small one is drawn anew in the last of them, and hides one figure."""
    rows = []
    for year in range(last - YEARS + 1, last + 1):
        division = f"från {last}" if size == 1 and year == last else ""
        for kind, usual in KINDS.items():
            count: int | None = round(usual * size * maker.random.uniform(0.85, 1.15))
            if size == 1 and kind == "narkotikabrott" and year == last - 2:
                count = None
            rows.append(FigureRow(area, kind, year, 0, count, division))
    return rows
