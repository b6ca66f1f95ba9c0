"""A later version of the program over an office's data: it has one more step of the tables than this one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import migrations
from tuopin_desktop.store.database import Database
from tuopin_desktop.store.migrations import Step


def _add(database: Database) -> None:
    database.execute_sql("CREATE TABLE what_comes_later (id TEXT PRIMARY KEY)")


@contextmanager
def later_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be the version after this one for a while."""
    step = Step(migrations.newest() + 1, "a table of the next version", _add)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
        yield


def opened_later(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, work: Callable[[Desk], object] = lambda _: None
) -> None:
    """Open an office with the later version, do something in it, and close it."""
    with later_version(monkeypatch):
        desk = offices.open_desk(folder, clock)
        try:
            work(desk)
        finally:
            desk.close()
