"""The month grid: keys set marks, a gesture is one step, nothing is written over or lost, every colour is explained."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.services.desks import changed
from tests.services.leaveteam import at
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Attendance, LeaveSlip, Posting
from tuopin_desktop.services.attendance import keep, monthbooks
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.attendance.model import TOTALS, WITHOUT, Cell
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

COUNTY = "150125"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> Iterator[AttendancePage]:
    made = AttendancePage(asker, office)
    asker.changed.connect(lambda _: made.refresh())
    qtbot.addWidget(made)
    made.resize(1270, 700)
    made.show()
    made.refresh()
    made.take_keyboard()
    yield made
    made.hide()


@pytest.fixture
def month_end(desk: Desk) -> None:
    """The last day of the month that is keyed: days to come are not."""
    at(desk, date(2018, 6, 30), 10)


def go(page: AttendancePage, row: int, number: int) -> None:
    page.grid.go_to(Cell(row, number))


def choose(page: AttendancePage, rows: tuple[int, int], numbers: tuple[int, int]) -> None:
    whole = QItemSelection(page.model.index(rows[0], numbers[0] - 1), page.model.index(rows[1], numbers[1] - 1))
    page.grid.setCurrentIndex(page.model.index(rows[0], numbers[0] - 1))
    page.grid.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def shown(page: AttendancePage, row: int, number: int) -> Any:
    return page.model.index(row, number - 1).data()


def stored(desk: Desk, row: int, name: str) -> str:
    record = desk.store.get(Attendance, f"{COUNTY}/q{row}/2018-06")
    return str(getattr(record, name)) if record else ""


def said(page: AttendancePage) -> str:
    return page.keyer.sentence.text()


def approve(desk: Desk) -> LeaveSlip:
    """Print and sign the kept slip of 曾国强, 5 to 8 June."""
    slip = desk.store.rows(LeaveSlip)[0]
    leavedesk.printed(desk, [slip.id])
    for role, name in (("secretary", "书记"), ("leader", "白音")):
        leavedesk.sign(desk, slip.id, role, name, desk.today())
    return slip


def test_the_model_is_sound(page: AttendancePage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.model)


def test_everyone_is_listed_and_an_empty_month_says_what_is_missing(page: AttendancePage) -> None:
    assert [line.row.name for line in page.model.lines] == ["白音", "乌云其木格", "龚彧", "曾国强"]
    assert [page.model.total(0, place) for place in range(len(TOTALS))] == ["0/20", "", "", "", "", "5"]


def test_the_input_method_stays_off_whatever_cell_is_current(page: AttendancePage) -> None:
    for row, number in ((0, 1), (2, 30)):
        go(page, row, number)
        assert not page.grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert not page.grid.viewport().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert not page.model.flags(page.grid.currentIndex()) & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize(
    ("key", "code"), [("v", "vw"), (" ", "vw"), ("h", "hw"), ("5", "cw"), ("j", "ol"), ("0", "on"), ("?", "o?")]
)
def test_a_key_marks_the_day_goes_on_and_keeps_itself(
    page: AttendancePage, desk: Desk, qtbot: QtBot, key: str, code: str
) -> None:
    go(page, 0, 1)
    qtbot.keyClicks(page.grid, key)
    assert page.grid.currentIndex().column() == 1
    assert page.unsaved() == "考勤1格"
    qtbot.waitUntil(lambda: page.unsaved() == "")
    assert stored(desk, 0, "d01") == f"{code}/{code}"
    assert "已自动保存 10:21" in page._state.text()


def test_a_comma_before_a_key_marks_the_morning_only_a_full_stop_the_afternoon(
    page: AttendancePage, qtbot: QtBot
) -> None:
    go(page, 0, 1)
    qtbot.keyClicks(page.grid, ",v")
    go(page, 0, 1)
    qtbot.keyClicks(page.grid, ".j")
    assert shown(page, 0, 1) == "√/假"
    go(page, 0, 2)
    qtbot.keyClicks(page.grid, ",")
    page.back()
    qtbot.keyClicks(page.grid, "q")
    assert shown(page, 0, 2) == "○"


@pytest.mark.usefixtures("month_end")
def test_one_key_fills_people_and_days_as_one_step_and_spares_rest_days(page: AttendancePage, qtbot: QtBot) -> None:
    choose(page, (0, 1), (1, 10))
    qtbot.keyClicks(page.grid, "v")
    assert [shown(page, 1, number) for number in range(1, 11)] == ["√", "", "", "√", "√", "√", "√", "√", "", ""]
    assert said(page) == "填写√驻村工作（12格）；8个休息日未填"
    assert page.keyer.undo.count() == 1
    qtbot.keyClick(page.grid, KEY.Key_X, SHIFT)
    assert [shown(page, 1, number) for number in (1, 2, 3, 4, 9)] == ["√", "休", "休", "√", "休"]
    qtbot.keyClick(page.grid, KEY.Key_Z, CTRL)
    assert (shown(page, 1, 2), shown(page, 1, 4)) == ("", "√")
    assert said(page) == "已撤销：填写休休息，在旗县（8格）"
    qtbot.keyClick(page.grid, KEY.Key_Z, CTRL)
    assert shown(page, 0, 1) == ""
    qtbot.keyClick(page.grid, KEY.Key_Y, CTRL)
    assert shown(page, 0, 1) == "√"


def test_a_step_taken_back_after_it_was_stored_is_taken_back_there_too(
    page: AttendancePage, desk: Desk, qtbot: QtBot
) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "v")
    page.save()
    assert stored(desk, 0, "d04") == "vw/vw"
    qtbot.keyClick(page.grid, KEY.Key_Z, CTRL)
    page.save()
    assert stored(desk, 0, "d04") == ""


@pytest.mark.usefixtures("month_end")
def test_filling_down_right_and_from_before(page: AttendancePage, qtbot: QtBot) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "vqhx")
    choose(page, (0, 2), (4, 7))
    qtbot.keyClick(page.grid, KEY.Key_D, CTRL)
    assert [shown(page, 2, number) for number in (4, 5, 6, 7)] == ["√", "○", "户", "休"]
    choose(page, (0, 0), (6, 8))
    qtbot.keyClick(page.grid, KEY.Key_R, CTRL)
    assert shown(page, 0, 8) == "户"
    choose(page, (1, 1), (11, 12))
    qtbot.keyClick(page.grid, KEY.Key_W, CTRL | SHIFT)
    assert [shown(page, 1, number) for number in (11, 12)] == ["√", "○"]
    go(page, 1, 13)
    qtbot.keyClick(page.grid, KEY.Key_D, CTRL | SHIFT)
    assert shown(page, 1, 13) == "○"


@pytest.mark.usefixtures("month_end")
def test_what_is_copied_is_what_excel_takes_and_what_it_gives_is_read_cell_by_cell(
    page: AttendancePage, qtbot: QtBot
) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "v,q")
    choose(page, (0, 0), (4, 6))
    qtbot.keyClick(page.grid, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "√\t○/-\t"
    QGuiApplication.clipboard().setText("驻村\t×\t假/√\r\n\t休\t")
    go(page, 1, 11)
    qtbot.keyClick(page.grid, KEY.Key_V, CTRL)
    assert [shown(page, 1, number) for number in (11, 12, 13)] == ["", "", ""], "shown first, written when agreed to"
    agree_to_paste(page, bad=1)
    assert [shown(page, 1, number) for number in (11, 12, 13)] == ["√", "", "假/√"]
    assert [shown(page, 2, number) for number in (11, 12, 13)] == ["", "休", ""]
    assert said(page).endswith("1格看不懂，没有填")
    assert "乌云其木格 12日：“×”不是考勤符号" in page.panel.plain_text
    QGuiApplication.clipboard().setText("○")
    choose(page, (0, 3), (20, 21))
    qtbot.keyClick(page.grid, KEY.Key_V, CTRL)
    agree_to_paste(page)
    assert {shown(page, row, number) for row in range(4) for number in (20, 21)} == {"○"}
    QGuiApplication.clipboard().setText("○\t○")
    go(page, 3, 30)
    qtbot.keyClick(page.grid, KEY.Key_V, CTRL)
    agree_to_paste(page, bad=1)
    assert "超出表格范围" in page.panel.plain_text


def agree_to_paste(page: AttendancePage, bad: int = 0) -> None:
    dialog = page.keyer.pasting
    assert dialog is not None
    assert sum(bool(one.why) for one in dialog.table.rows_model.rows) == bad
    dialog.agree.click()


@pytest.mark.usefixtures("month_end")
def test_a_block_with_names_and_days_goes_where_it_belongs_wherever_the_keyboard_is(
    page: AttendancePage, qtbot: QtBot
) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "v")
    choose(page, (0, 1), (4, 5))
    qtbot.keyClick(page.grid, KEY.Key_C, CTRL | SHIFT)
    names = [line.row.name for line in page.model.lines]
    assert QGuiApplication.clipboard().text() == f"姓名\t4\t5\n{names[0]}\t√\t\n{names[1]}\t\t"
    QGuiApplication.clipboard().setText(f"姓名\t职务\t12日\t11日\t4月13日\n{names[2]}\t队员\t○\t√\t√\n陌生人\t队员\t√")
    go(page, 0, 20)
    qtbot.keyClick(page.grid, KEY.Key_V, CTRL)
    agree_to_paste(page, bad=2)
    assert [shown(page, 2, number) for number in (11, 12, 13)] == ["√", "○", ""]
    assert all(word in page.panel.plain_text for word in ("陌生人", "表头写的是4月"))
    page.keyer.command("undo")
    assert [shown(page, 2, number) for number in (11, 12)] == ["", ""]


def test_delete_clears_and_the_next_empty_day_is_found(page: AttendancePage, qtbot: QtBot) -> None:
    choose(page, (0, 3), (1, 5))
    page.marks.rest.setChecked(False)
    qtbot.keyClicks(page.grid, "q")
    qtbot.keyClicks(page.grid, "n")
    assert said(page) == "到今天为止没有空格"
    go(page, 2, 3)
    qtbot.keyClick(page.grid, KEY.Key_Delete)
    go(page, 3, 4)
    qtbot.keyClicks(page.grid, "n")
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (2, 2)


def test_slips_lie_over_the_month_a_mark_against_one_shows_both_sides_and_asks_why(
    page: AttendancePage, desk: Desk, qtbot: QtBot
) -> None:
    approve(desk)
    page.refresh()
    assert [shown(page, 3, number) for number in (4, 5, 8, 9)] == ["", "假", "假", ""]
    assert page.grid.look(3, 5).papers == (True, True)
    go(page, 3, 5)
    qtbot.keyClicks(page.grid, "v")
    assert (shown(page, 3, 5), page.grid.currentIndex().column()) == ("假", 5), (
        "the slip's word stands; the hand goes on"
    )
    assert "按报备单，没有填" in page.message.sentence
    go(page, 3, 5)
    qtbot.keyClicks(page.grid, "tv")
    assert page.grid.currentIndex().column() == 4, "stays, because it asks"
    assert page.grid.look(3, 5).clash == "bad"
    assert "全天：考勤登记在旗县，报备单2018-0001说已外出" in page.panel.plain_text
    assert "嘎查村工作（手工登记）" in page.panel.plain_text
    page.save()
    qtbot.keyClick(page.grid, KEY.Key_Return)
    assert page.panel.note.hasFocus()
    page.panel.note.setText("当日未走成")
    qtbot.keyClick(page.panel.note, KEY.Key_Return)
    assert page.grid.look(3, 5).clash == "warn"
    (note,) = registers.rows(desk, "explanation")
    assert (note.words, note.posting) == ("当日未走成", f"{COUNTY}/q2")  # type: ignore[attr-defined]  # an explanation
    choose(page, (3, 3), (4, 9))
    qtbot.keyClicks(page.grid, "q")
    assert [shown(page, 3, number) for number in (4, 5, 6, 8)] == ["○", "√", "假", "假"], "papers are spared"
    assert "以报备单为准" in said(page)
    qtbot.keyClicks(page.grid, "b")
    assert [shown(page, 3, number) for number in (4, 5, 6)] == ["○", "假", "假"]


def test_every_total_unfolds_to_its_rule_its_article_its_sums_and_its_settings(
    page: AttendancePage, desk: Desk, qtbot: QtBot
) -> None:
    page.unfolder.show(0, len(page.model.days))
    words = page.panel.plain_text
    assert "第九条" in words
    assert "每月在派驻旗县（市、区）工作不少于 20 天" in words
    assert "计入 0 个半天 ÷ 2 = 0 天" in words
    assert "口径：" in words
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "k")
    page.save()
    page.unfolder.show(0, WITHOUT)
    assert "第十六条" in page.panel.plain_text
    assert page.model.total(0, WITHOUT) == "1"


def test_the_name_opens_the_year_and_a_month_of_it_opens_that_month(page: AttendancePage, qtbot: QtBot) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "vy")
    assert not page.panel.strip.isHidden()
    assert "2018年" in page.panel.plain_text
    qtbot.keyClick(page.panel.strip, KEY.Key_Return)
    assert page.month == "2018-01"
    assert "没有派驻人员" in page._state.text()
    assert "登记派驻" in page.panel.plain_text
    page.bar.turn(1)
    assert page.month == "2018-02"


def test_what_was_keyed_goes_along_when_the_month_or_the_page_is_left(
    page: AttendancePage, desk: Desk, qtbot: QtBot
) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "v")
    page.open_month("2018-07", "")
    assert stored(desk, 0, "d04") == "vw/vw"
    page.open_month("2018-06", "")
    go(page, 0, 5)
    qtbot.keyClicks(page.grid, "v")
    page.hide()
    assert stored(desk, 0, "d05") == "vw/vw"


def test_what_could_not_be_stored_waits_and_is_stored_with_the_next_try(
    page: AttendancePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Trouble("磁盘已满，考勤没有保存。请清理磁盘后继续。")

    commit = desk.commit
    monkeypatch.setattr(desk, "commit", full)
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "v")
    page.save()
    assert page.unsaved() == "考勤1格"
    assert "磁盘已满" in page.message.sentence
    assert shown(page, 0, 4) == "√"
    monkeypatch.setattr(desk, "commit", commit)
    page.save()
    assert (page.unsaved(), stored(desk, 0, "d04")) == ("", "vw/vw")


def test_a_day_changed_elsewhere_meanwhile_is_not_written_over(page: AttendancePage, desk: Desk, qtbot: QtBot) -> None:
    go(page, 0, 4)
    qtbot.keyClicks(page.grid, "v")
    keep.keep(desk, [Edit(f"{COUNTY}/q0", "2018-06", 4, "", "cw/cw")])
    page.save()
    assert stored(desk, 0, "d04") == "cw/cw"
    assert "白音6月4日已被别处改为“○”，没有用您填的“√”覆盖" in page.message.sentence
    assert shown(page, 0, 4) == "○"


def test_days_out_of_post_cannot_be_keyed_and_say_why(page: AttendancePage, desk: Desk, qtbot: QtBot) -> None:
    posting = desk.store.get(Posting, f"{COUNTY}/q0")
    registers.save(desk, changed(posting, since=date(2018, 6, 3)))
    page.refresh()
    go(page, 0, 2)
    qtbot.keyClicks(page.grid, "v")
    assert shown(page, 0, 2) == ""
    assert "派驻起2018-06-03之前" in page.message.sentence
    assert page.unsaved() == ""


@pytest.fixture
def unknown_year(desk: Desk) -> None:
    """A day of a year whose notice of holidays is not out."""
    at(desk, date(2029, 3, 31), 10)


@pytest.mark.usefixtures("unknown_year")
def test_an_unknown_year_is_said_and_can_be_keyed(page: AttendancePage, qtbot: QtBot) -> None:
    page.open_month("2029-03", "")
    assert "2029年放假安排尚未登记" in page._notice.text()
    assert not page._notice.isHidden()
    assert "节假日未登记" in page._state.text()
    go(page, 0, 1)
    qtbot.keyClicks(page.grid, "v")
    assert shown(page, 0, 1) == "√", said(page)


def test_below_a_day_stands_the_number_the_printed_book_has(page: AttendancePage, desk: Desk, qtbot: QtBot) -> None:
    """People who rest in the county are no working ones: the rest days said 2 on screen and 0 on paper."""
    choose(page, (0, 1), (1, 10))
    qtbot.keyClicks(page.grid, "v")
    qtbot.keyClick(page.grid, KEY.Key_X, SHIFT)
    go(page, 0, 5)
    qtbot.keyClicks(page.grid, ",j")
    qtbot.waitUntil(lambda: page.unsaved() == "")
    printed = [sum(map(int, pair)) / 2 for pair in monthbooks.month_book(desk, "2018-06").presence]
    assert [page.model.present(day.date.day) for day in page.model.days] == printed
    assert printed[:5] == [2, 0, 0, 2, 1.5]


def test_a_day_to_come_counts_nobody_until_somebody_is_entered(page: AttendancePage) -> None:
    last = len(page.model.days)
    assert (page.model.present_words(1), page.model.present_words(last)) == ("0", "")
    page.model.write([(page.model.lines[0].row.posting.id, last, "vw/vw")])
    assert page.model.present_words(last) == "1"
