"""What every list does, on every page of every level: menu, keys, copying, one person alone, paper, workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import msgspec
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.hands import Hand, everything, give_keyboard, places, window_of
from tuopin_desktop.domain.columns import sheet_kinds
from tuopin_desktop.domain.roles import Role, Signed
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.sheets.rehearsal import PreviewDialog
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.listacts import KEYS
from tuopin_desktop.ui.widgets.listways import ListWays, ways_of
from tuopin_desktop.ui.widgets.rows import Column
from tuopin_desktop.ui.widgets.still import ChoiceBox
from tuopin_desktop.ui.widgets.table import RecordTable

OWN = ["打开", "全选", "复制这几行", "只看", "打印这张表…", "存为 Excel…", "从 Excel、WPS 粘贴…"]


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    return window_of(desk, qtbot)


def _people(shell: Shell) -> RecordTable:
    shell.open_page("roster")
    assert isinstance(shell.page, RosterPage)
    return shell.page.people.table


def _check(table: RecordTable, window_keys: set[str]) -> Iterator[str]:
    """Yield what is wrong with the menu of a list."""
    entries = [entry for group in table.acts.groups() for entry in group]
    texts = [entry.text for entry in entries]
    if [one for one in OWN if not any(text.startswith(one[:2]) for text in texts)]:
        yield f"lacks entries: {texts}"
    enabled = [entry.keys for entry in entries if not entry.why]
    bound = {one.key().toString() for one in cast("list[QShortcut]", table.findChildren(QShortcut))}
    own = {keys for keys, _ in KEYS}
    if len(set(enabled)) != len(enabled) or not bound >= set(enabled) - {"Return", *own}:
        yield f"keys twice or none: {enabled}"
    if taken := window_keys & own:
        yield f"keys of every list are bound to something else: {taken}"
    if not table.sheet and not table.no_paste:
        yield "says not why nothing can be pasted"
    offered = {action.text().split("\t")[0]: action for action in table.menu().actions() if action.text()}
    shut = {text: not action.isEnabled() for text, action in offered.items()}
    if shut != {entry.text: bool(entry.why) for entry in entries} or list(offered) != texts:
        yield f"menu {shut}"


def test_every_list_of_every_page_does_what_lists_do(each_shell: Shell, tmp_path: Path) -> None:
    """One walk for all: it costs seconds at each level."""
    wrong: list[str] = []
    seen: set[str] = set()
    kinds: set[str] = set()
    files = [tmp_path / "名单.xlsx", tmp_path / "x.exe"]
    for path in files:
        path.write_bytes(b"MZ")
    for place in places(each_shell):
        keys = {one.key().toString() for one in cast("list[QShortcut]", each_shell.findChildren(QShortcut))}
        buttons = [one for one in everything(each_shell.page, QAbstractButton) if one.isVisible()]
        faults = [f"{one.accessibleName()} has no menu" for one in _others(each_shell.page)]
        faults += [f"{path.name} is not spoken of" for path in files if path.name not in Hand(each_shell, path).over()]
        for table in everything(each_shell.page, RecordTable):
            kinds.add(table.sheet)
            if table.isVisible():
                seen.add(table.accessibleName())
                faults += [f"{table.accessibleName()}: {text}" for text in (*_check(table, keys), *_cut(table))]
                faults += _otherwise(table, buttons)
        wrong += [f"{place}: {text}" for text in faults]
    boxes = everything(each_shell, QComboBox)
    wrong += [f"{one.accessibleName()} finds nothing" for one in boxes if not isinstance(one, ChoiceBox)]
    assert wrong == []
    assert len(seen) >= 8
    assert kinds >= KEPT
    assert kinds - {""} <= set(sheet_kinds())


KEPT = {"roster", "leave_slip", "weekly_note", "ledger_item", "appraisal_score", "calendar_year", "calendar_day"}
"""Kinds that have a list of their own, into which rows can be pasted."""


def _others(page: QWidget) -> Iterator[QAbstractItemView]:
    """Yield the lists and grids in sight that are none of ours and have no menu of their own."""
    for one in everything(page, QAbstractItemView):
        inside = isinstance(one, RecordTable | QHeaderView | QListWidget) or not one.isVisible()
        if not inside and one.contextMenuPolicy() is not Qt.ContextMenuPolicy.CustomContextMenu:
            yield one


def _otherwise(table: RecordTable, buttons: list[QAbstractButton]) -> Iterator[str]:
    """Yield the buttons of the bar below that carry a key of the list under another name than its menu."""
    for one in table.children():
        if isinstance(one, QShortcut) and len(keys := one.key().toString()) == 1:
            for button in buttons:
                bare = button.text().replace("（", "  ").replace("）", "").strip()
                if bare.endswith(f"  {keys}") and not bare.startswith(str(one.property("words"))):
                    yield f"{table.accessibleName()}: {button.text()} / {one.property('words')}"


def test_all_rows_are_copied_with_their_heads_also_where_one_is_worked_on_at_a_time(shell: Shell, qtbot: QtBot) -> None:
    table = _people(shell)
    give_keyboard(table, qtbot)
    for keys in (Qt.Key.Key_A, Qt.Key.Key_C):
        qtbot.keyClick(table, keys, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (lines[0].split("\t")[0], len(lines)) == ("姓名", 1 + len(table.rows_model.rows))
    lacks = next(one for one in everything(shell.page, RecordTable) if one.accessibleName() == "信息待补的人员")
    lacks.selectAll()
    assert len(lacks.chosen()) == len(lacks.rows_model.rows) > 1
    qtbot.keyClick(lacks, Qt.Key.Key_Down)
    assert len(lacks.chosen()) == 1


def test_one_person_is_shown_alone_and_everybody_again(shell: Shell, qtbot: QtBot) -> None:
    table = _people(shell)
    row = next(one for one in table.rows_model.rows if one.person.name == "乌云其木格")
    table.select(row.person.id)
    only = next(entry for group in table.acts.groups() for entry in group if entry.text == "只看乌云其木格")
    only.slot()
    assert ([one.person.name for one in table.rows_shown()], table.current()) == (["乌云其木格"], row)
    qtbot.keyClick(table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert len(table.rows_shown()) == len(table.rows_model.rows)
    only.slot()
    other = next(one for one in table.rows_model.rows if one is not row)
    table.select(other.person.id)
    assert table.current() == other, "a row that is wanted is shown"


def test_a_list_goes_into_a_workbook_with_numbers_and_dates(shell: Shell, tmp_path: Path) -> None:
    table = _people(shell)
    ways = ways_of(table)
    assert isinstance(ways, ListWays)
    ways.save_sheet(table)
    dialog = next(one for one in everything(shell, QFileDialog) if one.isVisible())
    assert Path(dialog.selectedFiles()[0]).name == "人员列表（2018年6月5日）.xlsx"
    path = tmp_path / "人员.xlsx"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if "姓名" in row)
    first = rows[rows.index(head) + 1]
    since = first[head.index("派驻起")]
    assert (first[head.index("姓名")], getattr(since, "year", None)) == ("白音", 2018)


COPIED = "姓名\t性别\t队内职务\t派驻时间\n苏日娜\t女\t队员\t2018-06-01\n李建国\t不详\t队员\t2018-06-01"


def test_rows_copied_in_excel_are_rehearsed_written_and_taken_back_at_once(shell: Shell, qtbot: QtBot) -> None:
    table = _people(shell)
    before = [one.person.name for one in table.rows_model.rows]
    QGuiApplication.clipboard().setText(COPIED)
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in everything(shell, PreviewDialog) if one.isVisible())
    assert [plan.label for plan in dialog.table.rows_model.rows] == ["新增", "需更正"]
    assert [one.person.name for one in table.rows_model.rows] == before
    dialog._accept()
    assert sorted(one.person.name for one in table.rows_model.rows) == sorted([*before, "苏日娜"])
    shell.page.undo()
    assert [one.person.name for one in table.rows_model.rows] == before


def test_who_only_looks_is_offered_nothing_that_writes(desk: Desk, qtbot: QtBot) -> None:
    office = office_of(desk)
    office.who = Signed("v", "查看人", frozenset({Role.VIEWER}))
    shell = Shell(ImmediateRunner(desk), office, DOORS)
    qtbot.addWidget(shell)
    shell.open_page("leave")
    table = next(one for one in everything(shell.page, RecordTable) if one.accessibleName() == "请假报备单列表")
    table.selectAll()
    entries = {entry.text: entry.why for group in table.acts.groups() for entry in group}
    assert "报备案" not in entries
    assert "打印" in entries
    assert (entries["打印这张表…"], entries["从 Excel、WPS 粘贴…"]) == ("", "您的身份不能登记")
    shell._may_close = True


def test_a_list_that_takes_no_rows_says_why(shell: Shell, qtbot: QtBot) -> None:
    shell.open_page("checks")
    table = next(one for one in everything(shell.page, RecordTable) if one.accessibleName() == "抽签记录")
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "抽签由程序当场抽取" in shell.page.message.sentence


LONG = "乌云其其格"


def _cut(table: RecordTable) -> Iterator[str]:
    """Yield the columns of names in which a long one is cut."""
    for at, column in enumerate(table.rows_model.columns):
        if column.is_person and (room := _room_for(table, at)) < table.fontMetrics().horizontalAdvance(LONG):
            yield f"{column.title} has {room} px"


def _room_for(table: RecordTable, at: int) -> int:
    """Return how many px a name has in a column once the long one is among those shown."""
    columns = table.rows_model.columns
    value = columns[at].value
    named = msgspec.structs.replace(columns[at], value=lambda row: LONG if row is None else value(row))
    table.rows_model.columns = tuple(named if place == at else _deaf(one) for place, one in enumerate(columns))
    table.rows_model.beginResetModel()
    table.rows_model._rows = (*table.rows_model.rows, None)
    table.rows_model.endResetModel()
    table._fit()
    width = table.columnWidth(at)
    table.rows_model.columns = columns
    table.replace_rows(table.rows_model.rows[:-1])
    return width - 16


def _deaf(column: Column) -> Column:
    value, sort = column.value, column.sort
    return msgspec.structs.replace(
        column,
        value=lambda row: "" if row is None else value(row),
        sort=(lambda row: "" if row is None else sort(row)) if sort else None,
        tone=None,
        ground=None,
    )
