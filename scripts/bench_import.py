# SPDX-License-Identifier: EUPL-1.2
"""An import of many actors beside the floor: the same lines by a bare COPY into a table of texts."""

import csv
import io
import time
from typing import Any

from django.db import connection

from boenden.actions import imports as actions
from boenden.imports.columns import match_headers
from boenden.imports.jobs import run_imports
from boenden.imports.kinds import PLANS
from boenden.models import ActorImport, Boende

HEADERS = ["Namn", "Slag", "Adress", "Telefon", "E-post", "Latitud", "Longitud", "Kontaktperson", "Roll"]
COLUMNS = ", ".join(f"c{number} text" for number in range(len(HEADERS)))


def lines(rows: int) -> str:
    """So many actors, each with a contact person, as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for n in range(rows):
        place = f"{57.6 + n % 1000 / 9000:.6f}", f"{11.9 + n // 1000 / 900:.6f}"
        reach = f"031-390 {n // 100 % 100:02} {n % 100:02}", f"styrelsen@brf{n}.example"
        writer.writerow([f"Brf Prov {n}", "brf", f"Provgatan {n}", *reach, *place, f"Prov Ek {n}", "ordförande"])
    return text.getvalue()


def copied(text: str) -> float:
    """Seconds for the floor."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({COLUMNS})")
        begun = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(text)
        took = time.perf_counter() - begun
        cursor.execute("DROP TABLE bare")
    return took


def timed_imports() -> float:
    """Seconds for what a worker does with what waits."""
    begun = time.perf_counter()
    run_imports()
    return time.perf_counter() - begun


def import_actors(*, rows: int, boende: Boende, by: Any) -> dict[str, float]:
    """Seconds: the floor, the preview, and the writing of a confirmed import. Raises RuntimeError if it fails."""
    actions.wake = lambda task: None  # no broker is measured
    text = lines(rows)
    made = ActorImport(
        boende=boende,
        file_name="prov.csv",
        format=ActorImport.Format.CSV,
        headers=HEADERS,
        mapping=match_headers(HEADERS, PLANS[ActorImport.Kind.ACTORS].columns),
    )
    actions.create_import(actor_import=made, content=text.encode(), by=by)
    why = {"lawful_ground": "uppdrag", "source": "prov"}
    actions.choose_columns(actor_import=made, values=why, by=by)
    preview = timed_imports()
    actions.confirm_import(actor_import=made, by=by)
    writing = timed_imports()
    made.refresh_from_db()
    if made.status != ActorImport.Status.DONE or made.new_count != rows:
        raise RuntimeError(f"{made.status}: {made.new_count} new, {made.faulty_count} faulty. {made.failure}")
    return {"copy": copied(text), "preview": preview, "writing": writing}
