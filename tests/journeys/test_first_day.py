"""A county's first day: from an empty folder to a correct printed slip, through the real window and its thread."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.firststarts import first_run, found_alone
from tests.ui.hands import type_chinese
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices
from tuopin_desktop.ui.pages.leave.picker import PersonPicker
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.start import Opening

MORNING = datetime(2018, 6, 4, 9, 0)
ROSTER = (
    ("2018年派驻干部花名册",),
    (),
    ("序号", "姓 名", "性别", "出生年月", "工作单位及职务", "级别", "驻旗县", "队内职务", "来源", "到岗时间"),
    (1, "乌云其其格", "女", "1964.03", "自治区农牧业厅副厅长", "副厅级", "翁牛特旗", "队长", "区直", "2018.6.1"),
    (2, "张　三", "男", "1972.11", "赤峰市财政局副局长", "处级", "翁牛特旗", "副队长", "盟市", "2018-06-01"),
    (3, "", "男", "1980.02", "旗扶贫办", "科级", "翁牛特旗", "队员", "旗县", "2018-06-01"),
    ("合计", "3人"),
)


@pytest.fixture
def opening(qapp: QApplication, tmp_path: Path) -> Iterator[Opening]:
    folder = tmp_path / "office"
    clock = FixedClock(MORNING)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    opening = Opening(qapp, lambda: offices.open_desk(folder, clock), settings)

    opening.ask_first(first_run(folder, clock=clock))
    yield opening
    opening.stop()
    if opening.setup.window is not None:
        opening.setup.window.hide()
    if opening.shell is not None:
        opening.shell.hide()
    qapp.setQuitOnLastWindowClosed(True)


def _activate(window: QWidget, qtbot: QtBot) -> None:
    """Do what a window manager does when a dialog closes."""
    with qtbot.waitActive(window):
        window.activateWindow()


def _focused(qtbot: QtBot, window: QWidget) -> QWidget:
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    widget = window.focusWidget()
    assert widget is not None
    return widget


def _founded(opening: Opening, qtbot: QtBot) -> Shell:
    assert opening.setup.window is not None
    found_alone(opening.setup.window, "wnt", "李秀英", qtbot)
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    _activate(opening.shell, qtbot)
    return opening.shell


def _import_roster(shell: Shell, folder: Path, qtbot: QtBot) -> None:
    book = openpyxl.Workbook()
    for row in ROSTER:
        book.active.append(row)
    book.save(folder / "花名册.xlsx")
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page: Any = shell.page
    page.exchange.rehearse(folder / "花名册.xlsx")
    qtbot.waitUntil(lambda: page.exchange.dialog is not None and page.exchange.dialog.isVisible())
    assert (page.exchange.dialog.preview.counts.new, page.exchange.dialog.preview.counts.rejected) == (2, 1)
    page.exchange.dialog._accept()
    qtbot.waitUntil(lambda: "导入完成" in page.message.sentence)
    qtbot.waitUntil(lambda: len(page.people.table.rows_model.rows) == 2)
    _activate(shell, qtbot)


def test_from_an_empty_folder_to_a_printed_slip(opening: Opening, tmp_path: Path, qtbot: QtBot) -> None:
    shell = _founded(opening, qtbot)
    assert "翁牛特旗" in shell.windowTitle()
    _import_roster(shell, tmp_path, qtbot)

    qtbot.keyClick(shell, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page: Any = shell.page
    qtbot.waitUntil(lambda: page.findChild(PersonPicker) is not None)
    picker = page.findChild(PersonPicker)
    qtbot.waitUntil(picker.search.hasFocus)
    qtbot.keyClicks(picker.search, "wyqqg")
    qtbot.waitUntil(lambda: len(picker.table.rows_model.rows) == 1)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.desk is not None and page.desk.isVisible())
    _activate(shell, qtbot)
    qtbot.waitUntil(lambda: page.desk is not None and page.desk.paper.cells["place"].hasFocus())
    for words in ("呼和浩特市", "6月5日至6月8日", "参加全区脱贫攻坚工作推进会。"):
        holder = _focused(qtbot, page.desk.paper)
        type_chinese(holder, words)
        qtbot.keyClick(holder, Qt.Key.Key_Tab)
    qtbot.keyClick(shell, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.message.sentence.startswith("已保存"))

    page.output.write_pdf([page.desk.slip().id], tmp_path / "报备单.pdf")
    qtbot.waitUntil((tmp_path / "报备单.pdf").exists)
    with pdfplumber.open(tmp_path / "报备单.pdf") as pdf:
        (paper,) = pdf.pages
        text = "".join(paper.extract_text().split())
    for words in (
        "附件1",
        "乌云其其格",
        "呼和浩特市",
        "2018年6月5日至",
        "参加全区脱贫攻坚工作推进会。",
        "赤峰市翁牛特旗",
    ):
        assert words in text
