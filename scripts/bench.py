# SPDX-License-Identifier: EUPL-1.2
"""`make bench`: the incident list against its floor, at ten thousand and at a million rows, an import, a file of all
incidents and a sweep.

Ratios, and one time with a limit of its own, that of the actors along a way: the milliseconds are this machine's, the
ratios are the application's. Two processes serve the same pages on two databases of a throw-away PostgreSQL, and are
asked in turn, so that what disturbs one disturbs the other.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from scripts import machine, services

ROOT = Path(__file__).resolve().parent.parent
BOENDEN = 20
PAGES = ("floor", "list", "deep", "chef floor", "chef list", "chef deep", "admin")
SMALL, LARGE = 10_000, 1_000_000
SWEPT = 15_000
WARM_UP = 20
WAY_POINTS, WAY_ACTORS = 500, 2_000


class Worker:
    """The application on a database of its own."""

    def __init__(self, database_url: str, incidents: int) -> None:
        environment = os.environ | {
            "DATABASE_URL": database_url,
            "LOG_LEVEL": "WARNING",
            "SECRET_KEY": "only-for-measuring-" * 3,
            "DEBUG": "0",
            "DEMO": "0",
        }
        command = [sys.executable, "-c", "from scripts.bench_worker import main; main()"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        self.incidents = incidents
        self.times: dict[str, list[float]] = defaultdict(list)

    def ask(self, **question: Any) -> Any:
        """One question, one answer."""
        assert self.process.stdin and self.process.stdout  # noqa: S101
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("The measured process ended; see above.")
        return json.loads(line)

    def median(self, page: str) -> float:
        """The page's time in milliseconds."""
        return median(self.times[page]) * 1000

    def end(self) -> None:
        """Let it go."""
        self.process.stdin.close()  # type: ignore[union-attr]
        self.process.wait(30)


def create_database(url: str, name: str) -> str:
    """A new database on the throw-away server; its address."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = url.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{tail}" if tail else "")


def measure(workers: list[Worker], rounds: int) -> None:
    """Every page on every database in turn, many times."""
    for worker in workers:
        for page in PAGES:
            worker.ask(do="time", page=page, times=WARM_UP)
    for _ in range(rounds):
        for page in PAGES:
            for worker in workers:
                worker.times[page] += worker.ask(do="time", page=page, times=3)


def report(small: Worker, large: Worker, imported: int, swept: int) -> bool:
    """Print the ratios with their targets (docs/performance.md); whether all are met."""
    met = True
    print(f"{'':44}{'ratio':>8}{'target':>9}")
    lines = [
        (f"list / floor, {small.incidents:,} rows", small.median("list") / small.median("floor"), 3.0),
        (f"list / floor, {large.incidents:,} rows", large.median("list") / large.median("floor"), 3.0),
        ("growth of the list", large.median("list") / small.median("list"), 1.25),
        ("deep page / first page", large.median("deep") / large.median("list"), 1.2),
        ("förvaltningschef: list / floor, small", small.median("chef list") / small.median("chef floor"), 3.0),
        ("förvaltningschef: list / floor, large", large.median("chef list") / large.median("chef floor"), 3.0),
        ("förvaltningschef: growth of the list", large.median("chef list") / small.median("chef list"), 1.25),
        ("förvaltningschef: deep page / first page", large.median("chef deep") / large.median("chef list"), 1.2),
        ("list / Django admin, large", large.median("list") / large.median("admin"), 0.2),
    ]
    for name in ("list", "deep", "chef list"):
        lines.append((f"queries, {name}", large.ask(do="queries", page=name), 6))
    took = small.ask(do="import", rows=imported)
    lines.append(
        (f"import of {imported:,} actors / bare COPY", (took["preview"] + took["writing"]) / took["copy"], 2.5)
    )
    exported = large.ask(do="export", psql=str((machine.postgres_folder() or Path()) / "psql"))
    lines += [
        (f"CSV of {large.incidents:,} rows / psql, bare columns", exported["took"] / exported["psql"], 1.25),
        (f"CSV of {large.incidents:,} rows / psql, our cells", exported["took"] / exported["psql guarded"], 1.25),
        ("s, its first byte (the header)", exported["first"], 1.5),
        ("s, its first row of data", exported["first rows"], 1.5),
        ("MB, its memory above Django's own", exported["peak"], 100),
        ("XLSX 100,000 × 10 / the bare csv module", exported["xlsx / bare csv"], 8.0),
        ("CSV row by row 100,000 × 10 / bare csv", exported["csv / bare csv"], 6.0),
        ("MB, the workbook's memory above that", exported["xlsx memory"], 50),
    ]
    passages = small.ask(do="passages", points=WAY_POINTS, actors=WAY_ACTORS)
    lines.append((f"s, way of {WAY_POINTS} points past {WAY_ACTORS:,} actors", passages, 0.5))
    sweep = small.ask(do="sweep", boenden=swept)
    lines += [
        (f"sweep of {swept:,} reminders / bare INSERT", sweep["sweep"] / sweep["bare"], 4.0),
        ("sweep again, idle / bare INSERT", sweep["idle"] / sweep["bare"], 0.2),
        ("queries of the sweep", sweep["queries"], 1 + swept / 2000),
        ("queries of the idle sweep", sweep["idle queries"], 2),
    ]
    for name, value, target in lines:
        met &= value <= target
        print(f"{name:44}{value:>8.2f}{target:>9.2f}{'' if value <= target else '   ← missed'}")
    for worker in (small, large):
        shown = "  ".join(f"{page} {worker.median(page):.1f}" for page in PAGES)
        print(f"ms on this machine, {worker.incidents:,} rows: {shown}")
    parts = ("bare", "sweep", "idle")
    print("ms on this machine, sweep: " + "  ".join(f"{part} {sweep[part] * 1000:.0f}" for part in parts))
    print("on this machine, CSV: " + "  ".join(f"{part} {value:.1f}" for part, value in exported.items()))
    print("ms on this machine, import: " + "  ".join(f"{part} {took[part] * 1000:.0f}" for part in took))
    return met


def main() -> int:
    """Make the data, measure, report. Exit code 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--large", type=int, default=LARGE, help="rows in the large database")
    parser.add_argument("--imported", type=int, default=SMALL, help="actors in the imported file")
    parser.add_argument("--swept", type=int, default=SWEPT, help="boenden whose årshjul is swept")
    options = parser.parse_args()
    with services.postgres() as server:
        workers = []
        try:
            for number in (SMALL, options.large):
                worker = Worker(create_database(server.url, f"bench_{number}"), number)
                workers.append(worker)
                took = worker.ask(do="make", boenden=BOENDEN, incidents=number)
                print(f"{number:,} incidents made in {took:.0f} s", flush=True)
            measure(workers, options.rounds)
            return 0 if report(*workers, options.imported, options.swept) else 1
        finally:
            for worker in workers:
                worker.end()


if __name__ == "__main__":
    raise SystemExit(main())
