"""How far writing, searching and taking in very many people are from the bare database driver doing the same."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.benchmarks import crowd
from tests.benchmarks._figure import Figure
from tuopin_desktop.domain.change import Change
from tuopin_desktop.machine.clock import Clock, FixedClock
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.store import keyring
from tuopin_desktop.store.database import Database, connect
from tuopin_desktop.store.store import DATABASE

FULL = os.environ.get("TUOPIN_BENCH_FULL") == "1"
N = 100_000 if FULL else 20_000
SEARCHED = 100_000
ROUNDS = 3
KEYS = ("w", "wa", "wang", "zh", "zhangw", "lj", "wyqqg", "王", "其其格", "ceng", "shan", "xyz")
FIGURES = {
    "commit, bare rows": Figure("the same rows by the bare driver", 6.0),
    "commit, bare log + rows + words": Figure("the same log, rows and words by the bare driver", 2.0),
    "keystroke, find": Figure("one bare indexed query", 1.5),
    "keystroke, rows shown": Figure("the same rows by one bare query"),
    "roster preview": Figure("reading the sheet alone (calamine)", 2.0),
    "roster import": Figure("reading the sheet and inserting the bare rows", 4.0),
}


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def opened(folder: Path, level: str) -> Desk:
    clock = FixedClock(datetime(2018, 6, 4, 9))
    offices.create(folder, level=level, county="150426" if level == "county" else "", clock=clock)
    return offices.open_desk(folder, clock)


# -- the floor


def bare(source: Database, folder: Path, tables: Sequence[str]) -> float:
    """Return the CPU seconds of executemany of the same rows into the same tables and indexes, without guards."""
    target = connect(Path(folder) / f"bare-{time.monotonic_ns()}.db", journal="WAL")
    loads = []
    for table in tables:
        made = source.execute_sql("SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type != 'trigger'", (table,))
        for (statement,) in made.fetchall():
            if statement:  # an index that belongs to a primary key has none
                target.execute_sql(statement)
        rows = source.execute_sql(f'SELECT * FROM "{table}"').fetchall()
        loads.append((f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows))
    cursor: Any = target.cursor()

    def write() -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for statement, rows in loads:
            cursor.executemany(statement, rows)
        cursor.execute("COMMIT")

    spent = timed(write)
    target.close()
    return spent


def median_row(name: str, rounds: Sequence[tuple[float, float]], words: str) -> tuple[str, float, str]:
    mine, least = (statistics.median(one[column] for one in rounds) for column in (0, 1))
    ratio = statistics.median(one[0] / one[1] for one in rounds)
    return name, ratio, f"{words}: {mine:.2f} s CPU, floor {least:.2f} s"


# -- commit


def commit_rows(folder: Path) -> list[tuple[str, float, str]]:
    changes = crowd.changes(N, "150426")
    found = [commit_round(folder / f"commit-{number}", changes) for number in range(ROUNDS)]
    words = f"{N:,} new people, {found[0][3]:.1f} search words each"
    return [
        median_row("commit, bare rows", [one[:2] for one in found], words),
        median_row("commit, bare log + rows + words", [(one[0], one[2]) for one in found], words),
    ]


def commit_round(folder: Path, changes: Sequence[Change]) -> tuple[float, float, float, float]:
    desk = opened(folder, "county")
    mine = timed(lambda: desk.commit(changes))
    source = connect(folder / DATABASE)
    least = bare(source, folder, ["person"])
    all_of_it = bare(source, folder, ["log", "person", "word"])
    words = source.execute_sql("SELECT count(*) FROM word WHERE kind = 'person'").fetchone()[0]
    source.close()
    desk.close()
    return mine, least, all_of_it, words / len(changes)


# -- search


def search_rows(folder: Path) -> list[tuple[str, float, str]]:
    desk = opened(folder / "search", "county")
    desk.commit(crowd.changes(SEARCHED, "150426"))
    source = connect(folder / "search" / DATABASE)
    ids = "SELECT DISTINCT id FROM word WHERE kind = 'person' AND word >= ? AND word < ? LIMIT 200"
    shown = f"SELECT person.* FROM ({ids}) AS found JOIN person USING (id) ORDER BY id"

    def query(statement: str, text: str) -> list[Any]:
        found: list[Any] = source.execute_sql(statement, (text, text + "\U0010ffff")).fetchall()
        return found

    assert all(len(query(shown, key)) == len(roster.people(desk, key)) for key in KEYS)
    works: list[Callable[[str], object]] = [
        lambda key: query(ids, key),
        lambda key: query(shown, key),
        lambda key: desk.store.find("person", key),
        lambda key: roster.people(desk, key),
    ]
    rounds = [[timed(lambda work=work: [work(key) for key in KEYS]) for work in works] for _ in range(30)]  # type: ignore[misc]  # a lambda's default is not inferred
    found = []
    for name, ours, floor in (("keystroke, find", 2, 0), ("keystroke, rows shown", 3, 1)):
        mine, least = (statistics.median(one[which] for one in rounds) / len(KEYS) * 1000 for which in (ours, floor))
        ratio = statistics.median(one[ours] / one[floor] for one in rounds)
        found.append(
            (name, ratio, f"among {SEARCHED:,} people {mine:.2f} ms CPU, one bare indexed query {least:.2f} ms")
        )
    source.close()
    desk.close()
    return found


# -- import


def taken_in(folder: str, path: str) -> tuple[float, float, str]:
    """Rehearse and confirm a sheet; return CPU seconds of both and the highest memory of this process."""
    desk = opened(Path(folder), "region")
    previews: list[intake.Preview] = []
    rehearsed = timed(lambda: previews.append(intake.preview(desk, "roster", Path(path))))
    confirmed = timed(lambda: intake.confirm(desk, previews[0]))
    assert previews[0].counts.new == N, previews[0].counts.text()
    desk.close()
    return rehearsed, confirmed, peak()


def peak() -> str:
    """Return the most memory this process ever held, where the system tells."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return f"peak {kilobytes[0] / 1024:.0f} MB" if kilobytes else "peak unknown"


def import_rows(folder: Path) -> list[tuple[str, float, str]]:
    path = folder / "roster.xlsx"
    crowd.sheet(path, N)
    rounds = []
    for number in range(ROUNDS):
        target = folder / f"import-{number}"
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:  # memory of its own
            rehearsed, confirmed, memory = process.submit(taken_in, str(target), str(path)).result()
        read = timed(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
        with closing(offices.open_desk(target, Clock())):  # whoever opens the office has its key
            source = connect(target / DATABASE, key=keyring.key_of(target / DATABASE))
            written = bare(source, target, ["person", "posting"])
            source.close()
        rounds.append((rehearsed + confirmed, read + written, rehearsed, confirmed, read))
    parts = " + ".join(f"{statistics.median(one[column] for one in rounds):.2f}" for column in (2, 3))
    words = f"{N:,} rows of people with postings, preview + confirm {parts} s, {memory}"
    looks = [(one[2], one[4]) for one in rounds]
    return [
        median_row("roster preview", looks, f"{N:,} rows of people with postings"),
        median_row("roster import", [one[:2] for one in rounds], words),
    ]


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio to the floor, detail); rounds are interleaved and the median of their ratios counts."""
    with tempfile.TemporaryDirectory() as folder:
        return [row for part in (commit_rows, search_rows, import_rows) for row in part(Path(folder))]
