"""Checks in the window: a draw, a team's results keyed back, a finding to its closing; a contradiction explained."""

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tests.ui.conftest import COUNTY
from tests.ui.hands import button, words
from tuopin_desktop.domain.records import Attendance, OwnCheck, SpotCheck
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import spotchecks
from tuopin_desktop.ui.pages.spotchecks.page import ChecksPage
from tuopin_desktop.ui.pages.spotchecks.results import DrawDialog, ResultDialog
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> ChecksPage:
    made = ChecksPage(asker, office)
    qtbot.addWidget(made)
    asker.changed.connect(lambda _: made.refresh())
    made.resize(1093, 614)
    made.refresh()
    return made


def _state(page: ChecksPage) -> str:
    return page._state.text()


def _open(page: ChecksPage, qtbot: QtBot) -> None:
    """Show the window: the keys of a list work only where it has the keyboard."""
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()


def _results(page: ChecksPage) -> ResultDialog:
    page.new()
    assert isinstance(page.dialog, ResultDialog)
    return page.dialog


def _found(desk: Desk, **said: str) -> OwnCheck:
    check = OwnCheck(
        id=registers.new_id(desk),
        checked=date(2018, 6, 5),
        manner="covert",
        checker="某",
        county=COUNTY,
        posting=f"{COUNTY}/q3",
        **{"found": "not_found", **said},  # type: ignore[arg-type]  # text by name
    )
    spotchecks.record(desk, [check])
    return check


def test_an_empty_page_says_what_to_do_first(page: ChecksPage) -> None:
    assert any("先抽签（Ctrl+D），打印检查表" in said for said in words(page))
    assert _state(page) == "检查记录 0 条 · 未销号 0 · 待核疑点 0"


def test_people_are_drawn_and_the_seed_is_shown(page: ChecksPage, qtbot: QtBot) -> None:
    _open(page, qtbot)
    page.draw()
    dialog = page.dialog
    assert isinstance(dialog, DrawDialog)
    dialog.count.setText("零")
    qtbot.keyClick(dialog.count, Qt.Key.Key_Return)
    assert dialog.message.sentence == "抽取几个，请填1至999的数字。"
    dialog.count.setText("2")
    dialog.seed.setText("七")
    qtbot.keyClick(dialog.count, Qt.Key.Key_Return)
    assert dialog.outcome.text().startswith("抽取编号 七，抽中：")
    dialog.draw()
    dialog.reject()
    (kept,) = page.lists.draws.rows_model.rows
    assert (kept.draw.seed, len(kept.names), kept.candidates) == ("七", 2, 4)
    page.lists.draws.enter()
    qtbot.keyClick(page.lists.draws, Qt.Key.Key_H)
    assert "结果与记录一致" in page.message.sentence


def test_a_team_is_keyed_back_as_expected_and_a_finding_gets_its_date(page: ChecksPage, desk: Desk) -> None:
    dialog = _results(page)
    assert [str(line.presence.currentText()) for line in dialog._lines] == ["在岗", "在岗", "在岗", "在岗", "未查看"]
    assert any("报备单2018-0001" in said for said in words(dialog)) is False  # never printed: a plan says nothing yet
    dialog._lines[3].presence.setCurrentIndex(dialog._lines[3].presence.findData("not_found"))
    dialog._lines[3].finding.setText("上午不在村")
    dialog.take()
    assert page.message.sentence == "已登记检查结果4条，其中1条有问题，已定整改期限"
    (row,) = [item for item in spotchecks.rows(desk) if item.course.check.due]
    assert (row.whom, row.course.check.due) == ("曾国强", date(2018, 6, 20))
    assert _state(page).startswith("检查记录 4 条 · 未销号 1")


def test_a_day_that_cannot_be_read_is_said_and_a_future_one_refused(page: ChecksPage, desk: Desk) -> None:
    dialog = _results(page)
    dialog.day.setText("不知道")
    dialog._day_typed()
    assert "没有认出" in dialog.message.sentence
    dialog.day.setText("0701")
    dialog._day_typed()
    dialog.take()
    assert "还没有到" in dialog.message.sentence
    assert spotchecks.rows(desk) == []
    dialog.reject()


