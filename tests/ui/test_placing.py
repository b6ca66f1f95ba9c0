"""The window opens inside what the task bar leaves of the screen, at 100, 125 and 150 %."""

import ast

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.test_house import at, parsed
from tuopin_desktop.ui.widgets.placing import FRAME, WISH, fitting, resize_fitting, show_fitting


def _left_by_task_bar(width: int, height: int, percent: int) -> QRect:
    """Return the room in pixels of the program: a screen so large, a task bar of 40 at its foot."""
    return QRect(0, 0, width * 100 // percent, height * 100 // percent - 40)


@pytest.mark.parametrize("percent", [100, 125, 150])
@pytest.mark.parametrize("screen", [(1366, 768), (1440, 900), (1920, 1080), (2560, 1440)])
def test_a_window_that_does_not_fill_the_screen_lies_inside_it_with_its_frame(
    screen: tuple[int, int], percent: int
) -> None:
    room = _left_by_task_bar(*screen, percent)
    place = fitting(WISH, room)
    if place is None:
        assert room.width() < WISH.width() + FRAME.width() or room.height() < WISH.height() + FRAME.height()
        return
    whole = place.adjusted(-FRAME.width() // 2, -(FRAME.height() - FRAME.width() // 2), 8, 8)
    assert room.contains(whole)
    assert place.size() == WISH


@pytest.mark.parametrize(("percent", "fits"), [(100, False), (125, False), (150, False)])
def test_the_office_screen_is_filled(percent: int, *, fits: bool) -> None:
    """1366x768 less the task bar is no room for 1280x720 with a title."""
    assert (fitting(WISH, _left_by_task_bar(1366, 768, percent)) is not None) is fits


def test_a_screen_that_is_too_small_is_filled(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry().size()
    show_fitting(window, room)
    assert window.isMaximized()
    assert window.height() <= room.height()


def test_a_screen_with_room_shows_the_window_whole_in_its_middle(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    show_fitting(window, QSize(room.width() // 2, room.height() // 2))
    assert not window.isMaximized()
    assert room.contains(window.geometry())


def test_a_dialog_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    dialog = QWidget()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableGeometry().size()
    resize_fitting(dialog, 5000, 300)
    assert dialog.size() == QSize(room.width() - FRAME.width(), 300)


def test_no_window_takes_a_size_without_asking_the_screen() -> None:
    strays = [
        at(path, node)
        for path, node in parsed("tuopin_desktop")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "resize"
        and len(node.args) == 2
        and all(isinstance(one, ast.Constant) for one in node.args)
    ]
    assert strays == []
