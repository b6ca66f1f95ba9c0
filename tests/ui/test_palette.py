"""The palette of marks: everything the keys do the mouse does too, and what is filled, kept or a slip's stays."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.services.desks import changed
from tests.services.leaveteam import at
from tests.ui.hands import everything
from tests.ui.test_attendance import approve
from tuopin_desktop.domain.attendance.codes import MARKS, Mark
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.attendance.headers import small
from tuopin_desktop.ui.pages.attendance.model import Cell
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk: Desk, asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> Iterator[AttendancePage]:
    at(desk, date(2018, 6, 30), 10)
    office.today = date(2018, 6, 30)
    made = AttendancePage(asker, office)
    asker.changed.connect(lambda _: made.refresh())
    qtbot.addWidget(made)
    made.resize(1190, 700)
    made.show()
    made.refresh()
    made.take_keyboard()
    yield made
    made.hide()


def on_leave(desk: Desk) -> None:
    """曾国强 is away from 5 to 8 June, on a signed slip."""
    slip = approve(desk)
    registers.save(desk, changed(slip, returned="2018-06-09am", reported=date(2018, 6, 9)))


def middle(page: AttendancePage, row: int, number: int) -> QPoint:
    return page.grid.visualRect(page.model.index(row, number - 1)).center()


def click(page: AttendancePage, row: int, number: int) -> None:
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=middle(page, row, number))


def choose(page: AttendancePage, rows: tuple[int, int], numbers: tuple[int, int]) -> None:
    whole = QItemSelection(page.model.index(rows[0], numbers[0] - 1), page.model.index(rows[1], numbers[1] - 1))
    page.grid.setCurrentIndex(page.model.index(rows[0], numbers[0] - 1))
    page.grid.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def drag(page: AttendancePage, row: int, numbers: tuple[int, int]) -> None:
    viewport = page.grid.viewport()
    QTest.mousePress(viewport, LEFT, pos=middle(page, row, numbers[0]))
    QTest.mouseMove(viewport, middle(page, row, numbers[1]))
    QTest.mouseRelease(viewport, LEFT, pos=middle(page, row, numbers[1]))


def faces(page: AttendancePage, row: int) -> list[str]:
    return [str(page.model.index(row, column).data()) for column in range(len(page.model.days))]


def by_mouse(page: AttendancePage, mark: Mark, part: str) -> tuple[str, str]:
    click(page, 0, 4)
    QTest.mouseClick(page.marks.parts[part], LEFT)
    QTest.mouseClick(page.marks.buttons[mark.code], LEFT)
    came = str(page.model.index(0, 3).data()), page.keyer.undo.undoText()
    QTest.mouseClick(page.marks.parts["day"], LEFT)
    page.keyer.command("undo")
    return came


def by_keys(page: AttendancePage, mark: Mark, part: str) -> tuple[str, str]:
    page.grid.go_to(Cell(0, 4))
    QTest.keyClicks(page.grid, {"day": "", "am": ",", "pm": "."}[part] + mark.keys[0].lower())
    came = str(page.model.index(0, 3).data()), page.keyer.undo.undoText()
    QTest.keyClick(page.grid, Qt.Key.Key_Z, CTRL)
    return came


def test_every_mark_and_half_is_set_by_the_mouse_alone_and_by_keys_alone_with_the_same_words(
    page: AttendancePage,
) -> None:
    """W38."""
    for mark in MARKS:
        for part, face in (("day", mark.sign), ("am", f"{mark.sign}/-"), ("pm", f"-/{mark.sign}")):
            came = by_mouse(page, mark, part)
            assert came == by_keys(page, mark, part)
            assert came[0] == face
            assert mark.label in came[1]
    assert faces(page, 0)[3] == ""
    QTest.mouseClick(page.marks.month, LEFT)
    month = page.keyer.undo.undoText()
    page.keyer.command("undo")
    QTest.keyClicks(page.grid, "w")
    assert page.keyer.undo.undoText() == month


def test_a_mark_clicked_twice_sticks_to_the_pointer_paints_and_is_dropped_by_esc(page: AttendancePage) -> None:
    click(page, 0, 4)
    QTest.mouseClick(page.marks.buttons["hw"], LEFT)
    QTest.mouseDClick(page.marks.buttons["hw"], LEFT)
    assert faces(page, 0)[3] == "", "the first of the two clicks filled nothing in the end"
    drag(page, 1, (11, 14))
    assert faces(page, 1)[10:14] == ["户"] * 4
    assert page.keyer.undo.count() == 1
    click(page, 2, 11)
    assert faces(page, 2)[10] == "户"
    page.back()
    drag(page, 2, (12, 14))
    assert faces(page, 2)[11:14] == ["", "", ""]
    page.grid.clearSelection()
    QTest.mouseClick(page.marks.buttons["cw"], LEFT)
    click(page, 3, 11)
    assert faces(page, 3)[10] == "○", "with nothing chosen one click is enough"


def test_a_fill_of_eighty_nine_marks_changes_only_what_is_empty(page: AttendancePage) -> None:
    """W41; a half that is empty beside one that is filled is filled."""
    page.marks.rest.setChecked(False)
    page.grid.go_to(Cell(0, 1))
    QTest.keyClicks(page.grid, "h,q")
    choose(page, (0, 2), (1, 29))
    page.keyer.command("next")
    choose(page, (1, 2), (5, 6))
    QTest.keyClicks(page.grid, "c")
    before = [faces(page, row) for row in range(3)]
    choose(page, (0, 2), (1, 30))
    QTest.keyClicks(page.grid, "v")
    after = [faces(page, row) for row in range(3)]
    assert after[0][:3] == ["户", "○/√", "√"]
    for line, new in zip(before, after, strict=True):
        assert all(was in ("", now, "○/-") for was, now in zip(line, new, strict=True))
    assert page.keyer.undo.undoText() == "填写√驻村工作（85格）"
    assert "6格已有登记，未动" in page.marks.account.text()


def test_filling_over_what_is_filled_is_asked_once(page: AttendancePage) -> None:
    choose(page, (0, 0), (4, 8))
    QTest.keyClicks(page.grid, "v")
    page.marks.filled.setChecked(False)
    QTest.keyClicks(page.grid, "h")
    (asked,) = everything(page, QMessageBox)
    assert "5格已有登记" in asked.text()
    assert faces(page, 0)[3] == "√"
    next(one for one in asked.buttons() if "改成新的" in one.text()).click()
    assert faces(page, 0)[3:8] == ["户"] * 5
    QTest.keyClicks(page.grid, "q")
    assert faces(page, 0)[3:8] == ["○"] * 5


def test_the_whole_month_is_one_key_and_spares_slips_and_days_to_come(page: AttendancePage, desk: Desk) -> None:
    on_leave(desk)
    at(desk, date(2018, 6, 14), 10)
    page.office.today = date(2018, 6, 14)
    page.refresh()
    page.grid.go_to(Cell(0, 4))
    QTest.keyClicks(page.grid, "w")
    assert faces(page, 0)[:15] == ["√", "休", "休", *"√√√√√", "休", "休", *"√√√√", ""]
    assert faces(page, 3)[3:9] == ["√", "假", "假", "假", "假", "休"]
    assert page.keyer.undo.count() == 1
    assert "以报备单为准" in page.message.sentence
    assert "撤销" in page.message.newest.buttons[0].text()  # type: ignore[union-attr] # it was just said
    page.message.newest.buttons[0].click()  # type: ignore[union-attr] # as above
    assert faces(page, 0)[:5] == [""] * 5
    choose(page, (1, 1), (3, 4))
    page.keyer.command("month")
    assert (faces(page, 0)[3], faces(page, 1)[3]) == ("", "√"), "of those who are chosen"


def test_last_week_is_carried_on_and_a_slip_is_not_copied(page: AttendancePage, desk: Desk) -> None:
    on_leave(desk)
    page.refresh()
    choose(page, (3, 3), (4, 4))
    QTest.keyClicks(page.grid, "q")
    choose(page, (3, 3), (11, 29))
    QTest.mouseClick(page.marks.week, LEFT)
    assert [faces(page, 3)[number - 1] for number in (11, 12, 18, 25, 26)] == ["○", "", "", "○", ""], "18 is a holiday"


def test_the_panel_tells_of_the_cell_as_it_is_after_every_fill(page: AttendancePage) -> None:
    """W42."""
    choose(page, (0, 1), (4, 8))

    def right() -> bool:
        line, number = page.model.lines[page.grid.currentIndex().row()], page.grid.currentIndex().column() + 1
        return f"{number}日" in page.panel.plain_text and line.day_text(number) in page.panel.plain_text

    for way in ("v", "w", "x"):
        QTest.keyClicks(page.grid, way)
        assert right(), way
    page.marks.filled.setChecked(False)
    QTest.mouseClick(page.marks.buttons["or"], LEFT)
    for asked in everything(page, QMessageBox):
        next(one for one in asked.buttons() if "改成新的" in one.text()).click()
    assert right()
    page.keyer.command("undo")
    assert right()
    page.save()
    assert right()
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert right()
    assert "计入" in page.panel.plain_text


def test_no_name_is_cut_at_any_size_nor_with_large_letters(qapp: QApplication, each_desk: Desk, qtbot: QtBot) -> None:
    """W39."""
    person = each_desk.store.rows(Person)[0]
    registers.save(each_desk, changed(person, name="乌云其其格勒图"))
    for factor, width, height in ((1.0, 1366, 728), (1.0, 1093, 582), (theme.LARGE, 1366, 728)):
        theme.set_size(qapp, factor)
        try:
            shell = Shell(ImmediateRunner(each_desk), office_of(each_desk), DOORS)
            qtbot.addWidget(shell)
            shell.resize(width, height)
            shell.show()
            shell.open_page("attendance")
            page = shell.page
            assert isinstance(page, AttendancePage)
            page.open_month("2018-07", "")
            names = page.grid._names
            room = names.name_rect(QRect(0, 0, names.width(), 30)).width()
            for line in page.model.lines:
                post = "副队长" if names.posts else ""
                needed = QFontMetrics(names.font()).horizontalAdvance(line.row.name)
                assert needed + QFontMetrics(small(names.font())).horizontalAdvance(post) <= room, line.row.name
            qapp.processEvents()
            assert page.grid.horizontalScrollBar().maximum() == 0, "31 days fit"
            assert shell.width() == width
            shell._may_close = True
            shell.hide()
        finally:
            theme.set_size(qapp, 1.0)


def test_a_reason_is_noted_on_any_day_and_explains_no_contradiction_that_comes_later(
    page: AttendancePage, desk: Desk
) -> None:
    page.grid.go_to(Cell(3, 5))
    QTest.keyClicks(page.grid, "q")
    page.grid.go_to(Cell(3, 5))
    page.save()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.panel.note.hasFocus()
    page.panel.note.setText("在旗县开会")
    QTest.keyClick(page.panel.note, Qt.Key.Key_Return)
    assert "在旗县开会" in page.panel.plain_text
    on_leave(desk)
    page.refresh()
    assert page.grid.look(3, 5).clash == "bad", "the slip came after the reason was given"


def test_a_reason_that_is_typed_and_left_is_kept(page: AttendancePage) -> None:
    page.grid.go_to(Cell(3, 5))
    QTest.keyClicks(page.grid, "q")
    page.grid.go_to(Cell(3, 5))
    page.save()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    QTest.keyClicks(page.panel.note, "kaihui")
    QTest.keyClick(page.panel.note, Qt.Key.Key_Escape)
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert not page.panel.note.text()
    QTest.keyClick(page.grid, Qt.Key.Key_Left)
    assert page.panel.note.text() == "kaihui"
    assert "kaihui" in page.panel.plain_text


def test_a_week_that_lies_in_the_month_before_is_said(page: AttendancePage) -> None:
    choose(page, (3, 3), (1, 2))
    QTest.mouseClick(page.marks.week, LEFT)
    assert "上个月" in page.marks.account.text()
