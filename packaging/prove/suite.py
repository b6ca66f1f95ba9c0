"""The test suite under the Windows binaries, room by room: the installed parts, the checkout's source and tests."""

import json
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import relock
import wheelhouse

from prove.root import Unprovable
from prove.wine import Windows

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
ARTEFACTS = HERE / "artefacts.toml"
DEV_LOCK = CHECKOUT / "packaging" / "requirements-dev.lock"
LOCK = CHECKOUT / "packaging" / "requirements.lock"
TARGET: relock.Target = (relock.SYSTEMS[-1], "3.13")
LEFT_OUT = ("PySide6/QtTest.pyd", "PySide6/Qt6Test.dll")
"""Parts of Qt that the program does without and its tests need."""
ROOMS = ("domain", "store", "exchange", "machine", "documents", "services", "cli", "ui", "journeys", "packaging", "top")
UNUSED = (
    "ruff",
    "mypy",
    "libcst",
    "mutmut",
    "textual",
    "hatchling",
    "grimp",
    "import_linter",
    "librt",
    "ast_serialize",
)
"""Tools of the lock file that no test imports."""
COMPILER = "x86_64-w64-mingw32-gcc"


class Counts(NamedTuple):
    """What one room gave: passed and skipped tests, and those that failed by name."""

    room: str
    passed: int
    skipped: int
    failed: tuple[str, ...]

    def line(self, artefacts: dict[str, str]) -> str:
        """Return the room in a line: counts, then what failed and is not known as wine's."""
        remaining = [name for name in self.failed if name not in artefacts]
        known = len(self.failed) - len(remaining)
        head = f"{self.room}: {self.passed} passed, {self.skipped} skipped, {len(self.failed)} failed ({known} wine's)"
        return "\n".join([head, *(f"    {name}" for name in remaining)])


def artefacts(path: Path = ARTEFACTS) -> dict[str, str]:
    """Return the tests that fail for wine's sake: name -> why."""
    return {entry["test"]: entry["why"] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["artefact"]}


def paths(room: str) -> list[str]:
    """Return what pytest is given for a room; raises ValueError for a room that is none."""
    if room not in ROOMS:
        raise ValueError(room)
    if room == "top":
        return sorted(path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "tests").glob("test_*.py"))
    return [f"tests/{room}"]


def read_report(room: str, report: Path) -> Counts:
    """Return the counts of a room from pytest's report (JUnit's form)."""
    passed = skipped = 0
    failed: list[str] = []
    for case in ET.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return Counts(room, passed, skipped, tuple(sorted(set(failed))))


class Suite:
    """A Windows Python beside the installed program, with pytest and a copy of the checkout."""

    def __init__(self, windows: Windows, parts: Path) -> None:
        """`parts` is the folder of the installed version: python, lib, app."""
        self.windows, self.parts = windows, parts
        self.place = windows.root.work / "suite"

    @property
    def python(self) -> Path:
        """The interpreter, seen from outside."""
        return self.place / "python" / "python.exe"

    def prepare(self, own_python: Path) -> None:
        """Lay everything down; `own_python` has the pip that fetches what the lock file names. Raises Unprovable."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.parts / "python", self.place / "python")
        shutil.copytree(self.parts / "lib", self.place / "lib")
        self._compile()
        for wheel in self._wheels(own_python, DEV_LOCK):
            if not wheel.name.startswith(UNUSED):
                with zipfile.ZipFile(wheel) as archive:
                    archive.extractall(self.place / "dev")
        for wheel in self._wheels(own_python, LOCK):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(self.place / "lib", [one for one in LEFT_OUT if one in archive.namelist()])
        source = self.place / "checkout"
        source.mkdir()
        packed = subprocess.run(["git", "archive", "HEAD"], cwd=CHECKOUT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", source], input=packed, check=True)
        library = next(self.place.glob("python/python*.zip")).name
        lines = [library, ".", "..\\dev", "..\\lib", "..\\checkout", "import site"]
        next(self.place.glob("python/*._pth")).write_text("\n".join(lines), encoding="utf-8")

    def _compile(self) -> None:
        library = next((self.place / "python").glob("python3??.dll"))
        words = [COMPILER, "-municode", "-O2", "-o", str(self.python), str(HERE / "python.c"), str(library)]
        if shutil.which(COMPILER) is None or subprocess.run(words, check=False).returncode != 0:
            raise Unprovable(f"{COMPILER} makes the bare interpreter (apt-get install mingw-w64).")

    def _wheels(self, own_python: Path, lock: Path) -> list[Path]:
        """Return the wheels of a lock file for Windows, fetched once; raises Unprovable."""
        wheels = self.windows.root.work / "wheels" / lock.stem
        if not any(wheels.glob("*.whl")) and not wheelhouse.fill(own_python, [lock], wheels, target=TARGET):
            raise Unprovable("The packages of the test suite could not be had for Windows; pip says why above.")
        return sorted(wheels.glob("*.whl"))

    def run(self, room: str, seconds: float = 3600) -> Counts:
        """Run a room and return its counts; raises Unprovable when pytest did not come to its end."""
        report = self.place / f"{room}.xml"
        report.unlink(missing_ok=True)
        variables = {"QT_QPA_PLATFORM": "offscreen", "TEMP": "C:\\t", "TMP": "C:\\t"}
        (self.windows.prefix / "drive_c" / "t").mkdir(exist_ok=True)
        # No limit for a test: on Windows it would end the whole run, and wine takes its time.
        words = ["-m", "pytest", "-n", "0", "-q", "--timeout=0", "-p", "no:cacheprovider", "-p", "no:randomly"]
        words += paths(room)
        words.append(f"--junitxml=Z:{self.windows.root.inside(report)}")
        answer = self.windows.run(
            "wine", self.windows.root.inside(self.python), *words,
            cwd=self.place / "checkout", seconds=seconds, variables=variables,
        )  # fmt: skip
        (self.place / f"{room}.log").write_bytes(answer.stdout + answer.stderr)
        if not report.exists():
            tail = answer.stdout.decode("utf-8", "replace")[-600:]
            raise Unprovable(f"{room}: pytest came to no end ({answer.returncode}): {tail}")
        return read_report(room, report)


def keep(counts: Sequence[Counts], path: Path) -> None:
    """Write the counts of the rooms that were run, beside those of earlier runs."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    after = {one.room: {"passed": one.passed, "skipped": one.skipped, "failed": one.failed} for one in counts}
    path.write_text(json.dumps({**before, **after}, ensure_ascii=False, indent=1), encoding="utf-8")
