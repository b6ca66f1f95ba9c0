"""Ask whether the tests notice planted faults: `python3 packaging/dev.py mutate [MODULE] [--sample DIGITS]`."""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "build" / "mutants"
PARTS = ("tuopin_desktop", "tests", "packaging", "resources", "forms", "pyproject.toml", "README.md")
LEAST = 0.9
"""The share of planted faults that the tests of a module must notice."""

TESTS: Mapping[str, Sequence[str]] = {
    "store/undoing": ("services/test_undoing.py", "services/test_packages.py"),
    "store/receiving": ("services/test_packages.py", "services/test_handing_down.py", "exchange/test_arrival.py"),
    "services/packages": (
        "services/test_package_account.py",
        "services/test_package_header.py",
        "services/test_packages.py",
        "services/test_handing_down.py",
    ),
    "domain/rules/presence": ("domain/rules", "domain/attendance"),
    "domain/leave/chain": ("domain/leave",),
    "domain/leave/story": ("domain/leave",),
    "domain/appraisal/grading": ("domain/appraisal",),
    "domain/attendance/closing": ("domain/attendance", "services/test_closing.py"),
}
"""The modules that a mistake in would cost a county most, and the tests that are to notice it."""

CONFIG = """
[tool.mutmut]
source_paths = ["tuopin_desktop"]
only_mutate = ["{path}"]
also_copy = ["resources", "forms", "packaging", "tests", "README.md"]
process_isolation = "forkserver"  # tests load Qt and threads: no process that ran some may be forked
pytest_add_cli_args = ["-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
"""


class Tally(NamedTuple):
    """The planted faults of one module: how many were noticed, and the names of those that were not."""

    noticed: int
    survivors: tuple[str, ...]

    @property
    def share(self) -> float:
        """Return the noticed part of all."""
        return self.noticed / ((self.noticed + len(self.survivors)) or 1)


def prepare(module: str) -> Path:
    """Copy the project, so that nothing is ever planted in the checkout; return the copy."""
    folder = COPY / module.replace("/", "-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in PARTS:
        source, target = ROOT / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    tests = [f"tests/{name}" for name in TESTS[module] if (ROOT / "tests" / name).exists()]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(CONFIG.format(path=f"tuopin_desktop/{module}.py", tests=json.dumps(tests)))
    return folder


def mutmut(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the tool in the copy."""
    command = [sys.executable, "-m", "mutmut", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def plant(module: str, sample: str) -> Tally:
    """Plant the faults whose number ends in one of the digits of `sample`, one at a time."""
    folder = prepare(module)
    done = mutmut(folder, "run", *(f"*__mutmut_*{digit}" for digit in sample))
    record = folder / "mutants" / "tuopin_desktop" / f"{module}.py.meta"
    if not record.exists():
        raise SystemExit(f"{module}: the tool made no faults.\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    codes = json.loads(record.read_text(encoding="utf-8"))["exit_code_by_key"]
    judged = {name: code for name, code in codes.items() if code is not None and name[-1] in sample}
    if not judged:
        raise SystemExit(f"{module}: no fault was judged.\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    alive = [name for name, code in judged.items() if code in (0, 33)]  # 33: no test comes by
    survivors = tuple(name for name in alive if not is_only_case(folder, name))
    return Tally(len(judged) - len(alive), survivors)


def is_only_case(folder: Path, name: str) -> bool:
    """Tell whether a fault changes nothing but capitals: SQL means the same in either."""
    lines = mutmut(folder, "show", name).stdout.splitlines()
    old = [line[1:].casefold() for line in lines if line.startswith("-") and not line.startswith("---")]
    new = [line[1:].casefold() for line in lines if line.startswith("+") and not line.startswith("+++")]
    return bool(old) and old == new


def main() -> int:
    """Print the share of noticed faults by module and the survivors; return 1 when a module stays below `LEAST`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=list(TESTS), metavar="MODULE")
    parser.add_argument("--sample", default="0123456789", metavar="DIGITS", help="only faults whose number ends so")
    asked = parser.parse_args()
    missed = 0
    for module in asked.modules:
        if module not in TESTS:
            parser.error(f"{module} is not listed; add it with its tests to TESTS: {', '.join(TESTS)}")
        tally = plant(module, asked.sample)
        missed += tally.share < LEAST
        print(f"{module}: {tally.noticed} noticed, {len(tally.survivors)} not: {tally.share:.0%}", flush=True)
        for name in tally.survivors:
            print(f"    {name}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
