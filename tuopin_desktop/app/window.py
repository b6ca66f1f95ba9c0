"""Wiring of the window: the data folder, the first questions, the worker's desk and the crash file."""

import threading
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from tuopin_desktop.app import crash
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import paths
from tuopin_desktop.machine.clock import Clock, DatedClock
from tuopin_desktop.services.office import library, offices, upgrades, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.shell import PRODUCT
from tuopin_desktop.ui.start import run
from tuopin_desktop.ui.widgets.plain import box

if TYPE_CHECKING:  # loads when an office is set up
    from tuopin_desktop.ui.firststart.step import FirstRun

_told: list[QMessageBox] = []  # a window without a parent lives only as long as somebody holds it


def open_window(folder: Path, today: date | None = None) -> int:
    """Show the window on a data folder until it is closed; return the exit code.

    `today` is another business day, for entering what happened then or for looking at a practice office.
    """
    clock = DatedClock(today) if today else Clock()
    crash.install(folder, Clock(), _tell)
    data = _Data(folder, clock)
    first = None
    _end_practice(folder)
    if offices.is_office(folder):
        crash.watch_hard_crashes(folder)
    else:
        first = _first_run(data)
    again = partial(_first_run, data, anew=True)
    return run(data.open, first=first, again=again, folder=folder, open_shut=data.open_shut)


class _Data:
    """The folder of the data, which the first start may put elsewhere before there are any."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock

    def open(self) -> Desk:
        return upgrades.open_desk(self.folder, self.clock)

    def open_shut(self, password: str, code: str) -> Desk:
        if code:
            return users.open_by_code(self.folder, self.clock, code)
        return users.open_locked(self.folder, self.clock, password)

    def stand_in(self, folder: Path) -> None:
        """Hear where the data stand at last."""
        if folder != self.folder:
            self.folder = folder
            crash.install(folder, Clock(), _tell)


def _end_practice(folder: Path) -> None:
    """Take a practice office away that somebody is done with; one that cannot be taken away now opens as it is."""
    if not (folder / offices.PRACTICE_OVER).exists():
        return
    from tuopin_desktop.services.office import practiceend  # noqa: PLC0415 start-up: once, after practice

    with suppress(Trouble):
        practiceend.end(folder, Clock())


def _first_run(data: _Data, *, anew: bool = False) -> "FirstRun":
    from tuopin_desktop.domain.placesearch import Place  # noqa: PLC0415 start-up: an office is set up once
    from tuopin_desktop.services.office import foundingdraft  # noqa: PLC0415 start-up: as above
    from tuopin_desktop.services.office.founding import Ground  # noqa: PLC0415 start-up: as above
    from tuopin_desktop.ui.firststart.step import FirstRun  # noqa: PLC0415 start-up: as above

    ground = Ground(data.folder, data.clock, anew=anew, sample=_sample)
    draft = foundingdraft.kept_for(data.folder)
    movable = not anew and data.folder == paths.default_folder()
    if movable and draft.folder:
        ground.folder = Path(draft.folder)
    rows = library.table("counties.csv")
    leagues = {row["league_code"][:4]: row["league"] for row in rows}
    return FirstRun(
        ground=ground,
        counties=[Place(row["code"], row["name"], row["league"]) for row in rows],
        leagues=[Place(code, name) for code, name in leagues.items()],
        draft=draft,
        movable=movable,
        stands=data.stand_in,
    )


def _sample(desk: Desk) -> None:
    from tuopin_desktop.demo import sample  # noqa: PLC0415 start-up: practice offices alone

    sample.fill(desk)


def _tell(sentence: str) -> None:
    if QCoreApplication.startingUp() or threading.current_thread() is not threading.main_thread():
        return  # no window to show it in; the crash file is written all the same
    message_box = box(QMessageBox.Icon.Critical, PRODUCT, sentence)
    _told.append(message_box)
    if not any(window.isVisible() for window in QApplication.topLevelWidgets()):
        # Nothing could be done here any more, and a process without a window would hold the data for ever.
        message_box.finished.connect(lambda: QCoreApplication.exit(1))
    message_box.finished.connect(lambda: _told.remove(message_box))
    message_box.show()
