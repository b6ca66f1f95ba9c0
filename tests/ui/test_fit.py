"""Every page and tab finds room on a screen of 1366x768: at 125 % by the system, and with large letters."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS, Door
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

SIZES = {"125 %": (1.0, 1093, 614), "large letters": (theme.LARGE, 1366, 728)}


@pytest.mark.parametrize("size", SIZES)
def test_no_page_makes_the_window_larger_than_the_screen(
    qapp: QApplication, asker: ImmediateRunner, office: OfficeView, qtbot: QtBot, size: str
) -> None:
    factor, width, height = SIZES[size]
    theme.set_size(qapp, factor)
    try:
        shell = Shell(asker, office, DOORS)
        qtbot.addWidget(shell)
        shell.resize(width, height)
        shell.show()
        needed = {door.key: _needed(shell, door) for door in DOORS}
        assert {key: it for key, it in needed.items() if it.width() > width or it.height() > height} == {}
        shell._may_close = True
        shell.hide()
    finally:
        theme.set_size(qapp, 1.0)


def _needed(shell: Shell, door: Door) -> QSize:
    """Return the least size of the window once every tab of a page was shown."""
    shell.open_page(door.key)
    least = shell.minimumSizeHint()
    for bar in everything(shell.page, QTabBar):
        for at in range(bar.count()):
            bar.setCurrentIndex(at)
            least = least.expandedTo(shell.minimumSizeHint())
    return least
