"""Every page and tab finds room on a screen of 1366x768: at 100, 125 and 150 % of the system and with large letters."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QTabBar
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

SIZES = {
    "100 %": (1.0, 1366, 728),
    "125 %": (1.0, 1093, 582),
    "large letters": (theme.LARGE, 1366, 728),
    "150 %": (1.0, 910, 433),
}
"""What a screen of 1366x768 leaves inside the frame of a window above its task bar, in pixels of the program."""
SCROLLED = "150 %"
"""Here a page that needs more than the room is scrolled."""


@contextmanager
def _window(qapp: QApplication, desk: Desk, qtbot: QtBot, size: str) -> Iterator[Shell]:
    factor, width, height = SIZES[size]
    theme.set_size(qapp, factor)
    try:
        shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
        qtbot.addWidget(shell)
        next(one for one in everything(shell, QFrame) if one.objectName() == "practice").hide()
        shell.resize(width, height)
        shell.show()
        assert shell.size() == QSize(width, height)
        yield shell
        assert shell.size() == QSize(width, height)
        shell._may_close = True
        shell.hide()
    finally:
        theme.set_size(qapp, 1.0)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_the_screen_and_no_button_and_no_tab_is_cut(
    qapp: QApplication, each_desk: Desk, qtbot: QtBot, size: str
) -> None:
    faults: dict[str, list[str]] = {}
    with _window(qapp, each_desk, qtbot, size) as shell:
        for place in places(shell):
            found = _cut(shell)
            lowest = shell._rail._help
            if lowest.mapTo(shell, lowest.rect().bottomLeft()).y() > shell._footer.y():
                found.append("the rail")
            need, room = shell.page.minimumSizeHint(), shell._room.viewport().size()
            if size != SCROLLED and need.expandedTo(room) != room:
                found.append(f"needs {need.width()}x{need.height()} of {room.width()}x{room.height()}")
            if found:
                faults[place] = found
    assert faults == {}


def _cut(shell: Shell) -> list[str]:
    """Every button that is seen and is narrower than its words, and every tab."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents()
    buttons = [one for one in everything(shell, QAbstractButton) if one.isVisible() and one.text().strip()]
    narrow = [one.text() for one in buttons if one.width() < one.minimumSizeHint().width()]
    for bar in everything(shell, QTabBar):
        room = bar.fontMetrics().horizontalAdvance
        narrow += [
            bar.tabText(at)
            for at in range(bar.count())
            if bar.isVisible() and (bar.tabRect(at).width() < room(bar.tabText(at)) or not _inside(bar, at))
        ]
    return narrow


def _inside(bar: QTabBar, at: int) -> bool:
    return bar.rect().contains(bar.tabRect(at).adjusted(0, 0, -_TAB_GAP, 0))


_TAB_GAP = 20
"""The room behind the words of a tab, to the next one."""
