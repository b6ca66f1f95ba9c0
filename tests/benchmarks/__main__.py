"""Run every benchmark beside this file and print one table: `python -m tests.benchmarks [--full] [--json] [NAME...]`.

`--full` adds the sizes that take minutes: 10^5 people where the quick run takes thousands. `--json` prints the table as
JSON, `--write` also keeps it in docs/figures.json and in README.
"""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from tests.benchmarks import _table
from tests.benchmarks._figure import Figure, Row
from tuopin_desktop.machine.clock import Clock

FULL, JSON, WRITE = "--full", "--json", "--write"


def modules(names: Sequence[str]) -> list[ModuleType]:
    """Import the benchmark modules: those named, or all."""
    stems = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    if strange := set(names) - set(stems):
        raise SystemExit(f"No such benchmark: {', '.join(sorted(strange))}. There are: {', '.join(stems)}.")
    loaded = (importlib.import_module(f"tests.benchmarks.{stem}") for stem in stems if not names or stem in names)
    return [module for module in loaded if hasattr(module, "rows")]


def figures(module: ModuleType) -> Mapping[str, Figure]:
    """Return what a module promises."""
    declared: Mapping[str, Figure] = module.FIGURES
    return declared


def measure(module: ModuleType) -> list[Row]:
    """Run one module's `rows()` and put what it promises beside each; a row nobody declared is an error."""
    declared = figures(module)
    return [Row(name, declared[name], ratio, detail) for name, ratio, detail in module.rows()]


def main(words: Sequence[str]) -> int:
    """Measure, print, and return 1 when a target was missed or a benchmark failed; the others go on."""
    if FULL in words:
        os.environ["TUOPIN_BENCH_FULL"] = "1"  # read by the modules when they are imported, here and in their processes
    rows, entries, failed, day = list[Row](), [], 0, Clock().today()
    for module in modules([word for word in words if word not in {FULL, JSON, WRITE}]):
        try:
            measures = measure(module)
        except Exception:  # noqa: BLE001 one that fails must not take the hours of the others with it
            traceback.print_exc()
            failed += 1
            continue
        rows += measures
        entries += [_table.entry(row, module.__name__.rpartition(".")[2], day) for row in measures]
        if WRITE in words:
            _table.keep(entries)
    print(json.dumps(_table.document(entries), ensure_ascii=False, indent=1) if JSON in words else _table.lines(rows))
    return 1 if failed or any(row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
