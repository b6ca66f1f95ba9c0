"""Wiring of the window: the data folder, the first questions, the worker's desk and the crash file."""

import threading
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from tuopin_desktop.app import crash
from tuopin_desktop.machine.clock import Clock, DatedClock
from tuopin_desktop.services.office import library, offices, upgrades, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.shell import PRODUCT
from tuopin_desktop.ui.start import run
from tuopin_desktop.ui.widgets.plain import box

if TYPE_CHECKING:  # loads when an office is set up
    from tuopin_desktop.ui.welcome import Answers, FirstRun

_told: list[QMessageBox] = []  # a window without a parent lives only as long as somebody holds it


def open_window(folder: Path, today: date | None = None) -> int:
    """Show the window on a data folder until it is closed; return the exit code.

    `today` is another business day, for entering what happened then or for looking at a practice office.
    """
    clock = DatedClock(today) if today else Clock()
    crash.install(folder, Clock(), _tell)
    first = None
    if offices.is_office(folder):
        crash.watch_hard_crashes(folder)
    else:
        first = _first_run(folder)
    again = partial(_first_run, folder, anew=True)

    def open_shut(password: str, code: str) -> Desk:
        return users.open_by_code(folder, clock, code) if code else users.open_locked(folder, clock, password)

    return run(lambda: upgrades.open_desk(folder, clock), first=first, again=again, folder=folder, open_shut=open_shut)


def _first_run(folder: Path, *, anew: bool = False) -> "FirstRun":
    from tuopin_desktop.ui.welcome import FirstRun  # noqa: PLC0415 start-up: an office is set up once

    rows = library.table("counties.csv")

    def create(answers: "Answers") -> None:
        offices.create(
            folder,
            level=answers.level,
            county=answers.county,
            clerk=answers.clerk,
            practice=answers.practice,
            anew=anew,
        )

    return FirstRun(
        folder=folder,
        counties={row["code"]: f"{row['league']}{row['name']}" for row in rows},
        leagues={row["league_code"][:4]: row["league"] for row in rows},
        create=create,
    )


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
