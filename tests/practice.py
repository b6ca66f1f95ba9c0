"""The guided tour played once for all tests, by whichever worker needs it first; every test module gets a copy."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from tuopin_desktop import demo
from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY, REGION_FOLDER, RESULTS_FOLDER, TODAY

_WAIT = 500
"""Seconds a worker waits for the one that plays the tour; a tour is a twentieth of it."""


class Tour(msgspec.Struct, frozen=True):
    """The folder of a finished tour and the lines it gave."""

    folder: Path
    lines: tuple[str, ...]

    @property
    def results(self) -> Path:
        """Return the folder of the papers."""
        return self.folder / RESULTS_FOLDER


def copy(session: pytest.TempPathFactory, folder: Path) -> Tour:
    """Copy the session's tour into a folder that is not there yet, as if it had been played there.

    The two offices are read by several modules and a folder is open in one process at a time: hence copies.
    """
    source = _shared(session)
    with _alone(source):
        lines = source / "lines.json"
        if not lines.exists():
            lines.write_bytes(msgspec.json.encode(_play(source / "tour")))
    shutil.copytree(source / "tour", folder)
    texts = msgspec.json.decode(lines.read_bytes(), type=list[str])
    return Tour(folder, tuple(text.replace(str(source / "tour"), str(folder)) for text in texts))


def _play(folder: Path) -> list[str]:
    """Play the tour where an earlier one was broken off after an office."""
    with closing(office.build(folder / REGION_FOLDER, level="county", county=COUNTY, now=TODAY)):
        pass
    return list(demo.tour(folder))


def _shared(session: pytest.TempPathFactory) -> Path:
    """Return a folder of this run alone which all its workers share: xdist gives each a folder beside the others."""
    own = session.getbasetemp()
    folder = (own.parent if own.name.startswith("popen-") else own) / "practice"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the others off; SQLite waits for its own lock on every system, and a killed process gives it back."""
    with closing(sqlite3.connect(folder / "gate.db", timeout=_WAIT, isolation_level=None)) as gate:
        gate.execute("BEGIN EXCLUSIVE")
        yield
