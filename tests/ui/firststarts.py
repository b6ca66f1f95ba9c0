"""First starts for tests: what the window is given, and somebody alone who answers quickly."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import type_chinese
from tuopin_desktop.domain.placesearch import Place
from tuopin_desktop.machine.clock import Clock, FixedClock
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.founding import Ground
from tuopin_desktop.services.office.foundingdraft import Draft
from tuopin_desktop.ui.firststart.step import FirstRun
from tuopin_desktop.ui.firststart.window import FirstStart

NOON = datetime(2018, 6, 4, 12)
ENTER = Qt.Key.Key_Return


def first_run(
    folder: Path,
    *,
    clock: Clock | None = None,
    draft: Draft | None = None,
    movable: bool = False,
    sample: Callable[[Desk], object] | None = None,
) -> FirstRun:
    """What the app gives the first start."""
    rows = library.table("counties.csv")
    leagues = {row["league_code"][:4]: row["league"] for row in rows}
    return FirstRun(
        ground=Ground(folder, clock or FixedClock(NOON), sample=sample),
        counties=[Place(row["code"], row["name"], row["league"]) for row in rows],
        leagues=[Place(code, name) for code, name in leagues.items()],
        draft=draft or Draft(),
        movable=movable,
    )


def found_alone(window: FirstStart, county: str, name: str, qtbot: QtBot) -> None:
    """Answer everything as somebody does who works alone, the copies to be decided later."""
    window.unit.place.setText("")
    qtbot.keyClicks(window.unit.place, county)
    for _ in range(2):
        qtbot.keyClick(window.unit.place, ENTER)
    type_chinese(window.people.lines[0].name, name)
    window.people.alone.setChecked(True)
    qtbot.keyClick(window.people.alone, ENTER)
    window._put_off()
    qtbot.waitUntil(lambda: window.review.paper is not None)
    window.review.tick.setChecked(True)
    window.next.click()
