"""How long until the window of a practice office can be used, against an empty window of the same library."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tests.benchmarks._figure import Figure
from tuopin_desktop.demo import office

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
FIGURES = {"window usable, CPU": Figure("an empty window", 2.5), "window usable": Figure("an empty window")}


def opened(compiled: str, *words: str) -> tuple[float, float]:
    """Open a window in a process of its own; return seconds on the wall and of CPU until it could be used.

    `compiled` is where bytecode is kept: an installed program has it, however this process is run.
    """
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks._opened", *words],
        cwd=ROOT,
        env={**settings, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    at, cpu = done.stdout.split()
    return float(at) - before, float(cpu)


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio to the empty window, detail); rounds are interleaved and the median of their ratios counts."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled:
        desk = office.build(Path(folder), level="county", county="150426", now=datetime(2018, 12, 3, 9))
        desk.close()
        opened(compiled, folder)  # the first start compiles
        rounds = [(opened(compiled, folder), opened(compiled)) for _ in range(ROUNDS)]
    found = []
    for place, (name, words) in enumerate((("window usable", "on the wall"), ("window usable, CPU", "of CPU"))):
        ours, bare = (statistics.median(one[which][place] for one in rounds) * 1000 for which in (0, 1))
        ratio = statistics.median(one[0][place] / one[1][place] for one in rounds)
        detail = f"first page answered and painted {ours:.0f} ms {words}, empty window {bare:.0f} ms"
        found.append((name, ratio, detail))
    return found
