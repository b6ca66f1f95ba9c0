"""Above the county attendance is looked at: nothing is written until one named team is opened to be edited."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.leaveteam import at
from tuopin_desktop.domain.attendance.codes import KEYS
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, Remark
from tuopin_desktop.services.attendance import keep, remarks
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance.bar import MENU
from tuopin_desktop.ui.pages.attendance.model import Cell
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

COUNTY = "150125"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(each_desk: Desk, qtbot: QtBot) -> Iterator[AttendancePage]:
    at(each_desk, date(2018, 6, 30), 10)
    asker = ImmediateRunner(each_desk)
    made = AttendancePage(asker, office_of(each_desk))
    asker.changed.connect(lambda _: made.refresh())
    qtbot.addWidget(made)
    made.resize(1190, 700)
    made.show()
    made.refresh()
    made.take_keyboard()
    yield made
    made.hide()


def everything_that_writes(page: AttendancePage) -> None:
    """Every key of a mark, every entry of the menu, a paste, the palette and the pointer."""
    page.grid.go_to(Cell(0, 4))
    for key in KEYS:
        QTest.keyClicks(page.grid, key)
    QGuiApplication.clipboard().setText("√\t√\n√\t√")
    QTest.keyClick(page.grid, Qt.Key.Key_V, CTRL)
    for _, _, command in MENU:
        if command and command not in ("slip", "year"):
            page.keyer.command(command)
    for one in page.marks.buttons.values():
        one.click()
        one.pressed_twice.emit()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=page.grid.viewport().rect().center())
    page.back()
    page.save()


def test_above_the_county_nothing_writes_until_a_team_is_named(page: AttendancePage, each_desk: Desk) -> None:
    """W40."""
    everything_that_writes(page)
    edit = Edit(f"{COUNTY}/q0", "2018-06", 11, "", "vw/vw")
    if page.office.scope == COUNTY:
        assert each_desk.store.rows(Attendance) != []
        assert not page.looking.isVisible()
        keep.keep(each_desk, [edit])
        return
    assert each_desk.store.rows(Attendance) == []
    assert (page.looking.isVisible(), page.marks.isVisible()) == (True, False)
    assert "只看" in page.message.sentence
    for team in ("", "150124"):
        with pytest.raises(Refused, match="考勤由旗县登记"):
            keep.keep(each_desk, [edit], team)
        with pytest.raises(Refused, match="考勤由旗县登记"):
            keep.explain(each_desk, f"{COUNTY}/q0", "2018-06", 4, "", "核对过", "note", team)
    assert not page.looking.edit.isEnabled(), "no team is chosen"
    page.open_month("2018-06", COUNTY)
    everything_that_writes(page)
    assert each_desk.store.rows(Attendance) == []
    page.looking.edit.click()
    assert "正在代武川县登记" in page.looking.text.text()
    page.grid.go_to(Cell(0, 4))
    QTest.keyClicks(page.grid, "v")
    page.save()
    (record,) = each_desk.store.rows(Attendance)
    assert record.d04 == "vw/vw"
    page.open_month("2018-05", COUNTY)
    assert page.keyer.shut == "", "the same team in another month"
    page.open_month("2018-05", "")
    page.open_month("2018-05", COUNTY)
    assert page.keyer.shut, "another team was looked at in between"


def test_a_remark_is_written_above_and_answered_in_the_county(page: AttendancePage, each_desk: Desk) -> None:
    page.open_month("2018-06", COUNTY if page.office.scope != COUNTY else "")
    page.grid.go_to(Cell(1, 12))
    if page.office.scope == COUNTY:
        with pytest.raises(Refused, match="直接修改"):
            remarks.write(each_desk, Remark(posting=f"{COUNTY}/q1", day=date(2018, 6, 12), text="请核对"))
        return
    page.looking.remark.click()
    dialog = page.remarks.dialog
    assert dialog is not None
    dialog.form.editors["text"].retype("当天在培训，登记为√，请核对")
    dialog.agree.click()
    (remark,) = each_desk.store.rows(Remark)
    assert (remark.id[:6], remark.posting, remark.day) == (COUNTY, f"{COUNTY}/q1", date(2018, 6, 12))
    assert "当天在培训" in page.panel.plain_text
    assert "没有答复" in page.panel.plain_text
    assert page.grid.look(1, 12).clash == "warn"
