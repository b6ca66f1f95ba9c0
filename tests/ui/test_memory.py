"""What a window keeps in mind: folders by purpose, widths and order of lists, its place on the screen."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop import ui
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_folder, ask_open, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.memory import Memory, memory_of
from tuopin_desktop.ui.widgets.placing import Place
from tuopin_desktop.ui.widgets.split import Split
from tuopin_desktop.ui.widgets.table import Column, RecordTable

NAMES = ["王海杰", "乌云其其格", "萨仁", "李明", "巴特尔"]
BY_PINYIN = ["巴特尔", "李明", "萨仁", "王海杰", "乌云其其格"]


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The file of a person's settings."""
    return tmp_path / "window.ini"


def _window(settings: Path, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    Memory(window, QSettings(str(settings), QSettings.Format.IniFormat))
    return window


def _folder(dialog: QFileDialog) -> Path:
    folder = Path(dialog.directory().absolutePath())
    dialog.reject()
    return folder


def test_every_purpose_has_its_own_folder_also_after_a_restart(settings: Path, tmp_path: Path, qtbot: QtBot) -> None:
    papers, sheets, sticks = (tmp_path / name for name in ("纸", "表", "U盘"))
    for folder in (papers, sheets, sticks):
        folder.mkdir()
    window = _window(settings, qtbot)
    inner = QWidget(window)
    ask_save(inner, "存为 PDF", "单.pdf", PDFS, lambda _: None).fileSelected.emit(str(papers / "单.pdf"))
    ask_open(inner, "导入", SHEETS, lambda _: None).fileSelected.emit(str(sheets / "名单.xlsx"))
    ask_folder(inner, "U盘", "stick", lambda _: None).fileSelected.emit(str(sticks))
    anew = _window(settings, qtbot)
    assert _folder(ask_save(anew, "存为 PDF", "另.pdf", PDFS, lambda _: None)) == papers
    assert _folder(ask_open(anew, "导入", SHEETS, lambda _: None)) == sheets
    assert _folder(ask_folder(anew, "U盘", "stick", lambda _: None)) == sticks
    assert _folder(ask_save(anew, "导出", "表.xlsx", SHEETS, lambda _: None)) == Path.home()
    papers.rmdir()
    assert _folder(ask_save(anew, "存为 PDF", "另.pdf", PDFS, lambda _: None)) == Path.home()


def test_the_name_offered_is_one_that_is_not_taken(settings: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = _window(settings, qtbot)
    ask_save(window, "存", "单.pdf", PDFS, lambda _: None).fileSelected.emit(str(tmp_path / "单.pdf"))
    for name in ("单.pdf", "单(2).pdf"):
        (tmp_path / name).touch()
    dialog = ask_save(window, "存", "单.pdf", PDFS, lambda _: None)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["单(3).pdf"]
    dialog.reject()


def _list(settings: Path, qtbot: QtBot) -> RecordTable:
    columns = [Column("姓名", str, 100), Column("字数", lambda name: f"第{len(name) * 4}号", 80)]
    table = RecordTable(columns, str, "名单")
    qtbot.addWidget(table)
    Memory(table, QSettings(str(settings), QSettings.Format.IniFormat))
    table.resize(500, 300)
    table.replace_rows(NAMES)
    table.show()
    return table


def _shown(table: RecordTable) -> list[str]:
    model = table.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_names_are_sorted_by_pinyin_and_numbers_by_their_value(settings: Path, qtbot: QtBot) -> None:
    table = _list(settings, qtbot)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert _shown(table) == BY_PINYIN
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [len(name) for name in _shown(table)] == [2, 2, 3, 3, 5]


def test_a_list_keeps_the_widths_and_the_order_it_was_given(settings: Path, qtbot: QtBot) -> None:
    table = _list(settings, qtbot)
    head = table.horizontalHeader()
    edge = QPoint(head.sectionSize(0) - 1, head.height() // 2)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(30, 0))
    QTest.mouseMove(head.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    width = head.sectionSize(0)
    assert width > 100
    again = _list(settings, qtbot)
    assert (again.horizontalHeader().sectionSize(0), _shown(again)) == (width, BY_PINYIN[::-1])


def test_columns_stand_where_somebody_moved_them(settings: Path, qtbot: QtBot) -> None:
    table = _list(settings, qtbot)
    table.horizontalHeader().moveSection(1, 0)
    assert table.places() == [1, 0]
    assert _list(settings, qtbot).places() == [1, 0]


def test_the_menu_of_a_list_does_what_its_keys_do(settings: Path, qtbot: QtBot) -> None:
    table = _list(settings, qtbot)
    pressed: list[str] = []
    on_key(table, "Q", "现在销假", lambda: pressed.append("Q"), inside=False)
    enabled = [one.text() for one in table.menu().actions() if not one.isSeparator() and one.isEnabled()]
    assert enabled == ["全选"]
    table.selectRow(0)
    menu = table.menu()
    actions = {one.text(): one for one in menu.actions() if not one.isSeparator()}
    assert [(text, one.shortcut().toString()) for text, one in actions.items()] == [
        ("打开", "Return"),
        ("现在销假", "Q"),
        ("全选", "Ctrl+A"),
        ("复制这几行", "Ctrl+C"),
        (f"只看{NAMES[0]}", "Ctrl+Shift+F"),
    ]
    bound = [one for one in table.children() if isinstance(one, QShortcut)]
    assert len(bound) == 1
    actions["现在销假"].trigger()
    assert pressed == ["Q"]


def test_a_window_stands_where_it_stood(settings: Path, qtbot: QtBot) -> None:
    places = []
    for wish in (QRect(60, 70, 500, 300), None):
        window = _window(settings, qtbot)
        place = Place(window, memory_of(window))
        place.show()
        if wish is not None:
            window.setGeometry(wish)
        places.append(window.geometry())
        window.hide()
    assert places == [QRect(60, 70, 500, 300)] * 2


def test_a_place_the_screen_has_no_room_for_is_not_taken_up(settings: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        window = _window(settings, qtbot)
        Place(window, memory_of(window)).show()
        room = window.screen().availableGeometry()
        assert window.isMaximized() or room.contains(window.geometry())
        window.setGeometry(room.right() - 20, 0, room.width() * 2, room.height() * 2)
        window.hide()


def test_a_filter_of_a_page_stands_again_and_a_period_does_not(settings: Path, qtbot: QtBot) -> None:
    told: list[str] = []
    for chosen in ("150426", ""):
        page = QWidget()
        page.setObjectName("page")
        holder = QWidget()
        qtbot.addWidget(holder)
        page.setParent(holder)
        Memory(holder, QSettings(str(settings), QSettings.Format.IniFormat))
        county = FilterBox("全部旗县", {"150421": "阿旗", "150426": "翁旗"}, "旗县")
        year = FilterBox("", {"2019": "2019年", "2018": "2018年"}, "年度")
        for box in (county, year):
            box.setParent(page)
            box.chosen.connect(told.append)
        holder.show()
        if chosen:
            county.setCurrentIndex(2)
            year.setCurrentIndex(1)
            county.activated.emit(2)
            year.activated.emit(1)
        holder.hide()
    assert (county.code(), year.code(), told) == ("150426", "2019", ["150426", "2018", "150426"])


def test_the_edge_between_two_panes_stays_where_somebody_put_it(settings: Path, qtbot: QtBot) -> None:
    sizes = []
    for wish in ([120, 280], None):
        split = Split()
        qtbot.addWidget(split)
        Memory(split, QSettings(str(settings), QSettings.Format.IniFormat))
        for _ in range(2):
            split.addWidget(QWidget())
        split.resize(400 + split.handleWidth(), 100)
        split.show()
        if wish is not None:
            split.setSizes(wish)
            split.splitterMoved.emit(120, 1)
        sizes.append(split.sizes())
        split.hide()
    assert sizes == [[120, 280]] * 2


HELP = {"shell.py", "manual.py"}
"""The pane of help has an edge of its own, and keeps its width itself."""


def test_every_edge_of_a_page_is_kept() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(ui.__file__).parent.rglob("*.py")}
    assert {name for name, text in sources.items() if re.search(r"\bQSplitter\b", text)} - HELP == {"split.py"}
