"""Lists: a sound model, rows replaced under the cursor, sorting by value, copying for Excel, keys."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable, fitted_widths, shown_columns


class Item(NamedTuple):
    key: str
    name: str
    days: int
    state: str = ""


COLUMNS = (
    Column("姓名", lambda item: item.name, 100),
    Column("天数", lambda item: f"{item.days}", 60, right=True, sort=lambda item: item.days),
    Column("状态", lambda item: item.state, 80, tone=lambda item: "warn"),
    Column("说明", lambda item: "两\n行", ground=lambda item: "bad"),
)
ROWS = (Item("a", "王海", 9, "未销假"), Item("b", "李梅", 10), Item("c", "白音", 2))


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    made = RecordTable(COLUMNS, lambda item: item.key, "人员", many=True)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.replace_rows(ROWS)
    return made


def _shown(table: RecordTable) -> list[str]:
    model = table.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_the_model_is_sound(table: RecordTable, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table.rows_model)
    qtmodeltester.check(table.model())


def test_rows_stand_in_the_order_given_until_a_heading_is_clicked(table: RecordTable) -> None:
    assert _shown(table) == ["王海", "李梅", "白音"]
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert _shown(table) == ["白音", "王海", "李梅"]


def test_replacing_rows_keeps_the_current_one(table: RecordTable) -> None:
    table.select("b")
    table.replace_rows([ROWS[2], ROWS[1]])
    assert table.current() == ROWS[1]
    table.replace_rows([ROWS[2]])
    assert table.current() is None


def test_a_narrow_list_hides_what_can_be_spared(table: RecordTable) -> None:
    columns = (*COLUMNS[:1], COLUMNS[1], Column("民族", lambda item: "", 90, shed=2), Column("性别", str, 60, shed=1))
    assert shown_columns(columns, 320) == {0, 1, 2, 3}
    assert shown_columns(columns, 300) == {0, 1, 3}
    assert shown_columns(columns, 100) == {0, 1}


def test_what_can_be_spared_grows_only_into_room_no_other_needs() -> None:
    columns = (Column("姓名", str, 100), Column("事由", str, 130, shed=1, most=200), Column("待办", str))
    grown = (columns[0], Column("事由", str, 200, shed=1, most=200), columns[2])
    assert fitted_widths(columns, grown, 600) == [100, 200, 0]
    assert fitted_widths(columns, grown, 370) == [100, 150, 0]
    assert fitted_widths(columns, grown, 350) == [100, 130, 0]
    assert fitted_widths(columns, grown, 340) == [100, None, 0]


@pytest.mark.parametrize("factor", [1.0, theme.LARGE])
def test_a_column_grows_with_its_longest_words_within_bounds(
    letters: Callable[[float], None], qtbot: QtBot, factor: float
) -> None:
    letters(factor)
    growing = Column("名称", lambda item: item.name, 100, most=200)
    table = RecordTable((growing, COLUMNS[1], Column("说明", str, shed=1)), lambda item: item.key, "人员")
    qtbot.addWidget(table)
    table.resize(round(300 * factor), 300)
    table.show()
    assert not table.isColumnHidden(2)
    table.replace_rows(ROWS)
    assert table.columnWidth(0) == theme.scaled(table, 100)
    name = "额尔敦其其格·苏日娜"
    table.replace_rows([*ROWS, Item("d", name, 1)])
    assert table.columnWidth(0) - 16 >= table.fontMetrics().horizontalAdvance(name)
    assert table.isColumnHidden(2)
    table.replace_rows([Item("d", name * 3, 1)])
    assert table.columnWidth(0) == theme.scaled(table, 200)


def test_copy_is_what_excel_takes(table: RecordTable, qtbot: QtBot) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "姓名\t天数\t状态\t说明"
    assert lines[1] == "王海\t9\t未销假\t两 行"
    assert len(lines) == 4


def test_enter_and_double_click_open_the_row(table: RecordTable, qtbot: QtBot) -> None:
    opened: list[Item] = []
    table.opened.connect(opened.append)
    table.select("c")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    table.doubleClicked.emit(table.model().index(0, 0))
    assert opened == [ROWS[2], ROWS[2]]


def test_coming_in_from_the_search_line_stands_on_the_first_row(table: RecordTable) -> None:
    table.enter()
    assert table.current() == ROWS[0]


def test_a_list_that_is_entered_shows_where_the_keyboard_stands(table: RecordTable, qtbot: QtBot) -> None:
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: table.chosen() == [ROWS[0]])
    table.hide()


def test_states_are_drawn_as_pills_with_their_words_kept(table: RecordTable, qtbot: QtBot) -> None:
    image = table.grab().toImage()
    ground = theme.color_of(theme.TONES["warn"][1])
    inside = _colours(image, 0, range(160, 240), 34)
    assert ground.name() in inside
    assert table.model().index(0, 2).data() == "未销假"


def test_the_tint_of_a_cell_stays_in_sight_in_the_selected_row(table: RecordTable) -> None:
    table.select("a")
    inside = _colours(table.grab().toImage(), 0, range(400, 480), 34)
    assert {theme.color_of(theme.TONES["bad"][1]).name(), theme.color("selection").name()} <= inside
    assert theme.color_of(theme.TONES["bad"][1]).name() not in _colours(table.grab().toImage(), 0, range(20, 90), 34)


def _colours(image: QImage, row: int, columns: Sequence[int], height: int) -> set[str]:
    ratio = image.devicePixelRatio()
    top = 34 + row * height
    return {image.pixelColor(round(x * ratio), round((top + y) * ratio)).name() for x in columns for y in range(4, 30)}


def test_an_empty_list_says_why_once_it_is_known_to_be_empty(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS, lambda item: item.key, "人员", nothing="还没有登记人员。")
    qtbot.addWidget(table)
    table.resize(500, 300)
    blank = table.grab().toImage()
    assert table.accessibleDescription() == ""
    table.replace_rows(())
    assert table.accessibleDescription() == "还没有登记人员。"
    assert table.grab().toImage() != blank
    table.replace_rows(ROWS)
    assert table.accessibleDescription() == ""


def test_a_search_line_has_room_for_its_whole_hint(qtbot: QtBot) -> None:
    line = SearchLine("姓名、拼音、编号、地点、派出单位、派驻旗县")
    qtbot.addWidget(line)
    line.resize(line.sizeHint())
    assert line.fontMetrics().horizontalAdvance(line.placeholderText()) < line.width()
