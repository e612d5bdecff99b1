# SPDX-License-Identifier: EUPL-1.2
"""Released quarters of the demonstration's boenden, and a file that is ready to be fetched."""

from typing import Any

from django.urls import reverse

from platssamverkan.export.made_actions import ask_for_file
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import Export, MadeFile
from platssamverkan.reports.actions import release_quarter
from platssamverkan.reports.quarters import latest_over

RELEASED = 3  # quarters; the latest is left for the reader to release


def make_releases(maker: Any) -> dict[str, int]:
    """The quarters before the latest, at the boenden with a forum."""
    made = 0
    for slug in ("kalleback", "alma"):
        for quarter in latest_over(maker.today, RELEASED + 1)[1:]:
            made += len(release_quarter(boende=maker.boenden[slug], quarter=quarter, by=maker.chief(slug)))
    return {"släppta tabeller": made}


def make_file(maker: Any) -> dict[str, int]:
    """A list of a year that the förvaltningschef asked for, made as a worker makes it."""
    first = maker.today.replace(month=1, day=1)
    wanted = MadeFile(
        what="händelser",
        filter_words=f"Från och med: {first.isoformat()}",
        format=Export.Format.CSV,
        purpose="Underlag till förvaltningens årsrapport",
        url=reverse("incidents:incident_export"),
        query=f"fran={first.isoformat()}",
    )
    ask_for_file(made=wanted, by=maker.users["chef"])
    make_files()
    return {"filer i Dokument": 1}
