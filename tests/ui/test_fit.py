"""Every page and tab on a screen of 1366x768, at 100, 125 and 150 % of the system and with large letters.

It finds room, whatever has the keyboard has a name, every word can be read, and it looks as it did.
"""

from collections.abc import Callable, Iterator

import pictures
import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QTabBar
from pytestqt.qtbot import QtBot

from tests.ui.contrast import faint
from tests.ui.hands import each_once, everything, unnamed, window_of
from tests.ui.kept import Gallery
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.shell import Shell

LARGE = QSize(1366, 728)
SMALL = QSize(910, 433)
"""At 150 %: here a page that needs more than the room is scrolled."""
SIZES = {
    "letters": (1.0, ((LARGE, 1.0), (QSize(1093, 582), 1.25), (SMALL, 1.5))),
    "large letters": (theme.LARGE, ((LARGE, 1.0),)),
}
"""What a screen of 1366x768 leaves inside the frame of a window above its task bar, in pixels of the program."""


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_the_screen_is_named_can_be_read_and_looks_as_it_was(
    letters: Callable[[float], None], each_desk: Desk, qtbot: QtBot, gallery: Callable[[str], Gallery], size: str
) -> None:
    """One window is opened for all of it: opening and laying out the pages is what takes the time."""
    factor, rooms = SIZES[size]
    letters(factor)
    shell = window_of(each_desk, qtbot)
    next(one for one in everything(shell, QFrame) if one.objectName() == "practice").hide()
    shown = gallery(f"{each_desk.level.value}-{size.replace(' ', '-')}")
    faults: dict[str, list[str]] = {}
    for place in each_once(shell):
        for room, scale in rooms:
            shell.resize(room)
            found = list(_faults(shell, room))
            picture = shown.look(shell, f"{place} {scale:.0%}", scale)
            if room == LARGE:
                found += [f"without a name: {one}" for one in unnamed(shell)]
                found += [f"“{text}” stands off by {off:.1f}" for text, off in faint(shell, picture).items()]
            if found:
                faults[f"{place} {room.width()}"] = found
    shown.close()
    assert faults == {}, "\n".join(f"{k}: {v}" for k, v in faults.items())
    assert shown.faults == {}, "\n".join(f"{k}: {v}" for k, v in shown.faults.items())


def _otherwise(shell: Shell) -> Iterator[str]:
    """Yield what cannot be read on a page while every row is chosen, and while nothing can be pressed."""
    hand = shell.focusWidget()
    for view in everything(shell.page, QAbstractItemView):
        if view.isVisible():
            view.selectAll()
    for state in ("chosen", "not to be pressed"):
        shell.page.setEnabled(state == "chosen")
        picture = pictures.as_pillow(pictures.draw(shell))
        yield from (f"“{text}”, {state}, stands off by {off:.1f}" for text, off in faint(shell, picture).items())
    shell.page.setEnabled(True)
    if hand is not None:
        hand.setFocus()


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
