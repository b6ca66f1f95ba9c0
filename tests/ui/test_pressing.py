"""Enter presses the button that has the keyboard, as Space does, and once however long it is held."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places
from tuopin_desktop import ui
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.parts import Button, button
from tuopin_desktop.ui.widgets.rail import RailButton

PROGRAM = Path(ui.__file__).parent
BARE = {"QPushButton", "QToolButton"}


def _press(target: QAbstractButton, key: Qt.Key, *, held: bool = False) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", held))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", ["button", "rail", "chip"])
def test_a_key_presses_a_button_once(qtbot: QtBot, key: Qt.Key, kind: str) -> None:
    chips = Chips({"a": "全部", "b": "外出中"}, "名单")
    qtbot.addWidget(chips)
    target: QAbstractButton = {
        "button": button("保存", lambda: None),
        "rail": RailButton(),
        "chip": chips.buttons["b"],
    }[kind]
    qtbot.addWidget(target)
    presses: list[str] = []
    target.clicked.connect(lambda: presses.append(kind))
    _press(target, key)
    _press(target, key, held=True)
    assert presses == [kind]


def test_every_button_of_the_window_is_of_the_kind_that_enter_presses() -> None:
    calls = [
        f"{path.relative_to(PROGRAM)}:{node.lineno}"
        for path in sorted(PROGRAM.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BARE
    ]
    assert calls == []


def test_every_button_that_is_seen_on_any_page_is_of_that_kind(each_shell: Shell) -> None:
    other = {
        f"{place}: {one.text() or one.accessibleName()}"
        for place in places(each_shell)
        for one in (*everything(each_shell, QPushButton), *everything(each_shell, QToolButton))
        if one.isVisible()
        and one.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not isinstance(one, Button | RailButton)
    }
    assert other == set()
