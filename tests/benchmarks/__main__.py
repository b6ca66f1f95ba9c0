"""Run every benchmark beside this file and print one table: `python -m tests.benchmarks [--full] [NAME...]`.

`--full` adds the sizes that take minutes: 10^5 people where the quick run takes thousands.
"""

import importlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

FULL = "--full"


class Row(NamedTuple):
    """One measurement: a ratio to something done on the same machine, and what it may reach at most."""

    name: str
    ratio: float
    detail: str
    target: float | None

    @property
    def missed(self) -> bool:
        """Tell whether the ratio is worse than promised."""
        return self.target is not None and self.ratio > self.target


def modules(names: Sequence[str]) -> list[ModuleType]:
    """Import the benchmark modules: those named, or all."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    loaded = (importlib.import_module(f"tests.benchmarks.{stem}") for stem in found if not names or stem in names)
    return [module for module in loaded if hasattr(module, "rows")]


def measure(module: ModuleType) -> list[Row]:
    """Run one module's `rows()` and put its `TARGETS` beside them."""
    targets: Mapping[str, float] = getattr(module, "TARGETS", {})
    return [Row(name, ratio, detail, targets.get(name)) for name, ratio, detail in module.rows()]


def table(rows: Iterable[Row]) -> str:
    """Return the rows as aligned columns: name, ratio, target, detail."""
    cells = [("name", "ratio", "target", "detail")]
    for row in rows:
        target = "" if row.target is None else f"<= {row.target:g}{' MISSED' if row.missed else ''}"
        cells.append((row.name, f"{row.ratio:.2f}", target, row.detail))
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {ratio:>{widths[1]}}  {target:<{widths[2]}}  {detail}".rstrip()
        for name, ratio, target, detail in cells
    )


def main(names: Sequence[str]) -> int:
    """Measure, print, and return 1 when a target was missed."""
    if FULL in names:
        os.environ["TUOPIN_BENCH_FULL"] = "1"  # read by the modules when they are imported, here and in their processes
    rows = [row for module in modules([name for name in names if name != FULL]) for row in measure(module)]
    print(table(rows))
    return 1 if any(row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
