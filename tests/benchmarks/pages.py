"""What each page of a region office costs that kept everything of the whole term: first, again, after a change, a day.

`--full` has all 57 teams (or the office in the folder TUOPIN_BENCH_REGION, which is copied), the quick run a few.
"""

import os
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

from tests.benchmarks import start
from tests.benchmarks._figure import Figure
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
_ALL = 57
"""Teams of the region."""
_ROUNDS = 3
_LONG_S = 5.0
"""A window that takes so long is opened once."""

_AGAIN = Figure(f"{_AGAIN_MS} ms", 1.0)
_SEEN = Figure(f"{_AGAIN_MS} ms")
_STEPS = ("first", "first in the next window", "new day")
_CHANGED = Figure(f"a county's share of the cold look, and {_QUESTION_MS} ms a question", 1.0)
FIGURES = {
    **{f"page {door.key}, again": _AGAIN for door in DOORS},
    **{f"page {door.key}, one county changed": _CHANGED for door in DOORS},
    **{
        f"page {door.key}, {step}": _SEEN for door in DOORS for step in ("first", "first in the next window", "new day")
    },
    "memory of the window": Figure("100 MB"),
    "everything judged anew": Figure("3.5 s for 57 teams", 1.0),
    "memo on disk": Figure("a tenth of the database", 1.0),
    "practice region of the whole term made": Figure("90 s for 57 teams", 1.0),
    "window of the whole term, CPU": Figure("an empty window", 2.5),
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
        began = time.process_time()
        where = region(Path(folder))
        made = time.process_time() - began
        cold = child(where, "again", "county", "day")
        warm = child(where)
        whole = list(_whole(where, cold.counties, made))
        return [*page_rows(cold, warm), *whole, *_window(compiled, where)]


def _whole(where: Path, teams: int, made: float) -> Rows:
    """Yield what the office costs as a whole: its making, where it was made here, its judging, its memo."""
    share = teams / _ALL
    if made > 1:
        yield "practice region of the whole term made", made / (90 * share), f"{teams} teams, {made:.1f} s of CPU"
    with closing(offices.open_desk(where, FixedClock(MORNING))) as desk:
        began = time.process_time()
        number = sum(1 for _ in judging.stream(desk))
        spent = time.process_time() - began
    yield "everything judged anew", spent / (3.5 * share), f"{teams} teams, {number} findings, {spent:.2f} s of CPU"
    sizes = [sum(path.stat().st_size for path in where.glob(f"{name}*")) / 1e6 for name in (MEMO, DATABASE)]
    yield "memo on disk", sizes[0] / sizes[1] * 10, f"{sizes[0]:.1f} MB beside {sizes[1]:.1f} MB"


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
    yield "memory of the window", cold.megabytes / 100, f"{cold.megabytes} MB at most, every page open"


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
