"""How far `check --json` over a year of half-days is from one SQL aggregation of the same half-days kept as rows.

The people are spread over the 57 counties of a region office. Each size runs in a process of its own, so that its
memory is its own.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import msgspec

from tests.benchmarks._figure import Figure
from tuopin_desktop.domain.attendance.codes import halves
from tuopin_desktop.domain.calendar import Calendar, days_of
from tuopin_desktop.machine import memory
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import library, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.database import Database, connect

MOST = 2_850
"""People in the quick run."""
EVERY = (285, 2_850, 28_500, 100_000)
SIZES = EVERY if os.environ.get("TUOPIN_BENCH_FULL") == "1" else tuple(size for size in EVERY if size <= MOST)
FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)
FIGURES = {
    f"check, {size} x 365 days": Figure("one SQL sum of the same half-days", 3.0, full=size > MOST) for size in EVERY
}

_SUMS = """
SELECT posting, substr(day, 1, 7),
       sum(place <> 'o' AND reason IN ('w', 't', 'n')), sum(place IN ('v', 'h', 't', 'p') AND reason = 'w'),
       sum(place = 'o' AND reason IN ('t', 'n')), sum(reason = 'l'), sum(reason = 'u'), count(*)
FROM half GROUP BY posting, substr(day, 1, 7)
"""


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def peak() -> float:
    """Return the most memory in MB this process held since it started; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def owners(size: int) -> list[str]:
    """Return the county of each person, county by county."""
    codes = [row["code"] for row in library.table("counties.csv")]
    return sorted(codes[place % len(codes)] for place in range(size))


def stored(place: int, day: date, calendar: Calendar) -> str:
    """Return the day of one person: workdays in the village or the county, some leave, some rest days worked."""
    number = (day.toordinal() * 7 + place * 13) % 97
    if not calendar.is_workday(day):
        return "vw/vw" if number < 60 else "cr/cr"
    if number < 6:
        return ("ol/ol", "ot/ot", "vw/ol", "ol/cw", "ou/ou", "cw/vw")[number]
    return "cw/cw" if number < 30 else "vw/vw"


def months(place: int, calendar: Calendar) -> Iterator[tuple[str, list[str | None]]]:
    day = FIRST
    while day <= LAST:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        days: list[str | None] = [stored(place, one, calendar) for one in days_of(day, after - timedelta(days=1))]
        yield f"{day:%Y-%m}", days + [None] * (31 - len(days))
        day = after


def fill(desk: Desk, size: int) -> None:
    """Put people, postings and a year of months straight into the tables: only the reading is measured."""
    calendar = library.calendar()
    patterns = [list(months(place, calendar)) for place in range(97)]
    names = ", ".join(f"d{day:02d}" for day in range(1, 32))
    holes = ", ".join("?" * 34)
    with desk.store._ledger.writing() as cursor:
        for place, owner in enumerate(owners(size)):
            person, posting = f"{owner}/p{place:06d}", f"{owner}/{place:06d}"
            cursor.execute("INSERT INTO person(id, name, birth) VALUES (?, ?, '1980-01')", (person, f"人{place}"))
            cursor.execute(
                "INSERT INTO posting(id, person, county, position, since) VALUES (?, ?, ?, 'member', '2018-06-01')",
                (posting, person, owner),
            )
            cursor.executemany(
                f"INSERT INTO attendance(id, posting, month, {names}) VALUES ({holes})",
                [(f"{posting}/{month}", posting, month, *days) for month, days in patterns[place % 97]],
            )


def floor(folder: Path, size: int) -> Database:
    """Return a database with the same half-days, one row each, in the order of the key."""
    database = connect(folder / f"floor-{size}.db", journal="WAL")
    database.execute_sql(
        "CREATE TABLE half(posting TEXT, day TEXT, half TEXT, place TEXT, reason TEXT,"
        " PRIMARY KEY(posting, day, half)) WITHOUT ROWID"
    )
    calendar = library.calendar()
    patterns = [
        [
            (f"{day}", half, code[0], code[1])
            for day in days_of(FIRST, LAST)
            for half, code in zip(("am", "pm"), halves(stored(place, day, calendar)), strict=True)
        ]
        for place in range(97)
    ]
    with database.atomic():
        cursor = database.connection().cursor()
        for place, owner in enumerate(owners(size)):
            posting = f"{owner}/{place:06d}"
            cursor.executemany(
                "INSERT INTO half VALUES (?, ?, ?, ?, ?)", [(posting, *row) for row in patterns[place % 97]]
            )
    return database


def checked(desk: Desk) -> int:
    """Do what `check --json` does, and return how many findings there are."""
    encode = msgspec.json.Encoder().encode
    return sum(len(encode(finding)) > 0 for finding in judging.stream(desk))


def measured(folder: str, size: int) -> tuple[str, float, str]:
    """Measure one size; the check comes first, so that the memory told is its own and not the aggregation's."""
    memory.settle()  # as the program does at its entry
    clock = FixedClock(datetime(2020, 2, 3, 9))
    office = Path(folder) / "office"
    offices.create(office, level="region", clock=clock)
    with closing(offices.open_desk(office, clock)) as desk:
        fill(desk, size)
        before, found = peak(), []
        ours = [timed(lambda: found.append(checked(desk))) for _ in range(5 if size < 1_000 else 1)]
        most = peak()
    with closing(floor(Path(folder), size)) as bare:
        least = [timed(lambda: bare.execute_sql(_SUMS).fetchall()) for _ in ours]
    each = f"{1e6 * min(ours) / size / 365:.2f} µs per person and day"
    detail = f"check {min(ours):.2f} s ({each}), SQL {min(least):.2f} s, {found[0]} findings"
    grown = f", peak {most:.0f} MB (before {before:.0f})" if most else ""
    return f"check, {size} x 365 days", min(ours) / min(least), detail + grown


def alone(size: int) -> tuple[str, float, str]:
    """Measure one size in a process of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process,
    ):
        return process.submit(measured, folder, size).result()


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio to the floor, detail) for each number of people; the best of the rounds counts on both sides."""
    return [alone(size) for size in SIZES]
