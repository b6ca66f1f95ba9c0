"""A slip for a known person by the keyboard alone, every key counted; place and reason are free text and are not."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tests.ui.hands import type_chinese
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.leave.picker import PersonPicker
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

MOST_KEYS = 30
NOW = datetime(2018, 6, 4, 9, 0)


class Hands:
    """Presses keys on whatever has the keyboard, and counts them."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.keys = 0

    def held(self) -> QWidget:
        """Return what has the keyboard."""
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        held = QApplication.focusWidget()
        assert held is not None
        return held

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key, a modifier held with it."""
        self._qtbot.keyClick(self.held(), key, modifier)
        self.keys += 1

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type letters and digits, each a key."""
        self._qtbot.keyClicks(self.held(), text)
        self.keys += len(text)

    def write(self, words: str) -> None:
        """Write free text through the input method; its keys are not counted."""
        type_chinese(self.held(), words)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(NOW)
    offices.create(tmp_path / "office", level="county", county="150426", clerk="李秀英", clock=clock)
    opened = offices.open_desk(tmp_path / "office", clock)
    for name, position in (("白音", "leader"), ("乌云其其格", "deputy"), ("曾国强", "member"), ("龚彧", "member")):
        enter(opened, name, position, phone="13900000000")
    yield opened
    opened.close()


@pytest.fixture
def shell(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[Shell]:
    theme.apply(qapp, bundled_only=True)
    made = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
    qtbot.addWidget(made)
    yield made
    made.leave()


def _up(window: QWidget, qtbot: QtBot) -> None:
    """Do what a window manager does when a window opens or a dialog in front of it closes."""
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


def _at_the_list(shell: Shell, qtbot: QtBot) -> None:
    _up(shell, qtbot)
    shell.open_page("leave")


def _slip(shell: Shell, hands: Hands, qtbot: QtBot, who: str, when: str) -> None:
    hands.control(Qt.Key.Key_N)
    picker = shell.page.findChild(PersonPicker)
    assert picker is not None
    qtbot.waitUntil(picker.search.hasFocus)
    hands.type(who)
    hands.press(Qt.Key.Key_Return)
    _up(shell, qtbot)
    page: Any = shell.page
    qtbot.waitUntil(lambda: page.desk is not None and page.desk.paper.cells["place"].hasFocus())
    hands.write("呼和浩特市")
    hands.press(Qt.Key.Key_Tab)
    hands.type(when)
    hands.press(Qt.Key.Key_Tab)
    hands.write("参加全区脱贫攻坚工作推进会。")
    hands.control(Qt.Key.Key_S)


def _pdf(shell: Shell, hands: Hands, qtbot: QtBot) -> None:
    hands.control(Qt.Key.Key_E)
    dialog = shell.page.findChild(QFileDialog)
    assert dialog is not None
    _up(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(hands.held()))
    hands.press(Qt.Key.Key_Return)
    _up(shell, qtbot)


def test_from_the_list_to_a_saved_slip_and_its_pdf_in_thirty_keys(
    shell: Shell, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    _at_the_list(shell, qtbot)
    hands = Hands(qtbot)
    _slip(shell, hands, qtbot, "wyqqg", "605-608")
    (slip,) = leave.slips(desk)
    assert (slip.name, slip.period, slip.filled) == ("乌云其其格", "2018-06-05am/2018-06-08pm", date(2018, 6, 4))
    _pdf(shell, hands, qtbot)
    assert (tmp_path / "请假报备单 2018-0001 乌云其其格.pdf").read_bytes().startswith(b"%PDF")
    assert hands.keys <= MOST_KEYS, hands.keys


def test_a_second_slip_needs_no_more_keys(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    _at_the_list(shell, qtbot)
    for who in ("wyqqg", "zgq"):
        hands = Hands(qtbot)
        _slip(shell, hands, qtbot, who, "605-608")
        hands.press(Qt.Key.Key_Escape)
        assert hands.keys <= MOST_KEYS, hands.keys
    assert [slip.number for slip in leave.slips(desk)] == ["2018-0002", "2018-0001"]
