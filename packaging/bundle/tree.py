"""The program as it ships on every system: app/ and lib/ from hash-locked wheels, compiled, of one time."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import relock
import wheelhouse

from bundle import parts

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
EARLIEST = 315532800
"""1 January 1980, the first time a zip archive can hold."""


class Fault(Exception):
    """The package cannot be built; the sentence says why."""


class Tree(NamedTuple):
    """The program, ready to be packed."""

    folder: Path
    version: str
    epoch: int
    """Seconds since 1970, the time of every file."""


class Kit(NamedTuple):
    """What a tree is made with."""

    python: Path
    """The Python that builds the program's own wheel and has pip."""
    source: Path | None
    """A wheelhouse to take the locked wheels from, instead of an index."""


def lay(kit: Kit, scratch: Path, target: relock.Target, qt: parts.QtLayout) -> Tree:
    """Lay out app/ and lib/ below `scratch`/tree: our wheel, and the locked wheels for a system and a Python."""
    wheels, own, folder = scratch / "wheels", scratch / "own", scratch / "tree"
    epoch = source_date()
    command: list[str | Path] = [kit.python, "-m", "hatchling", "build", "-t", "wheel", "-d", own]
    if subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        raise Fault("The program's own wheel could not be built; the lines above say why.")
    if not wheelhouse.fill(kit.python, [LOCK], wheels, target=target, source=kit.source):
        raise Fault("The locked packages could not be had; pip says why above.")
    parts.unpack(own.glob("*.whl"), folder / "app")
    parts.unpack(wheels.glob("*.whl"), folder / "lib")
    parts.trim_qt(folder / "lib", parts.qt_modules(folder / "app"), qt)
    (metadata,) = (folder / "app").glob("*.dist-info/METADATA")
    return Tree(folder, version_of(metadata.read_text(encoding="utf-8")), epoch)


def compile_bytecode(python: Path, folder: Path) -> None:
    """Compile all modules of app/ and lib/ with a Python of the version that will run them."""
    compile_folders(python, [folder / "app", folder / "lib"], folder)


def compile_folders(python: Path, folders: list[Path], top: Path, *options: str) -> None:
    """Compile all modules; the bytecode holds no time and no path of this computer, so that it comes out the same."""
    words = ["-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(top), *options]
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONHASHSEED": "0"}
    command: list[str | Path] = [python, "-I", "-m", "compileall", *words, *folders]
    if subprocess.run(command, env=variables, check=False).returncode != 0:
        raise Fault("A module could not be compiled; the lines above say which.")


def version_of(metadata: str) -> str:
    """Return the version a wheel's METADATA names."""
    match = re.search(r"^Version: (\S+)$", metadata, flags=re.MULTILINE)
    if not match:
        raise Fault("The wheel names no version.")
    return match[1]


def source_date() -> int:
    """Return SOURCE_DATE_EPOCH, else the time of the last commit, else the first day archives know."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return int(epoch)
    log = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(log.stdout) if log.returncode == 0 and log.stdout.strip() else EARLIEST
