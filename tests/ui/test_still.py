"""The mouse wheel never changes a field: it scrolls the form, and nobody looks at what lies under the pointer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop import ui
from tuopin_desktop.ui.widgets.combo import FilterBox, PickBox
from tuopin_desktop.ui.widgets.parts import tabs
from tuopin_desktop.ui.widgets.still import ChoiceBox, NumberBox

PROGRAM = Path(ui.__file__).parent
BARE = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit", "QSlider", "QDial"} | {
    "QTabBar",
    "QTabWidget",
}
"""The fields of Qt that take the wheel."""


def _turn(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    down = QPoint(0, -120)
    there = widget.mapToGlobal(place)
    phase = Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(widget, QWheelEvent(place, there, QPoint(), down, no_button, no_key, phase, False))


def _boxes() -> Iterator[QComboBox]:
    plain = ChoiceBox()
    plain.addItems(["甲", "乙"])
    yield plain
    yield FilterBox("全部", {"a": "甲"}, "名称")
    picked = PickBox({"a": "甲", "b": "乙"})
    picked.setCurrentIndex(1)
    yield picked


@pytest.mark.parametrize("place", range(3))
def test_a_choice_stays_under_the_wheel(qtbot: QtBot, place: int) -> None:
    box = list(_boxes())[place]
    qtbot.addWidget(box)
    before = box.currentIndex()
    _turn(box)
    assert box.currentIndex() == before


def test_a_number_stays_under_the_wheel(qtbot: QtBot) -> None:
    box, bare = NumberBox(), QSpinBox()
    for one in (box, bare):
        qtbot.addWidget(one)
        one.setValue(5)
        _turn(one)
    assert (box.value(), bare.value()) == (5, 4)


def test_a_tab_stays_under_the_wheel(qtbot: QtBot) -> None:
    bar, bare = tabs("页", "甲", "乙"), QTabBar()
    for one in (bar, bare):
        qtbot.addWidget(one)
    bare.addTab("甲")
    bare.addTab("乙")
    for one in (bar, bare):
        _turn(one)
    assert (bar.currentIndex(), bare.currentIndex()) == (0, 1)


def test_every_field_of_the_window_is_of_the_kind_that_stays() -> None:
    calls = [
        f"{path.relative_to(PROGRAM)}:{node.lineno}"
        for path in sorted(PROGRAM.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BARE
    ]
    derived = [
        f"{path.relative_to(PROGRAM)}:{node.lineno}"
        for path in sorted(PROGRAM.rglob("*.py"))
        if path.name != "still.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id in BARE for base in node.bases)
    ]
    assert calls + derived == []
