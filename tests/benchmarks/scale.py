"""An office far larger than any, made up: how judging, memory and disk grow, and what its first page still costs."""

import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks import crowd, pages
from tests.benchmarks._figure import Figure
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import offices
from tuopin_desktop.store.memo import MEMO
from tuopin_desktop.store.store import DATABASE

PEOPLE, TEAMS = (100_000, 20_000) if os.environ.get("TUOPIN_BENCH_FULL") == "1" else (5_000, 1_000)
_PAGE_MS = 300
FIGURES = {
    "crowd, judged, 10 x the people": Figure("ten times a tenth of the people", 1.2),
    "crowd, first page of the next window": Figure(f"{_PAGE_MS} ms", 1.0),
    "crowd, memo on disk": Figure("a tenth of the database", 1.0),
    "crowd, memory of the window": Figure("100 MB"),
}


def judged(where: Path, people: int, teams: int) -> tuple[float, int]:
    """Make an office of so many people; return the seconds of CPU it is judged in, and the number of findings."""
    offices.create(where, level="region", practice=True, clock=FixedClock(pages.MORNING))
    with closing(offices.open_desk(where, FixedClock(pages.MORNING))) as desk:
        crowd.fill(desk, people, teams)
        began = time.process_time()
        number = sum(1 for _ in judging.stream(desk))
        return time.process_time() - began, number


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail) of an office of PEOPLE, beside one of a tenth."""
    with tempfile.TemporaryDirectory() as folder:
        least, _ = judged(Path(folder) / "tenth", PEOPLE // 10, TEAMS // 10)
        where = Path(folder) / "whole"
        spent, number = judged(where, PEOPLE, TEAMS)
        pages.child(where, "page:home")  # the first look makes the memo
        report = pages.child(where, "page:home")
        sizes = [sum(path.stat().st_size for path in where.glob(f"{name}*")) / 1e6 for name in (MEMO, DATABASE)]
    size, waited = f"{PEOPLE:,} people in {TEAMS:,} teams", report.steps["home"]["first"].waited * 1000
    return [
        ("crowd, judged, 10 x the people", spent / least / 10, f"{size}: {number} findings in {spent:.1f} s of CPU"),
        ("crowd, first page of the next window", waited / _PAGE_MS, f"{size}: {waited:.0f} ms of CPU"),
        ("crowd, memo on disk", sizes[0] / sizes[1] * 10, f"{sizes[0]:.1f} MB beside {sizes[1]:.1f} MB"),
        ("crowd, memory of the window", report.megabytes / 100, f"{report.megabytes} MB at most"),
    ]
