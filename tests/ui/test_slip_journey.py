"""What a slip and a return cost a clerk's hands, counted: from the list to the saved PDF, and back again."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import give_keyboard, type_chinese, window_of
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.pages.leave.picker import PersonPicker
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.shell import Shell


class Hands:
    """Presses keys where the keyboard is, and counts them; words that are written are not counted."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.strokes = 0

    def here(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        on: QWidget | None = None,
    ) -> None:
        self.strokes += 1
        self._qtbot.keyClick(on or self.here(), key, modifier)

    def write(self, text: str) -> None:
        type_chinese(self.here(), text)

    def letters(self, text: str, *, on: QWidget | None = None) -> None:
        self.strokes += len(text)
        self._qtbot.keyClicks(on or self.here(), text)


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    made = window_of(desk, qtbot)
    made.open_page("leave")
    return made


def only(host: QObject, kind: type[QWidget]) -> QWidget:
    widgets: list[QWidget] = list(host.findChildren(kind))
    return next(one for one in widgets if one.isVisible())


def test_from_the_list_to_a_saved_pdf_that_counts_as_printed(
    shell: Shell, desk: Desk, office: OfficeView, qtbot: QtBot, tmp_path: Path
) -> None:
    """Eight strokes beside the words: the number, the name and the form are filled in, saving comes with the PDF."""
    hands, ctrl = Hands(qtbot), Qt.KeyboardModifier.ControlModifier
    page = shell.page
    assert isinstance(page, LeavePage)
    page.take_keyboard()
    hands.press(Qt.Key.Key_N, ctrl)
    picker = only(page, PersonPicker)
    assert isinstance(picker, PersonPicker)
    hands.letters("gy", on=picker.search)  # where the picker begins
    hands.press(Qt.Key.Key_Return, on=picker.search)
    assert page.desk is not None
    qtbot.waitUntil(page.desk.paper.cells["place"].hasFocus)
    for words in ("包头市", "610-611", "看病"):
        hands.write(words)
        if words != "看病":
            hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_E, ctrl)
    dialog = only(page, QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith("请假报备单 2018-0002 龚彧.pdf")
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("请假报备单 2018-0002 龚彧.pdf")
    hands.strokes += 1  # Enter
    dialog.accept()
    assert (tmp_path / "请假报备单 2018-0002 龚彧.pdf").read_bytes().startswith(b"%PDF")
    made = next(slip for slip in leave.slips(desk) if slip.name == "龚彧")
    assert (made.period, made.printed) == ("2018-06-10am/2018-06-11pm", 1)
    assert hands.strokes <= 8
    shell.hide()


def test_a_return_is_three_strokes_from_the_list(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 6, 8, 16)
    page = shell.page
    assert isinstance(page, LeavePage)
    page.office.today = date(2018, 6, 8)
    give_keyboard(page.slips.table, qtbot)
    qtbot.keyClick(page.slips.table, Qt.Key.Key_Home)  # no Ctrl of an earlier stroke is remembered
    page.slips.table.selectRow(0)
    hands = Hands(qtbot)
    hands.letters("q")
    hands.letters("p")
    hands.press(Qt.Key.Key_Return)
    assert leave.slips(desk)[0].returned == "2018-06-08pm"
    assert page.slips.table.hasFocus(), "the hand goes on where it was"
    assert hands.strokes == 3
    shell.hide()
