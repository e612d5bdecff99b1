# SPDX-License-Identifier: EUPL-1.2
"""The file of every incident beside psql's own COPY of the same columns as they lie, and a workbook beside a CSV file.

Ours is made by a process of its own, so that its memory is told from what made the data: `forget_peak` when Django,
every address and the connection are there and no row has been read, then the most it has held until the last byte.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from django.urls import get_resolver

from boenden.models import Assignment, Boende
from incidents.columns import columns_for
from incidents.models import Incident
from incidents.views.lists import incident_export
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.export.columns import Column
from platssamverkan.export.copying import statement
from platssamverkan.export.csv_writer import csv_chunks
from platssamverkan.export.xlsx_writer import write_xlsx

SHEET_ROWS, SHEET_COLUMNS = 100_000, 10
ROOT = Path(__file__).resolve().parent.parent
READER = "uttag@scale.example"
ALONE = """
import django, json
django.setup()
from scripts import bench_export
print(json.dumps(bench_export.{}()))
"""


def memory(line: str) -> float:
    """This process's memory in MB: VmRSS now, VmHWM at most since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"^{line}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def forget_peak() -> None:
    """Let VmHWM begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


def make_reader_of_all() -> None:
    """Someone of the staff everywhere, whose file holds the internal texts too."""
    user = User.objects.create_user(READER, name="Uttag för mätning")
    for boende in Boende.objects.all():
        Assignment.objects.create(user=user, role=Role.PERSONAL, boende=boende)


BARE = (
    *("boende__name", "happened_at", "happened_until", "headline", "category", "severity", "place_text"),
    *("affected_neighbourhood", "children", "status", "forum_what", "forum_handled", "released_at", "internal_text"),
    *("done", "done_by", "handled", "follow_up_on", "follow_up_note"),
)


def bare(rows: Any) -> tuple[str, tuple[Any, ...]]:
    """The COPY of the same columns as they lie: no words, no guard."""
    sql, params = rows.values_list(*BARE).query.get_compiler(connection=connection).as_sql()
    return f"COPY ({sql}) TO STDOUT (FORMAT csv, DELIMITER ';')", params


def by_psql(psql: str, *, guarded: bool) -> float:
    """Seconds for psql to write them away: as they lie, or the very cells of our file."""
    rows = Incident.objects.active().at(list(Boende.objects.all())).order_by("-happened_at", "-id")
    ours = statement(rows, columns_for(with_internal=True)) if guarded else bare(rows)
    sql, params = ours or ("", ())
    with connection.cursor() as cursor:
        said = psycopg.ClientCursor(cursor.connection).mogrify(sql, params)
    begun = time.perf_counter()
    subprocess.run(
        [psql, "--no-psqlrc", "--quiet", os.environ["DATABASE_URL"], "--command", said],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - begun


def alone(measured: str) -> Any:
    """What a function of this module measures, in a process that has done nothing else."""
    command = [sys.executable, "-c", ALONE.format(measured)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    return json.loads(answer.stdout.splitlines()[-1])


def exported() -> dict[str, float]:
    """The file of whoever reads all; called in that process."""
    user = User.objects.get(email=READER)
    get_resolver().url_patterns  # noqa: B018 - every address, with its views
    settings.EXPORT_ROWS_AT_ONCE = 10**9  # streamed here: a worker writes the same bytes
    request = RequestFactory().post("/handelser/uttag/", {"format": "csv", "purpose": "mätning"})
    request.user = user
    forget_peak()
    before, begun = memory("VmRSS"), time.perf_counter()
    response: Any = incident_export(request)
    chunks = iter(response)
    size = len(next(chunks))
    first = time.perf_counter() - begun  # the header: a receiver that has it waits for the rows
    size += len(next(chunks))
    first_rows = time.perf_counter() - begun
    size += sum(map(len, chunks))
    took = time.perf_counter() - begun
    response.close()
    return {
        "took": took,
        "first": first,
        "first rows": first_rows,
        "size": size / 1e6,
        "peak": memory("VmHWM") - before,
    }


def sheets() -> dict[str, float]:
    """Seconds for a workbook beside our CSV file of the same rows, written one by one, and beside bare csv.writer."""
    rows = [tuple(f"text {row} {column}" for column in range(SHEET_COLUMNS)) for row in range(SHEET_ROWS)]
    columns = [Column(f"K{number}", number) for number in range(SHEET_COLUMNS)]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with (Path(folder) / "plain.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        bare = time.perf_counter() - begun
        begun = time.perf_counter()
        with (Path(folder) / "ours.csv").open("wb") as ours:
            ours.writelines(csv_chunks(rows, columns))
        plain = time.perf_counter() - begun
        forget_peak()
        before, begun = memory("VmRSS"), time.perf_counter()
        write_xlsx(Path(folder) / "book.xlsx", rows, columns)
        took = time.perf_counter() - begun
    memory_above = memory("VmHWM") - before
    return {"xlsx / bare csv": took / bare, "csv / bare csv": plain / bare, "xlsx memory": memory_above}


def measure_exports(psql: str) -> dict[str, float]:
    """Ours beside psql's, each once to warm up and then in turn; and the workbook."""
    make_reader_of_all()
    by_psql(psql, guarded=False)
    theirs, guarded, ours = [], [], []
    for _ in range(3):
        theirs.append(by_psql(psql, guarded=False))
        guarded.append(by_psql(psql, guarded=True))
        ours.append(alone("exported"))
    best = min(ours, key=lambda one: one["took"])
    worst = {name: max(one[name] for one in ours) for name in ("peak", "first", "first rows")}
    return best | worst | {"psql": min(theirs), "psql guarded": min(guarded)} | alone("sheets")
