"""日志台账: a day of the team by keys, drafts that are never lost, notes over their logs, the ledger by keys."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QTabBar, QTableView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.leaveteam import at
from tests.ui.hands import everything, type_chinese
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import Attendance, DailyLog, LedgerItem, WeeklyNote
from tuopin_desktop.services.journals import ledger
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.journals.page import JournalsPage
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

WEEK = "2018-W23"


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> JournalsPage:
    made = JournalsPage(asker, office)
    qtbot.addWidget(made)
    made.resize(1093, 614)
    made.show()
    made.refresh()
    return made


def test_a_day_is_keyed_person_by_person_with_enter(page: JournalsPage, desk: Desk, qtbot: QtBot) -> None:
    page.take_keyboard()
    for words in ("主持例会", "走访三户"):
        line = next(one for one in page.logs.lines if one.text is page.focusWidget())
        type_chinese(line.text, words)
        qtbot.keyClick(line.text, Qt.Key.Key_Return)
    assert [log.text for log in desk.store.rows(DailyLog)] == ["主持例会", "走访三户"]
    assert next(one for one in page.logs.lines if one.text is page.focusWidget()).row.member.name == "龚彧"
    assert page.unsaved() == ""


def test_the_place_of_the_day_before_is_proposed_and_kept_only_with_a_text(page: JournalsPage, desk: Desk) -> None:
    posting = "150125/q0"
    log = DailyLog(id=f"{posting}/2018-06-04", posting=posting, date=date(2018, 6, 4), place="哈乐镇", text="走访")
    registers.save(desk, log)
    page.refresh()
    assert page.logs.lines[0].place.text() == "哈乐镇"
    assert page.unsaved() == ""
    page.save()
    assert len(desk.store.rows(DailyLog)) == 1


def test_what_was_typed_stays_over_other_days_weeks_and_lists(page: JournalsPage, qtbot: QtBot) -> None:
    type_chinese(page.logs.lines[0].text, "没写完")
    page.logs.days.choose("0")
    assert page.logs.lines[0].text.text() == ""
    page.logs.go(date(2018, 6, 14))
    page.tabs.setCurrentIndex(2)
    assert page.unsaved() == "1篇日志"
    page.tabs.setCurrentIndex(0)
    page.logs.go(date(2018, 6, 5))
    assert page.logs.lines[0].text.text() == "没写完"


def test_ctrl_s_keeps_the_whole_day_or_says_what_is_wrong(page: JournalsPage, desk: Desk) -> None:
    for line in page.logs.lines:
        type_chinese(line.text, "走访")
    page.logs.go(date(2018, 5, 30))
    page.logs.go(date(2018, 6, 5))
    page.save()
    assert len(desk.store.rows(DailyLog)) == 4
    page.logs.lines[1].text.clear()
    type_chinese(page.logs.lines[1].place, "镇上")
    page.logs.lines[1].households.setText("3")
    page.save()
    assert "请写一句工作内容" in page.message.sentence
    assert len(desk.store.rows(DailyLog)) == 4


def test_a_paper_log_is_one_stroke(page: JournalsPage, desk: Desk) -> None:
    page.logs.lines[0].paper.click()
    page.save()
    (log,) = desk.store.rows(DailyLog)
    assert (log.text, log.paper_seen_by, log.paper_seen) == ("", "李秀英", date(2018, 6, 5))


def test_gaps_stand_out(page: JournalsPage, desk: Desk) -> None:
    registers.save(desk, Attendance(id="150125/q0/2018-06", posting="150125/q0", month="2018-06", d04="vw/vw"))
    page.refresh()
    assert "周一 4日 缺1" in page.logs.days.buttons["0"].text()
    page.logs.days.choose("0")
    assert (page.logs.lines[0].state.text(), page.logs.lines[1].state.text()) == ("缺", "")


def test_a_note_is_ready_edited_kept_and_drafted_again_without_loss(
    page: JournalsPage, desk: Desk, qtmodeltester: ModelTester
) -> None:
    type_chinese(page.logs.lines[0].text, "主持例会")
    page.save()
    page.tabs.setCurrentIndex(1)
    qtmodeltester.check(page.notes.table.rows_model)
    page.notes.opened.emit(WEEK)
    assert "白音：主持例会。" in page.notes.text.toPlainText()
    page.notes.text.appendPlainText("队长的判断。")
    page.back()
    assert page.unsaved() == "1篇周记"
    page.notes.opened.emit(WEEK)
    page.notes.signed.setText("moon")
    page.save()
    assert "没有认出" in page.message.sentence
    page.notes.signer.setText("白音")
    page.notes.signed.setText("611")
    page.save()
    assert "还没有到" in page.message.sentence
    at(desk, date(2018, 6, 11))
    page.save()
    (note,) = desk.store.rows(WeeklyNote)
    assert (note.signed_by, note.signed, note.text.endswith("队长的判断。")) == ("白音", date(2018, 6, 11), True)
    assert page.unsaved() == ""
    log = DailyLog(id="150125/q1/2018-06-05", posting="150125/q1", date=date(2018, 6, 5), text="补写的走访")
    registers.save(desk, log)
    page.notes.opened.emit(WEEK)
    assert "乌云其木格：补写的走访。" in page.notes._news.toPlainText()
    page.notes.add.click()
    assert page.notes.text.toPlainText().endswith("乌云其木格：补写的走访。")
    assert "队长的判断。" in page.notes.text.toPlainText()


def test_the_list_of_notes_says_what_is_in_them_not_what_every_note_begins_with(page: JournalsPage, desk: Desk) -> None:
    type_chinese(page.logs.lines[0].text, "主持例会")
    page.save()
    page.tabs.setCurrentIndex(1)
    page.notes.opened.emit(WEEK)
    page.save()
    page.back()
    model = page.notes.table.model()
    said = [str(model.index(at, model.columnCount() - 1).data()) for at in range(model.rowCount())]
    assert next(words for words in said if words).startswith("1人写日志1篇")


def test_the_ledger_by_keys(page: JournalsPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    form = page.ledger.form
    assert form is not None
    page.save()
    assert "标红" in page.message.sentence
    box = form.editors["task"].input
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("修通组公路")
    page.save()
    assert [row.item.task for row in page.ledger.table.rows_model.rows] == ["修通组公路"]
    qtbot.keyClick(page.ledger.table, Qt.Key.Key_J)
    (row,) = page.ledger.table.rows_model.rows
    assert (row.item.week, row.carried) == ("2018-W24", 1)
    page.ledger.table.select(row.item.id)
    qtbot.keyClick(page.ledger.table, Qt.Key.Key_B)
    assert page.ledger.form is not None
    page.ledger.form.put("result", "已通车")
    page.save()
    done = next(item for item in desk.store.rows(LedgerItem) if item.state == "done")
    assert (done.result, done.finished) == ("已通车", date(2018, 6, 5))
    assert page.ledger.table.rows_model.rows == ()


def test_an_item_begun_is_there_when_the_form_opens_again(page: JournalsPage) -> None:
    page.new()
    assert page.ledger.form is not None
    page.ledger.form.put("task", "没写完的事")
    page.ledger.form.editors["task"].retype("没写完的事项")
    page.back()
    assert page.unsaved() == "1项台账"
    page.new()
    assert page.ledger.form.editors["task"].typed() == "没写完的事项"


def test_papers_are_written(page: JournalsPage, tmp_path: Path) -> None:
    for kind in ("log", "note", "ledger", "blank-log", "blank-note", "blank-ledger"):
        said = {"county": "150125", "month": "2018-06", "week": WEEK, "which": "all"}
        page.write_paper(kind, said, tmp_path / f"{kind}.pdf")
        assert (tmp_path / f"{kind}.pdf").stat().st_size > 1000


def test_the_region_chooses_a_county_first(empty_desk: Desk, qtbot: QtBot) -> None:
    page = JournalsPage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(page)
    page.refresh()
    assert page._stack.currentIndex() == 3
    page.county.setCurrentIndex(page.county.findData("150125"))
    page.county.chosen.emit("150125")
    assert page._stack.currentIndex() == 0
    page.tabs.setCurrentIndex(1)
    page.tabs.setCurrentIndex(2)
    ledger.add(empty_desk, "一", county="150125")
    page.refresh()
    assert len(page.ledger.table.rows_model.rows) == 1


def test_everything_has_a_name(page: JournalsPage) -> None:
    page.tabs.setCurrentIndex(2)
    page.new()
    found: list[QWidget] = [
        *everything(page, QLineEdit),
        *everything(page, QComboBox),
        *everything(page, QPlainTextEdit),
    ]
    found += everything(page, QPushButton)
    inside = (QComboBox, QTabBar, QTableView)
    unnamed = [one for one in found if not one.accessibleName() and not isinstance(one.parent(), inside)]
    assert [repr(one) for one in unnamed] == []


def test_it_fits_the_smallest_window(page: JournalsPage) -> None:
    for place in range(3):
        page.tabs.setCurrentIndex(place)
        assert page.minimumSizeHint().width() <= 1093
        assert page.minimumSizeHint().height() <= 614
    page.tabs.setCurrentIndex(1)
    page.notes.opened.emit(WEEK)
    assert page.minimumSizeHint().width() <= 1093
    page.tabs.setCurrentIndex(2)
    page.new()
    assert page.minimumSizeHint().height() <= 614


def test_above_the_county_every_team_stands_in_one_picture_and_opens_its_lists(each_shell: Shell, qtbot: QtBot) -> None:
    each_shell.open_page("journals")
    page = each_shell.page
    assert isinstance(page, JournalsPage)
    level = page.office.level
    lines = page.behind_list.table.rows_model.rows
    if level is Level.COUNTY:
        assert not page.behind_list.isVisible()
        return
    below = [code for code in page.office.vocabulary["旗县"].labels if code.startswith(page.office.scope)]
    assert len(lines) == len(below) == (57 if level is Level.REGION else len(below))
    (own,) = (line for line in lines if line.people)
    assert (own.county, own.is_behind) == ("150125", True)
    assert lines[0] == own, "who is behind stands on top"
    assert page.behind_list.state_words.endswith("落后1个")
    page.behind_list.lists.choose("behind")
    assert len(page.behind_list.table.rows_model.rows) == 1
    page.behind_list.table.opened.emit(own)
    assert page.logs.isVisible()
    assert page.county.code() == "150125"
