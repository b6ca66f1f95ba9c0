"""What every page looks like before its answer is there, with nothing to show, with trouble, and what a locked one."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from tests.ui.contrast import faint
from tests.ui.hands import everything, unnamed
from tests.ui.kept import Gallery
from tests.ui.test_waiting import HeldRunner, TroubledRunner
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.login.lock import Lock
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

NOW = datetime(2018, 6, 5, 10, 21)
SIZES = {
    "letters": (1.0, ((QSize(1366, 728), 1.0), (QSize(1093, 582), 1.25), (QSize(910, 433), 1.5))),
    "large letters": (theme.LARGE, ((QSize(1366, 728), 1.0),)),
}


@pytest.fixture
def bare_desk(tmp_path: Path) -> Iterator[Desk]:
    """The office of a county on its first day."""
    clock = FixedClock(NOW)
    offices.create(tmp_path / "bare", level="county", county="150125", clerk="李秀英", clock=clock)
    opened = offices.open_desk(tmp_path / "bare", clock)
    yield opened
    opened.close()


def _shown(runner: ImmediateRunner[Desk], qtbot: QtBot) -> Shell:
    shell = Shell(runner, office_of(runner.desk), DOORS)
    qtbot.addWidget(shell)
    next(one for one in everything(shell, QFrame) if one.objectName() == "practice").hide()
    shell.resize(1366, 728)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    shell._may_close = True
    return shell


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["loading", "empty", "error"])
def test_every_page_in_that_state_can_be_read_and_looks_as_it_was(
    letters: Callable[[float], None],
    bare_desk: Desk,
    qtbot: QtBot,
    gallery: Callable[[str], Gallery],
    state: str,
    size: str,
) -> None:
    factor, rooms = SIZES[size]
    letters(factor)
    runner = {"loading": HeldRunner, "empty": ImmediateRunner, "error": TroubledRunner}[state](bare_desk)
    shell = _shown(runner, qtbot)
    shown = gallery(f"{state}-{size.replace(' ', '-')}")
    faults: dict[str, Any] = {}
    for key in shell.doors:
        shell.open_page(key)
        for room, scale in rooms:
            shell.resize(room)
            shell.page.unknown.skeleton._slow.stop()  # its time is over: the bars are there
            picture = shown.look(shell, f"{key} {scale:.0%}", scale)
            if scale == 1.0 and (found := {**faint(shell, picture), **dict.fromkeys(unnamed(shell), 0)}):
                faults[key] = found
    shown.close()
    assert faults == {}
    assert shown.faults == {}, "\n".join(f"{k}: {v}" for k, v in shown.faults.items())


@pytest.mark.parametrize("size", SIZES)
def test_a_locked_window_can_be_read_and_looks_as_it_was(
    letters: Callable[[float], None],
    desk: Desk,
    qapp: QApplication,
    qtbot: QtBot,
    gallery: Callable[[str], Gallery],
    size: str,
) -> None:
    factor, rooms = SIZES[size]
    letters(factor)
    users.add(desk, "白音", users.EVERYTHING, "baiyin-6214")
    users.add(desk, "其其格", [Role.WRITER], "qiqige-5531")
    runner = ImmediateRunner(desk)
    shell = _shown(runner, qtbot)
    shell.guard = Lock(shell, shell.cover, runner, lambda _text, _tone: None)
    shell.guard.begin(qapp)
    shell.lock()
    page = shell.guard.page
    assert page is not None
    shown = gallery(f"locked-{size.replace(' ', '-')}")
    weak: dict[str, float] = {}
    for state in ("locked", "wrong password"):
        if state == "wrong password":
            page.password.setText("wrong")
            page.go()
        for room, scale in rooms:
            shell.resize(room)
            picture = shown.look(shell, f"{state} {scale:.0%}", scale)
            weak |= faint(shell, picture) if scale == 1.0 else {}
    shown.close()
    page.stop()
    shell.guard.rest()
    assert weak == {}
    assert shown.faults == {}, "\n".join(f"{k}: {v}" for k, v in shown.faults.items())
