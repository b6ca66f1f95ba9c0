"""Pages made ahead: one in each pause, none while somebody presses keys or a dialog stands open."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop.ui import ahead
from tuopin_desktop.ui.ahead import PagesAhead

KEYS = ("home", "roster", "leave")


class Window(QWidget):
    """A window that notes which pages are made in it."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, Any] = {"home": object()}
        self.ahead = PagesAhead(self, KEYS, self.pages, self.make)

    def make(self, key: str) -> None:
        self.pages[key] = object()


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr(ahead, "_PAUSE_MS", 60)
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.hide()


def test_every_page_is_made_one_in_each_pause_in_the_order_of_the_rail(window: Window, qtbot: QtBot) -> None:
    window.ahead.begin()
    qtbot.waitUntil(lambda: len(window.pages) == 2)
    assert [*window.pages] == ["home", "roster"]
    qtbot.waitUntil(lambda: [*window.pages] == [*KEYS])


def test_whoever_presses_something_has_the_window_to_himself(window: Window, qtbot: QtBot) -> None:
    window.ahead.begin()
    pause = window.ahead._pause
    qtbot.waitUntil(lambda: pause.remainingTime() < pause.interval() // 2)
    handle: Any = window.windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_A)
    assert pause.remainingTime() > pause.interval() // 2
    assert [*window.pages] == ["home"]


def test_behind_a_dialog_nothing_is_made(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    dialog.setModal(True)
    with qtbot.waitExposed(dialog):
        dialog.show()
    window.ahead.begin()
    with qtbot.waitSignals([window.ahead._pause.timeout] * 2):
        pass
    assert [*window.pages] == ["home"]
    dialog.close()
    qtbot.waitUntil(lambda: [*window.pages] == [*KEYS])
