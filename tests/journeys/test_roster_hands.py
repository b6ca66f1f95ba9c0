"""A messy roster of three hundred rows to saved people: every key and click counted, and the time they take a clerk.

The seconds are those of the keystroke-level model (Card, Moran and Newell 1980), for somebody who types by no means
fast: a key 0.28, a click 1.7 (the hand to the mouse, the pointer to its aim, the button), a drag two clicks, a decision
1.35. Chinese costs four keys a character (the letters of its pinyin) and one to take the word. To read what a question
or a red row says costs 3.0 on top. The program's own time is counted as it was measured.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter

import openpyxl
import pytest
from openpyxl.styles import Font
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, type_chinese
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.sheets.rehearsal import PreviewDialog

MOST_SECONDS = 90
KEY, CLICK, DECISION, READING = 0.28, 1.7, 1.35, 3.0
LETTERS = 4
PEOPLE = 300
FAMILY, GIVEN, LAST = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "建国志文春秋晓海玉德", "军明华平英"
WRONG = {
    20: (3, "汉簇", "汉族"),
    57: (2, "南", "男"),
    88: (6, "2018-15-31", "2018-5-31"),
    121: (3, "不祥", "蒙古族"),
    154: (5, "对员", "队员"),
    199: (2, "nv", "女"),
    233: (6, "二0一八年五", "2018-5-31"),
    281: (5, "", "队员"),
}
"""What is wrong in a row of the three hundred: the column, the words, and the right ones."""


class Hands:
    """What a clerk does, and the seconds it takes."""

    def __init__(self) -> None:
        self.keys = self.clicks = 0
        self.seconds = 0.0

    def click(self, count: int = 1) -> None:
        self.clicks += count
        self.seconds += CLICK * count

    def read(self) -> None:
        self.seconds += DECISION + READING

    def press(self, count: int) -> None:
        self.keys += count
        self.seconds += KEY * count


def _name(number: int) -> str:
    return FAMILY[number % 20] + GIVEN[number // 20 % 10] + LAST[number // 200 % 5] + ("林" if number % 2 else "")


def _book(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["翁牛特旗脱贫攻坚工作队花名册"])
    sheet.append(["填报单位：翁牛特旗", None, None, None, None, None, "2018年6月"])
    sheet.append(["序号", "姓 名*", "性别\n（男/女）", "民  族", "派出单位（全称）", "队内职务", "派驻时间"])
    for number in range(PEOPLE):
        if number % 60 == 0:
            sheet.append([f"第{number // 60 + 1}组"])
        line = [number + 1, _name(number), "女" if number % 3 else "男", "汉", "自治区水利厅", "队员", "18.5.31"]
        if number % 50 == 7:
            line[4] = "同上"
        if number in WRONG:
            place, words, _ = WRONG[number]
            line[place] = words
        sheet.append(line)
        if number == 140:
            for cell in sheet[sheet.max_row]:
                cell.font = Font(strike=True)
    sheet.append(["合计", None, None, None, f"{PEOPLE}人"])
    sheet.append(["填表人：赵甲一", None, "审核：钱乙"])
    book.save(path)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(datetime(2018, 6, 4, 9, 0))
    offices.create(tmp_path / "office", level="county", county="150426", clerk="李秀英", clock=clock)
    opened = offices.open_desk(tmp_path / "office", clock)
    yield opened
    opened.close()


def _write(dialog: PreviewDialog, hands: Hands, qtbot: QtBot, words: str) -> None:
    """Write over what stands in the line that has the keyboard, and go on."""
    line = dialog.mend.text
    assert line.selectedText() == line.text(), "whoever types writes over it"
    if words.isascii():
        qtbot.keyClicks(line, words)
        hands.press(len(words))
    else:
        line.del_()
        type_chinese(line, words)
        hands.press(LETTERS * len(words) + 1)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    hands.press(1)


def test_a_messy_roster_of_three_hundred_is_saved_in_ninety_seconds_of_a_clerk(
    desk: Desk, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    page = RosterPage(ImmediateRunner(desk), office_of(desk))
    qtbot.addWidget(page)
    book, hands = _book(tmp_path / "花名册.xlsx"), Hands()
    begin = perf_counter()
    hands.click(2)  # the file is dragged onto the list
    page.exchange.rehearse(book)
    asked = page.exchange.dialog
    assert asked is not None
    hands.read()
    hands.click()
    button(asked, "不导入").click()
    dialog = page.exchange.dialog
    assert dialog is not None
    assert dialog is not asked
    hands.read()  # the counts, and what was left out
    for place, words, right in WRONG.values():
        current = dialog.table.current()
        assert str(current.row.raw[place] or "") == words
        hands.read()
        _write(dialog, hands, qtbot, right)
    assert dialog.preview.counts.rejected == 0
    hands.read()
    hands.press(1)
    button(dialog, f"确认导入 {PEOPLE - 1} 行").click()
    hands.seconds += perf_counter() - begin
    assert len(desk.store.rows(Person)) == PEOPLE - 1
    assert hands.seconds <= MOST_SECONDS, (hands.seconds, hands.keys, hands.clicks)
    assert (hands.keys, hands.clicks) <= (90, 3)
