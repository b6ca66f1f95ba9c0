"""Every page and tab finds room on a screen of 1366x768: at 125 % by the system, and with large letters."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QAbstractButton, QTabBar
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS, Door
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

SIZES = {"125 %": (1.0, 1093, 614), "large letters": (theme.LARGE, 1366, 728)}


@pytest.mark.parametrize("size", SIZES)
def test_no_page_makes_the_window_larger_than_the_screen(
    letters: Callable[[float], None], asker: ImmediateRunner, office: OfficeView, qtbot: QtBot, size: str
) -> None:
    factor, width, height = SIZES[size]
    letters(factor)
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    needed = {door.key: _needed(shell, door) for door in DOORS}
    assert {key: it for key, it in needed.items() if it.width() > width or it.height() > height} == {}
    shell._may_close = True
    shell.hide()


def _needed(shell: Shell, door: Door) -> QSize:
    """Return the least size of the window once every tab of a page was shown."""
    shell.open_page(door.key)
    least = shell.minimumSizeHint()
    for bar in everything(shell.page, QTabBar):
        for at in range(bar.count()):
            bar.setCurrentIndex(at)
            least = least.expandedTo(shell.minimumSizeHint())
    return least


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


@pytest.mark.parametrize("size", SIZES)
def test_no_button_and_no_tab_is_cut_on_any_page(
    letters: Callable[[float], None], each_desk: Desk, qtbot: QtBot, size: str
) -> None:
    factor, width, height = SIZES[size]
    letters(factor)
    shell = Shell(ImmediateRunner(each_desk), office_of(each_desk), DOORS)
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    assert {place: cut for place in places(shell) if (cut := _cut(shell))} == {}
    shell._may_close = True
    shell.hide()
