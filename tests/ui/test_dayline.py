"""Every date of the program is typed in short or taken from a month; there is one part for it."""

import ast
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.test_house import PROGRAM, parsed
from tests.ui.hands import everything
from tuopin_desktop.domain.record import Form, editable
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.ui.widgets.dayline import DayLine, MonthGrid, PeriodLine
from tuopin_desktop.ui.widgets.editor import Unclear
from tuopin_desktop.ui.widgets.editors import plain_editor
from tuopin_desktop.ui.widgets.parts import column

TODAY = date(2018, 6, 14)
KEY = Qt.Key
READERS = {"read_date", "read_typed"}
ON_PAPER = {"pages/leave/paper.py"}
"""Cells of a facsimile are no fields: what is typed there is read with the sheet."""


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[DayLine]:
    page = QWidget()
    page.setObjectName("page")
    made = DayLine(TODAY)
    page.setLayout(column(made, None))
    page.resize(600, 500)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    made.setFocus()
    yield made
    page.hide()


def grid_of(line: DayLine) -> MonthGrid:
    assert line.picker is not None
    return everything(line.picker, MonthGrid)[0]


def test_a_day_is_taken_by_keys_and_the_page_hears_of_it(line: DayLine, qtbot: QtBot) -> None:
    QTest.keyClicks(line, "620")
    QTest.keyClick(line, KEY.Key_F4)
    grid = grid_of(line)
    assert (grid.at, grid.hasFocus()) == (date(2018, 6, 20), True)
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_PageDown):
        QTest.keyClick(grid, key)
    assert grid.at == date(2018, 7, 28)
    with qtbot.waitSignal(line.textEdited):
        QTest.keyClick(grid, KEY.Key_Return)
    assert (line.text(), line.picker, line.hasFocus()) == ("2018-07-28", None, True)


def test_a_day_is_taken_by_the_mouse_and_leave_and_today_are_marked(line: DayLine) -> None:
    line.tinted = lambda: [date(2018, 6, 11)]
    line.open_month()
    grid = grid_of(line)

    def box(day: int) -> QRect:
        return next(grid._box(at) for at in range(42) if grid.day_at(grid._box(at).center()) == date(2018, 6, day))

    picture = grid.grab().toImage()
    ratio = picture.devicePixelRatio()

    def ground(day: int, x: int = 4) -> str:
        corner = box(day).topLeft()
        return picture.pixelColor(round((corner.x() + x) * ratio), round((corner.y() + 5) * ratio)).name()

    assert ground(11) == "#fbf2dc"
    assert len({ground(11), ground(12), ground(16)}) == 3, "leave, a workday, a rest day"
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=box(8).center())
    assert line.text() == "2018-06-08"


def test_esc_and_a_digit_give_the_keyboard_back(line: DayLine, qtbot: QtBot) -> None:
    line.open_month()
    QTest.keyClick(grid_of(line), KEY.Key_Escape)
    qtbot.waitUntil(lambda: line.picker is None)
    assert line.hasFocus()
    line.open_month()
    QTest.keyClick(grid_of(line), KEY.Key_5)
    assert (line.text(), line.hasFocus()) == ("5", True)


def test_the_two_ends_of_a_period_are_taken_one_after_the_other(qtbot: QtBot) -> None:
    (field,) = [item for item in editable(KINDS["leave_slip"]) if item.name == "period"]
    editor = plain_editor(field, TODAY)
    page = QWidget()
    page.setLayout(column(editor, None))
    page.resize(600, 500)
    qtbot.addWidget(page)
    page.show()
    line = editor.input
    assert isinstance(line, PeriodLine)
    QTest.keyClick(line, KEY.Key_F4)
    grid = grid_of(line)
    for key in (KEY.Key_Right, KEY.Key_Return, KEY.Key_Left, KEY.Key_Left, KEY.Key_Left, KEY.Key_Return):
        QTest.keyClick(grid, key)
    assert editor.read() == "2018-06-12am/2018-06-15pm"
    assert line.picker is None


def test_every_field_of_a_date_is_the_one_part_and_says_what_is_no_day(qtbot: QtBot) -> None:
    fields = [item for cls in KINDS.values() for item in editable(cls) if item.form is Form.DATE]
    assert len(fields) > 40
    editor = plain_editor(fields[0], TODAY)
    qtbot.addWidget(editor)
    assert isinstance(editor.input, DayLine)
    editor.retype("2月30日")
    with pytest.raises(Unclear, match="没有这一天，2月只有28天"):
        editor.read()
    readers = {
        path.relative_to(PROGRAM / "ui").as_posix()
        for path, node in parsed("tuopin_desktop/ui")
        if isinstance(node, ast.ImportFrom) and READERS & {one.name for one in node.names}
    }
    users = {path for path in readers - ON_PAPER if "DayLine" not in (PROGRAM / "ui" / path).read_text("utf-8")}
    assert users == set(), "a date is read without the part for it"