def test_from_finding_to_closed_by_keys(page: ChecksPage, desk: Desk, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    _open(page, qtbot)
    _found(desk)
    page.refresh()
    qtmodeltester.check(page.lists.checks.rows_model)
    page.lists.checks.enter()
    qtbot.keyClick(page.lists.checks, Qt.Key.Key_Z)
    form = page.mending.dialog
    assert form is not None
    form.take()
    assert any("请填写“整改情况”" in said for said in words(form))
    form.form.put("words", "已批评教育")
    form.take()
    assert page.message.sentence == "已登记整改情况，由检查单位销号。"
    assert [item.course.stage.value for item in page.lists.checks.rows_model.rows] == ["待销号"]
    assert any("已批评教育" in said for said in words(page))
    qtbot.keyClick(page.lists.checks, Qt.Key.Key_X)
    assert page.mending.dialog is not None
    page.mending.dialog.take()
    assert page.message.sentence == "已销号。"
    assert "未销号 0" in _state(page)
    qtbot.keyClick(page.lists.checks, Qt.Key.Key_Z)
    assert page.message.sentence == "这条记录没有需要整改的问题。"


def test_who_checked_adds_evidence_and_another_date(page: ChecksPage, desk: Desk) -> None:
    _found(desk)
    page.refresh()
    page.lists.checks.enter()
    page.lists.stroke.emit("edit")
    form = page.mending.dialog
    assert form is not None
    form.form.put("evidence", "照片2张")
    form.form.put("due", date(2018, 6, 1))
    form.take()
    assert any("整改期限早于检查日期" in said for said in words(form))
    form.form.put("due", date(2018, 7, 1))
    form.take()
    (row,) = spotchecks.rows(desk)
    assert (row.course.check.evidence, row.course.check.due) == ("照片2张", date(2018, 7, 1))


def test_lists_keep_their_digit_keys_when_they_are_counted(page: ChecksPage) -> None:
    keys = [made.shortcut().toString() for made in page.lists.lists.buttons.values()]
    assert keys == ["Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5"]


def test_coverage_is_listed_by_team(page: ChecksPage, desk: Desk) -> None:
    _found(desk)
    page.refresh()
    page.lists.lists.choose("teams")
    (team,) = page.lists.teams.rows_model.rows
    assert team.unseen == ("白音", "乌云其木格", "曾国强")
    page.lists.teams.enter()
    assert any("从未查到：白音" in said for said in words(page))


def test_sheets_and_protocol_are_saved(page: ChecksPage, tmp_path: Path) -> None:
    page.output.write_sheets([COUNTY], "", tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert page.message.sentence.startswith("已保存“")
    page.draw()
    assert isinstance(page.dialog, DrawDialog)
    page.dialog.draw()
    (kept,) = page.lists.draws.rows_model.rows
    page.output.write_protocol(kept.draw.id, tmp_path / "draw.pdf")
    assert (tmp_path / "draw.pdf").exists()
    page.dialog.reject()


def test_a_contradiction_is_explained_in_one_line(page: ChecksPage, desk: Desk, qtbot: QtBot) -> None:
    _found(desk, found="on_leave")
    page.refresh()
    assert page.tabs.tabText(1) == "证据核对 1"
    page.tabs.setCurrentIndex(1)
    page.evidence.table.enter()
    assert any("没有报备单" in said for said in words(page.evidence))
    page.evidence.explanation.clear()
    qtbot.keyClick(page.evidence.explanation, Qt.Key.Key_Return)
    assert [row.state for row in evidence.rows(desk)] == ["open"]
    page.evidence.explanation.setText("已补")
    page.evidence._keep("已补")
    assert page.unsaved() == "1条证据说明"
    page.evidence.by.setText("")
    page.evidence._act()
    assert "请填写“说明人”" in page.message.sentence
    page.evidence.by.setText("王海")
    page.evidence._act()
    assert [row.state for row in evidence.rows(desk)] == ["explained"]
    assert page.unsaved() == ""
    assert _state(page).endswith("待核疑点 0")
    page.evidence.states.choose("explained")
    page.evidence.table.enter()
    assert not page.evidence.act.isVisibleTo(page)  # only the region office sends back


def test_a_side_leads_to_its_record(page: ChecksPage, desk: Desk, qtbot: QtBot) -> None:
    month = Attendance(id=f"{COUNTY}/q3/2018-06", posting=f"{COUNTY}/q3", month="2018-06", d05="vw/vw")
    registers.save(desk, month)
    check = _found(desk)
    page.refresh()
    page.show_subject(f"contradiction:{evidence.rows(desk)[0].id}")
    assert page.tabs.currentIndex() == 1
    button(page.evidence, "查看").click()
    assert page.tabs.currentIndex() == 0
    assert page.lists.checks.current().id == check.id


def test_the_page_fits_a_small_screen(page: ChecksPage, desk: Desk) -> None:
    _found(desk, found="on_leave")
    page.refresh()
    assert page.minimumSizeHint().width() <= 1093 - 176
    page.tabs.setCurrentIndex(1)
    page.evidence.table.enter()
    assert page.minimumSizeHint().width() <= 1093 - 176
    assert page.minimumSizeHint().height() <= 614 - 30


def test_an_empty_region_asks_for_a_team_first(empty_desk: Desk, qtbot: QtBot) -> None:
    page = ChecksPage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(page)
    page.refresh()
    assert "从未检查的总队 0" in _state(page)
    page.print_()
    assert "请先选中一个总队" in page.message.sentence


def test_the_region_office_sends_an_explanation_back(empty_desk: Desk, qtbot: QtBot) -> None:
    assert isinstance(empty_desk.clock, FixedClock)
    empty_desk.clock.moment = datetime(2018, 7, 10, 9)
    posting = enter(empty_desk, "李四", county=COUNTY)
    check = SpotCheck(id=f"{COUNTY}/c", checked=date(2018, 7, 9), county=COUNTY, posting=posting.id, found="on_leave")
    spotchecks.record(empty_desk, [msgspec.structs.replace(check, manner="covert", checker="联络考评组")])
    (row,) = evidence.rows(empty_desk)
    evidence.explain(empty_desk, row.id, "口头请假", by="王海")
    page = ChecksPage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(page)
    page.refresh()
    page.show_subject(f"contradiction:{row.id}")
    assert page.evidence.act.text() == "退回说明"
    page.evidence.explanation.setText("请补报备单")
    page.evidence._act()
    assert page.message.sentence == "已退回说明，等待重新说明。"
    page.refresh()
    assert [one.state for one in page.evidence.table.rows_model.rows] == ["returned"]
    assert any("退回：请补报备单" in said for said in words(page.evidence))
