# SPDX-License-Identifier: EUPL-1.2
"""Crime figures of Kallebäck's area, a file that waits, a released quarter, a felanmälan with a photo."""

from incidents.crime.actions import confirm_import, preview_import
from incidents.crime.reading import FigureRow, Reading
from incidents.felanmalan_actions import save_felanmalan
from incidents.models import CrimeArea, CrimeChoice, CrimeImport, Felanmalan
from platssamverkan.reports.actions import release_quarter
from platssamverkan.reports.quarters import Quarter


def figures(name: str, *rows: FigureRow) -> CrimeImport:
    """An import that waits to be confirmed."""
    found = CrimeImport(file_name=name, sha256="0" * 64, source="Brå, anmälda brott")
    return preview_import(crime_import=found, reading=Reading(rows=list(rows)), by=None)


def add(cast, world) -> None:
    """One of everything."""
    areas = ("Kallebäck", "Göteborg")
    rows = [FigureRow(area, "alla brott", year, 0, 100 + year % 7, "") for area in areas for year in range(2022, 2026)]
    confirm_import(crime_import=figures("brott.csv", *rows), by=None)
    waiting = figures("nya.csv", FigureRow("Kallebäck", "alla brott", 2021, 0, None, ""))
    own, comparison = (CrimeArea.objects.get(name=area) for area in areas)
    CrimeChoice.objects.create(boende=cast.kalleback, own=own, comparison=comparison)
    release_quarter(boende=cast.kalleback, quarter=Quarter(2025, 1), by=cast["enhetschef"])
    felanmalan = save_felanmalan(
        felanmalan=Felanmalan(boende=cast.kalleback, what="Lampan", place_text="gångvägen"),
        photos=[b"\xff\xd8\xff bild"],
        by=cast["personal"],
    )
    world["single"] |= {
        "crimeimport": waiting, "felanmalan": felanmalan, "felanmalan_photo": felanmalan.photos.get(),
    }  # fmt: skip
    world["here"]["quarter"] = "2025-2"
    world["by_name"] |= {name: {name: cast.forum} for name in ("picture_forum", "picture_forum_pdf")}
