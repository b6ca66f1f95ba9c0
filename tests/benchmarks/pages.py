"""What each page of a region office costs that kept everything of the whole term: first, again, after a change, a day.

`--full` has all 57 teams (or the office in the folder TUOPIN_BENCH_REGION, which is copied), the quick run a few.
By hand: `python -m tests.benchmarks.pages --scale [PEOPLE TEAMS]` judges an office far larger than any.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path

import msgspec

from tests.benchmarks import crowd, start
from tests.benchmarks._pages import Cost, Report
from tuopin_desktop.demo import elements, office
from tuopin_desktop.demo.term import WHOLE
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import offices
from tuopin_desktop.store.memo import MEMO
from tuopin_desktop.store.store import DATABASE
from tuopin_desktop.ui.doors import DOORS

FULL = bool(os.environ.get("TUOPIN_BENCH_FULL"))
MORNING = datetime.combine(WHOLE.morning, clock_time(9))
_TEAMS = tuple(elements.counties())[20:26]
"""Those of the quick run."""
_AGAIN_MS = 100
"""What a page may cost that is asked again when nothing has changed."""
_QUESTION_MS = 50
"""What a question may cost beside the judging of one county, after a change in it."""
_ROUNDS = 3
_LONG_S = 5.0
"""A window that takes so long is opened once."""

TARGETS = {
    **{f"page {door.key}, again": 1.0 for door in DOORS},
    **{f"page {door.key}, one county changed": 1.0 for door in DOORS},
    "window of the whole term, CPU": 2.5,
}

Rows = Iterator[tuple[str, float, str]]


def child(folder: Path, *steps: str) -> Report:
    """Open the office and its pages in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks._pages", str(folder), MORNING.isoformat(), *steps],
        cwd=start.ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        timeout=3600,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Report)


def region(folder: Path) -> Path:
    """Return a region office of the whole term, made here or copied from where one was made."""
    target = folder / "region"
    if FULL and (source := os.environ.get("TUOPIN_BENCH_REGION")):
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("office.lock", f"{MEMO}*"))
    else:
        office.build(target, level="region", now=MORNING, term=WHOLE, counties=() if FULL else _TEAMS).close()
    return target


def rows() -> list[tuple[str, float, str]]:
    """(name, cost against what it may be, detail) for each page and step, and the window against an empty one."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled:
        where = region(Path(folder))
        cold = child(where, "again", "county", "day")
        warm = child(where)
        return [*page_rows(cold, warm), *_window(compiled, where)]


def page_rows(cold: Report, warm: Report) -> Rows:
    """Yield the rows of every page; `warm` is the next window of the same office."""
    whole = sum(page["first"].judged for page in cold.steps.values())
    for key, page in cold.steps.items():
        for name, cost in (("first", page["first"]), ("first in the next window", warm.steps[key]["first"])):
            yield f"page {key}, {name}", cost.waited * 1000 / _AGAIN_MS, _words(cost)
        yield f"page {key}, again", page["again"].waited * 1000 / _AGAIN_MS, f"{_words(page['again'])}, of {_AGAIN_MS}"
        changed = page["county"]
        most = whole / cold.counties + changed.asked * _QUESTION_MS / 1000
        detail = f"{_words(changed)}; of cold {whole * 1000:.0f} ms / {cold.counties} + {changed.asked} questions"
        yield f"page {key}, one county changed", changed.judged / most, detail
        yield f"page {key}, new day", page["day"].waited * 1000 / _AGAIN_MS, _words(page["day"])
    yield "memory of the window, 100 MB", cold.megabytes / 100, f"{cold.megabytes} MB at most, every page open"


def _words(cost: Cost) -> str:
    later = f", then {cost.later * 1000:.0f} in the background" if cost.later > 0.02 else ""
    return f"question {cost.worker * 1000:.0f} ms + window {cost.window * 1000:.0f}{later}"


def _window(compiled: str, where: Path) -> Rows:
    day = f"{MORNING:%Y-%m-%d}"
    first = start.opened(compiled, str(where), day)  # compiles, and finds out how long it takes
    rounds = 1 if first[1] > _LONG_S else _ROUNDS
    pairs = [(start.opened(compiled, str(where), day)[1], start.opened(compiled)[1]) for _ in range(rounds)]
    ours, bare = (statistics.median(pair[at] for pair in pairs) * 1000 for at in (0, 1))
    detail = f"first page answered and painted {ours:.0f} ms of CPU, empty window {bare:.0f} ms"
    yield "window of the whole term, CPU", statistics.median(one / two for one, two in pairs), detail


def scale(people: int, teams: int) -> None:
    """Judge an office of so many people and print how time, memory and disk grow from a tenth of it."""
    with tempfile.TemporaryDirectory() as folder:
        for part in (10, 1):
            where, count = Path(folder) / f"office-{part}", people // part
            offices.create(where, level="region", practice=True, clock=FixedClock(MORNING))
            with closing(offices.open_desk(where, FixedClock(MORNING))) as desk:
                crowd.fill(desk, count, teams // part)
                began = time.process_time()
                number = sum(1 for _ in judging.stream(desk))
                seconds = time.process_time() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            text = f"{number} findings in {seconds:.1f} s of CPU, {seconds / count * 1e6:.0f} us a person"
            print(f"{count} people, {teams // part} teams: {text}, {peak:.0f} MB at most", flush=True)
            for window in ("first", "next"):
                report = child(where, "page:home")
                words = _words(report.steps["home"]["first"])
                print(f"  start page of the {window} window: {words}, {report.megabytes} MB at most", flush=True)
            for name in (DATABASE, MEMO):
                megabytes = sum(path.stat().st_size for path in where.glob(f"{name}*")) / 1e6
                print(f"  {name} {megabytes:.1f} MB", flush=True)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[2:4]] if sys.argv[1:2] == ["--scale"] else []
    scale(*(numbers or (100_000, 20_000)))
