"""Excel in and out: a rehearsed import that shows every row and cell, and writes only when confirmed."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, words
from tuopin_desktop.domain.intake import Status
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.services.sheets.plans import Preview
from tuopin_desktop.ui.pages.leave import steps
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Ticket
from tuopin_desktop.ui.sheets.reading import ReadingDialog
from tuopin_desktop.ui.sheets.rehearsal import PreviewDialog
from tuopin_desktop.ui.sheets.transfer import Exchange, save_export, save_rejects, save_template
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.table import GROUND

HEADING = ("姓名", "性别", "民族", "派出单位", "职级", "派驻旗县", "队内职务", "来源", "派驻起")
GOOD = ("钱学军", "男", "汉", "自治区水利厅", "科级", "武川县", "队员", "旗县", "2018-05-31")
BAD = ("严凤英", "女", "火星族", "自治区水利厅", "科级", "武川县", "队员", "旗县", "2018-05-31")


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> RosterPage:
    made = RosterPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in (HEADING, GOOD, BAD):
        sheet.append(line)
    workbook.save(tmp_path / "花名册.xlsx")
    return tmp_path / "花名册.xlsx"


@pytest.fixture
def dialog(page: RosterPage, book: Path) -> PreviewDialog:
    page.exchange.rehearse(book)
    assert page.exchange.dialog is not None
    return page.exchange.dialog


def _names(desk: Desk) -> set[str]:
    return {item.person.name for item in roster.people(desk)}


def test_nothing_is_written_before_it_is_confirmed(dialog: PreviewDialog, desk: Desk) -> None:
    assert [plan.label for plan in dialog.table.rows_model.rows] == ["新增", "需更正"]
    dialog.reject()
    assert "钱学军" not in _names(desk)


@pytest.mark.parametrize("numbering", ["序号", "编号", "No.", "№"])
def test_a_column_that_only_counts_the_rows_is_not_worth_a_word(
    page: RosterPage, tmp_path: Path, numbering: str
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in ((numbering, *HEADING, "爱好"), (1, *GOOD, "下棋")):
        sheet.append(line)
    workbook.save(tmp_path / "花名册.xlsx")
    page.exchange.rehearse(tmp_path / "花名册.xlsx")
    dialog = page.exchange.dialog
    assert dialog is not None
    assert [text for text in words(dialog) if "没有对应项目" in text] == ["没有对应项目的列不导入：爱好"]
    dialog.reject()


def test_confirming_writes_the_good_rows_and_says_the_counts(
    dialog: PreviewDialog, page: RosterPage, desk: Desk
) -> None:
    dialog._accept()
    assert "钱学军" in _names(desk)
    assert "严凤英" not in _names(desk)
    assert page.message.sentence == "导入完成：新增1行，更新0行，无变化0行，需更正1行"
    page.refresh()
    assert "钱学军" in {item.person.name for item in page.people.table.rows_model.rows}


def test_every_cell_shows_how_it_was_understood(dialog: PreviewDialog, qtmodeltester: ModelTester) -> None:
    model = dialog.table.rows_model
    place = [item.title for item in model.columns].index("民族")
    assert model.index(0, place).data(GROUND) == "quiet"
    assert model.index(1, place).data(GROUND) == "bad"
    qtmodeltester.check(model)
    dialog.reject()


def test_the_list_narrows_to_what_must_be_mended(dialog: PreviewDialog) -> None:
    dialog.only.setCurrentIndex(dialog.only.findData("error"))
    dialog.only.activated.emit(0)
    (plan,) = dialog.table.rows_model.rows
    assert plan.row.status is Status.ERROR
    dialog.table.enter()
    assert "火星族" in dialog._why.text()
    dialog.reject()


def test_the_correction_workbook_holds_the_rows_left_out(dialog: PreviewDialog, desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "需更正.xlsx"
    save_rejects(desk, dialog.preview, target)
    cells = [str(cell) for line in openpyxl.load_workbook(target).active.values for cell in line]
    assert "严凤英" in cells
    assert "钱学军" not in cells
    dialog.reject()


def test_template_and_export_are_written(desk: Desk, tmp_path: Path) -> None:
    save_template(desk, "roster", tmp_path / "template.xlsx")
    save_export(desk, "roster", {}, tmp_path / "export.xlsx", reveal=True)
    cells = [str(cell) for line in openpyxl.load_workbook(tmp_path / "export.xlsx").active.values for cell in line]
    assert "白音" in cells
    assert openpyxl.load_workbook(tmp_path / "template.xlsx").sheetnames


def test_a_file_that_is_no_sheet_is_a_calm_message(page: RosterPage, tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"not a workbook")
    page.exchange.rehearse(tmp_path / "no.xlsx")
    assert page.message.sentence
    assert page.exchange.dialog is None


def test_with_nothing_to_import_there_is_nothing_to_confirm(page: RosterPage, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADING)
    sheet.append(BAD)
    workbook.save(tmp_path / "bad.xlsx")
    page.exchange.rehearse(tmp_path / "bad.xlsx")
    dialog = page.exchange.dialog
    assert dialog is not None
    assert not button(dialog, "确认导入 0 行").isEnabled()
    dialog.reject()


def test_after_an_import_the_page_says_where_an_export_lies(
    dialog: PreviewDialog, page: RosterPage, tmp_path: Path
) -> None:
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    page.exchange._written(tmp_path / "花名册.xlsx")
    assert page.message.sentence == f"已保存“花名册.xlsx”，在“{tmp_path.name}”"


def _choose(box: FilterBox, words: str) -> None:
    box.setCurrentText(words)
    box.activated.emit(box.currentIndex())


def test_the_clerk_says_what_a_column_fills(page: RosterPage, tmp_path: Path, desk: Desk, qtbot: QtBot) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in ((*HEADING, "何处念书"), (*GOOD, "内蒙古大学")):
        sheet.append(line)
    workbook.save(tmp_path / "花名册.xlsx")
    page.exchange.rehearse(tmp_path / "花名册.xlsx")
    first = page.exchange.dialog
    assert first is not None
    assert not first.assign.item.isEnabled()
    _choose(first.assign.place, "派出单位")
    assert first.assign.item.currentText() == "派出单位"
    _choose(first.assign.place, "何处念书")
    assert first.assign.item.currentText() == "不导入"
    _choose(first.assign.item, "毕业院校及专业")
    second = page.exchange.dialog
    assert second is not None
    assert second is not first
    assert not [text for text in words(second) if "没有对应项目" in text]
    second._accept()
    found = next(item.person for item in roster.people(desk) if item.person.name == "钱学军")
    assert found.school == "内蒙古大学"


def test_a_file_gone_meanwhile_leaves_the_rehearsal_standing(dialog: PreviewDialog, book: Path) -> None:
    book.unlink()
    _choose(dialog.assign.place, "民族")
    _choose(dialog.assign.item, "不导入")
    assert dialog.message.sentence
    assert dialog.isEnabled()
    assert dialog.isVisible()
    dialog.reject()


def test_what_the_file_leaves_open_is_answered_by_a_button(page: RosterPage, tmp_path: Path, desk: Desk) -> None:
    workbook = openpyxl.Workbook()
    first, second = workbook.active, workbook.create_sheet("第二组")
    assert first is not None
    for sheet, name in ((first, "钱学军"), (second, "孙学军")):
        sheet.append(HEADING)
        sheet.append((name, *GOOD[1:]))
    workbook.save(tmp_path / "两组.xlsx")
    page.exchange.rehearse(tmp_path / "两组.xlsx")
    asking = page.exchange.dialog
    assert asking is not None
    assert not button(asking, "确认导入 0 行").isEnabled()
    button(asking, "全部2张").click()
    other = page.exchange.dialog
    assert other is not None
    assert other is not asking
    assert [plan.label for plan in other.table.rows_model.rows] == ["新增", "新增"]
    other._accept()
    assert {"钱学军", "孙学军"} <= _names(desk)


def test_leave_of_past_years_becomes_history_by_one_button(
    asker: ImmediateRunner, office: OfficeView, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = RosterPage(asker, office)
    qtbot.addWidget(page)
    exchange = Exchange(page.context, "leave_slip")
    name = roster.people(desk)[0].person.name
    book = openpyxl.Workbook()
    book.active.append(("姓名", "外出地点", "请假起", "请假止", "事由", "审批人", "审批日期"))
    book.active.append((name, "赤峰市", "2018-06-04", "2018-06-05", "体检", "孙某", "2018-06-03"))
    book.save(tmp_path / "登记簿.xlsx")
    exchange.rehearse(tmp_path / "登记簿.xlsx")
    assert exchange.dialog is not None
    assert [plan.label for plan in exchange.dialog.table.rows_model.rows] == ["待确认"]
    button(exchange.dialog, "作为历史补录（不评迟早）").click()
    assert exchange.dialog.questions.isHidden()
    assert button(exchange.dialog, "作为新填的报备单").isVisibleTo(exchange.dialog)


def test_a_slip_of_history_asks_for_nothing_on_its_page(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(("姓名", "外出地点", "请假起", "请假止", "事由", "审批人", "审批日期"))
    for who in roster.people(desk)[:4]:
        book.active.append((who.person.name, "赤峰市", "2018-06-01", "2018-06-02", "体检", "孙某", "2018-05-31"))
    book.save(tmp_path / "登记簿.xlsx")
    answers = {"history": "history"}
    intake.confirm(desk, intake.preview(desk, "leave_slip", tmp_path / "登记簿.xlsx", answers=answers))
    past = [slip for slip in desk.store.rows(LeaveSlip) if slip.history]
    assert past
    for slip in past:
        state = steps.standing(desk, slip)
        assert [step.title for step in state.steps if step.owed] == []
        assert (state.todo, state.overdue, state.story.state_words) == ((), "", "补录")
        assert "warn" not in {step.tone for step in state.steps}


def _type(dialog: PreviewDialog, qtbot: QtBot, words: str) -> None:
    dialog.mend.text.setText(words)
    qtbot.keyClick(dialog.mend.text, Qt.Key.Key_Return)


def test_a_red_cell_is_corrected_in_the_rehearsal_and_taken_back(
    dialog: PreviewDialog, page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    model = dialog.table.rows_model
    place = [item.title for item in model.columns].index("民族")
    dialog.table.select(dialog._key(model.rows[1]))
    assert dialog.mend.item.currentText() == "● 民族"
    assert dialog.mend.text.text() == "火星族"
    _type(dialog, qtbot, "水星族")
    assert [plan.label for plan in model.rows] == ["新增", "需更正"]
    assert dialog.mend.text.text() == "水星族"
    _type(dialog, qtbot, "蒙古")
    assert page.exchange.dialog is dialog, "the rehearsal stands where it stood"
    assert [plan.label for plan in model.rows] == ["新增", "新增"]
    assert button(dialog, "确认导入 2 行").isEnabled()
    assert model.index(1, place).data() == "蒙古"
    assert "已改正1格" in words(dialog)
    assert "严凤英" not in _names(desk)
    for expected in ("水星族", "火星族"):
        qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert dialog.mend.text.text() == expected
    assert [plan.label for plan in model.rows] == ["新增", "需更正"]
    _type(dialog, qtbot, "蒙古")
    dialog._accept()
    assert {"钱学军", "严凤英"} <= _names(desk)


def test_a_clicked_cell_is_the_one_to_be_corrected(dialog: PreviewDialog, qtbot: QtBot) -> None:
    model = dialog.table.rows_model
    place = [item.title for item in model.columns].index("性别")
    dialog.table.select(dialog._key(model.rows[0]))
    dialog.table.clicked.emit(dialog.table.model().index(0, place))
    assert (dialog.mend.item.currentText(), dialog.mend.text.text()) == ("性别", "男")
    dialog.reject()


def test_the_next_red_row_waits_for_the_keyboard(page: RosterPage, tmp_path: Path, qtbot: QtBot) -> None:
    workbook = openpyxl.Workbook()
    for line in (HEADING, BAD, GOOD, ("严凤兰", *BAD[1:])):
        workbook.active.append(line)
    workbook.save(tmp_path / "花名册.xlsx")
    page.exchange.rehearse(tmp_path / "花名册.xlsx")
    dialog = page.exchange.dialog
    assert dialog is not None
    dialog.only.setCurrentIndex(dialog.only.findData("error"))
    dialog.only.activated.emit(0)
    dialog.table.enter()
    for left in (1, 0):
        _type(dialog, qtbot, "蒙古")
        assert len(dialog.table.rows_model.rows) == left
    assert button(dialog, "确认导入 3 行").isEnabled()
    dialog.reject()


def test_reading_is_stopped_and_nothing_comes_of_it(page: RosterPage, book: Path, desk: Desk, qtbot: QtBot) -> None:
    class Waiting(ImmediateRunner[Desk]):
        def ask_long(self, *args: object, **ways: object) -> Ticket:
            return Ticket()

    stops, previews = list[object](), list[Preview]()
    reading = ReadingDialog(
        Waiting(desk), page, then=previews.append, failed=stops.append, stopped=lambda: stops.append(None)
    )
    qtbot.addWidget(reading)
    reading.read("roster", [book], {})
    qtbot.waitUntil(reading.isVisible)
    reading._tell(256, 1024)
    assert reading.running.text == "正在读取并检查 256/1024"
    button(reading, "停止").click()
    assert stops == [None]
    assert not reading.isVisible()
    assert previews == []
