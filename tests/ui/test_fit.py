"""Every page and tab finds room on a screen of 1366x768: at 100, 125 and 150 % of the system and with large letters."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QAbstractButton, QFrame, QTabBar
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

SMALL = QSize(910, 433)
"""At 150 %: here a page that needs more than the room is scrolled."""
SIZES = {
    "letters": (1.0, (QSize(1366, 728), QSize(1093, 582), SMALL)),
    "large letters": (theme.LARGE, (QSize(1366, 728),)),
}
"""What a screen of 1366x768 leaves inside the frame of a window above its task bar, in pixels of the program."""


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_the_screen_and_no_button_and_no_tab_is_cut(
    letters: Callable[[float], None], each_desk: Desk, qtbot: QtBot, size: str
) -> None:
    factor, sizes = SIZES[size]
    letters(factor)
    shell = Shell(ImmediateRunner(each_desk), office_of(each_desk), DOORS)
    qtbot.addWidget(shell)
    next(one for one in everything(shell, QFrame) if one.objectName() == "practice").hide()
    shell.show()
    faults: dict[str, list[str]] = {}
    for place in places(shell):
        for room in sizes:
            shell.resize(room)
            if found := list(_faults(shell, room)):
                faults[f"{place} {room.width()}"] = found
    assert faults == {}
    shell._may_close = True
    shell.hide()


def _faults(shell: Shell, wish: QSize) -> Iterator[str]:
    yield from _cut(shell)
    if shell.size() != wish:
        yield f"the window is {shell.width()}x{shell.height()}"
    lowest = shell._rail._help
    if lowest.mapTo(shell, lowest.rect().bottomLeft()).y() > shell._footer.y():
        yield "the rail"
    need, room = shell.page.minimumSizeHint(), shell._room.viewport().size()
    if wish != SMALL and need.expandedTo(room) != room:
        yield f"needs {need.width()}x{need.height()} of {room.width()}x{room.height()}"


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
