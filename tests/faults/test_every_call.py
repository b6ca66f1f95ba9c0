"""Every call to the system that an office makes at its work fails in turn, as disks fail: old or new, truly told.

A sample runs always; all calls run in the nightly. The library that makes calls fail is built here and needs `cc`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.driver import KINDS
from tests.faults.scenarios import SCENARIOS

ROOT = Path(__file__).parents[2]
SHIM = Path(__file__).with_name("shim.c")


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the library; skips where the system has no C compiler or no such way to lay one before its own."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("calls are made to fail by a C library on Linux; this system has no cc")
    built = tmp_path_factory.mktemp("shim") / "shim.so"
    command = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(built), str(SHIM), "-ldl"]
    subprocess.run(command, check=True)
    return built


def faults(shim: Path, scenario: str, folder: Path, first: int, step: int, most: int) -> list[dict[str, object]]:
    """Run a scenario under its faults and return what came of each."""
    command = [sys.executable, "-m", "tests.faults.driver", scenario, str(folder), *map(str, (first, step, most))]
    environment = {**os.environ, "LD_PRELOAD": str(shim)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def judged(verdicts: list[dict[str, object]]) -> None:
    """Hold that nothing is half, lost or untruly told; the counts stand in the output of the nightly."""
    sys.stdout.write(
        str(Counter((one["scenario"], one["kind"], one["outcome"], one["state"]) for one in verdicts)) + "\n"
    )
    assert [one for one in verdicts if one["bad"]] == []
    assert verdicts


@pytest.mark.parametrize(("scenario", "first", "step"), [("commit", 3, 17), ("restore", 40, 131), ("encrypt", 60, 211)])
def test_a_sample_of_calls_that_fail_leaves_the_old_state_or_the_new(
    shim: Path, tmp_path: Path, scenario: str, first: int, step: int
) -> None:
    judged(faults(shim, scenario, tmp_path, first, step, 2))


@pytest.mark.nightly
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_call_that_fails_leaves_the_old_state_or_the_new(shim: Path, tmp_path: Path, scenario: str) -> None:
    verdicts = faults(shim, scenario, tmp_path, 1, 1, 100_000)
    judged(verdicts)
    assert {str(one["kind"]) for one in verdicts} == set(KINDS)
