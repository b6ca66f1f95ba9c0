"""Packages of data against raw sqlite3: how far import and export are from merely inserting the same rows."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.benchmarks._figure import Figure
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.machine import memory
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.database import connect

COUNTY, REGION = "150426", "15"
SIZE = 3_000_000 if os.environ.get("TUOPIN_BENCH_FULL") == "1" else 300_000
OFFICE = 10_960
_ROWS = "the same rows by raw sqlite3"
FIGURES = {
    "package in": Figure(_ROWS, 5.0),
    "package in, with its log": Figure("the same log and rows by raw sqlite3", 2.5),
    "package in again": Figure(_ROWS, 1.0),
    "package out": Figure(_ROWS, 0.6),
    "package in, memory": Figure("150 MB over the package", 1.0),
    "three years of a county, size": Figure("1 MB", 1.0),
    "three years of a county, time": Figure("1 s", 1.0),
}
_FIELDS = ("posting", "month", "d01", "d02", "d03", "d04")


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def values(place: int) -> tuple[Scalar, ...]:
    posting, month = f"{COUNTY}/{place // 36:06d}", f"{2018 + place % 36 // 12}-{place % 12 + 1:02d}"
    return posting, month, "vw/vw", "vw/cw", "cr/cr", ("ol/ol", "vw/vw", "cw/cw")[place % 3]


def open_all(folder: Path) -> tuple[Desk, Desk]:
    """Return the region and a county that are certified and in step."""
    desks = []
    for code, level in ((REGION, "region"), (COUNTY, "county")):
        clock = FixedClock(datetime(2018, 6, 4, 9))
        offices.create(folder / code, level=level, county=code if level == "county" else "", clock=clock)
        desks.append(offices.open_desk(folder / code, clock))
    root, county = desks
    for desk in desks:
        card = stations.card(desk)
        stations.enrol(root, card, fingerprint(card.sign))
    stations.pin(county, fingerprint(stations.card(root).sign))
    packages.take(county, packages.make(root, COUNTY, folder)[0].path)
    return root, county


def raw(folder: Path, size: int, *, log: bool) -> float:
    """Insert the same rows, and the same log lines if asked, through the bare driver in one transaction."""
    with closing(connect(folder / f"raw-{log}.db", journal="WAL")) as database:
        database.execute_sql(f"CREATE TABLE row(id TEXT PRIMARY KEY, {', '.join(f'{n} TEXT' for n in _FIELDS)})")
        for name in ("posting", "month"):  # as the declared table has them
            database.execute_sql(f"CREATE INDEX row_{name} ON row({name})")
        database.execute_sql(
            "CREATE TABLE log(n INTEGER, seq INTEGER, key TEXT, line BLOB, PRIMARY KEY(n, seq)) WITHOUT ROWID"
        )
        database.execute_sql("CREATE INDEX log_key ON log(key)")
        rows = [(f"{COUNTY}/{place:07d}", *values(place)) for place in range(size)]
        filler = (
            b'{"at":100111123456789012,"by":"x","key":"attendance:","set":{"posting":"150426/000000",'
            b'"month":"2018-06","d01":"vw/vw","d02":"vw/cw","d03":"cr/cr","d04":"ol/ol"}}'
        )
        lines = [(1, place, f"attendance:{row[0]}", filler + str(row[0]).encode()) for place, row in enumerate(rows)]

        def work() -> None:
            with database.atomic("IMMEDIATE"):
                cursor = database.connection().cursor()
                if log:
                    cursor.executemany("INSERT INTO log VALUES (?, ?, ?, ?)", lines)
                cursor.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

        return timed(work)


def fill(desk: Desk, size: int) -> None:
    for start in range(0, size, 50_000):
        places = range(start, min(start + 50_000, size))
        desk.commit(
            Change("attendance", f"{COUNTY}/{place:07d}", dict(zip(_FIELDS, values(place), strict=True)))
            for place in places
        )


def peak() -> float:
    """Return the most memory this process has held, in MB; by the kernel's own note where there is one.

    What `resource` says is inherited from the process that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    noted = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(noted.split()[1]) / 1024


def importing(folder: str, path: str) -> None:
    """Import in a process of its own; say seconds, seconds of doing it again, and megabytes more than before."""
    memory.settle()  # as the program does at every entry
    with closing(offices.open_desk(Path(folder))) as desk:
        before = peak()
        first = timed(lambda: packages.take(desk, Path(path)))
        grown = peak() - before
        again = timed(lambda: packages.take(desk, Path(path)))
        sys.stdout.write(f"{first} {again} {grown}\n")


def measured(folder: Path, size: int) -> tuple[float, float, float, float, float]:
    """Return seconds of export, import, import again, and megabytes of memory and of the package."""
    root, county = open_all(folder)
    with closing(root), closing(county):
        fill(county, size)
        export = 0.0

        def make() -> Path:
            return packages.make(county, REGION, folder)[0].path

        start = time.perf_counter()
        path = make()
        export = time.perf_counter() - start
    words = [sys.executable, "-m", "tests.benchmarks.exchange", str(folder / REGION), str(path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    first, again, grown = map(float, said)
    return export, first, again, grown, path.stat().st_size / 1e6


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail) of the large import and of a real county's three years."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "large").mkdir()
        (Path(folder) / "small").mkdir()
        export, first, again, grown, weight = measured(Path(folder) / "large", SIZE)
        bare = min(raw(Path(folder) / "large", SIZE, log=False) for _ in range(1))
        both = raw(Path(folder) / "large", SIZE, log=True)
        _, quick, _, _, light = measured(Path(folder) / "small", OFFICE)
    said = f"{SIZE} changes: import {first:.2f} s, raw {bare:.2f} s, raw with log {both:.2f} s, package {weight:.1f} MB"
    return [
        ("package in", first / bare, said),
        ("package in, with its log", first / both, "includes the checked copy made before"),
        ("package in again", again / bare, f"{again:.2f} s"),
        ("package out", export / bare, f"{export:.2f} s"),
        ("package in, memory", max(0.0, grown - weight) / 150, f"{grown:.0f} MB grown"),
        ("three years of a county, size", light, f"{OFFICE} changes"),
        ("three years of a county, time", quick, f"{quick:.2f} s"),
    ]


if __name__ == "__main__":
    importing(*sys.argv[1:])
