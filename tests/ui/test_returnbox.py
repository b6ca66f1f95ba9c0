"""Q asks under the row when somebody came back: nothing is preselected, nothing is written, nothing is left over."""

import re
from datetime import date, datetime

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, give_keyboard, let_go_of_keys, window_of, words
from tests.ui.test_names import _nameless
from tuopin_desktop.domain.records import Call, LeaveSlip
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import month
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.slips.returnbox import ReturnBox

NOON = datetime(2018, 6, 11, 15)
"""Three days after the end of the one kept leave, in the afternoon: the clock of the PC chooses no half."""


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    assert isinstance(desk.clock, FixedClock)
    (slip,) = desk.store.rows(LeaveSlip)
    registers.save(desk, msgspec.structs.replace(desk.office, secretary="钱书记"))
    leavedesk.printed(desk, [slip.id])
    for role, signer in (("secretary", "钱书记"), ("leader", "白音")):
        leavedesk.sign(desk, slip.id, role, signer, date(2018, 6, 5))
    desk.clock.moment = NOON
    made = window_of(desk, qtbot)
    made.open_page("leave")
    return made


def asked(shell: Shell, qtbot: QtBot, *, every: bool = False) -> ReturnBox:
    page = shell.page
    assert isinstance(page, LeavePage)
    give_keyboard(page.slips.table, qtbot)
    page.slips.table.selectAll() if every else page.slips.table.selectRow(0)
    qtbot.keyClick(page.slips.table, Qt.Key.Key_Q)
    return box(shell)


def box(shell: Shell) -> ReturnBox:
    boxes = [one for one in everything(shell.page, ReturnBox) if one.isVisible()]
    assert boxes, f"nothing is asked; the page says {words(shell)}"
    return boxes[0]


def marks(desk: Desk) -> str:
    """Return every mark of the month with what it rests on."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(month.read(desk, "2018-06", "150125").rows))


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        here = QApplication.focusWidget()
        assert here is not None
        qtbot.keyClicks(here, key) if isinstance(key, str) else qtbot.keyClick(here, key)


def test_ctrl_of_the_stroke_before_does_not_take_the_row_out_of_the_hand(shell: Shell, qtbot: QtBot) -> None:
    """What chance brought twice in three whole runs: another test's Ctrl was still held for Qt."""
    qtbot.keyClick(shell, Qt.Key.Key_F15, Qt.KeyboardModifier.ControlModifier)
    let_go_of_keys()
    assert asked(shell, qtbot).isVisible()
    shell.hide()


def test_nothing_is_preselected_and_nothing_is_written_before_it_is_confirmed(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    """W28."""
    before, windows = desk.store.rows(LeaveSlip), set(QApplication.topLevelWidgets())
    question = asked(shell, qtbot)
    day = question.entries[0].line
    assert day.hasFocus()
    assert day.selectedText() == day.text() == "6月11日 周一"
    assert question.entries[0].halves.half() is None
    assert (question.confirm.isEnabled(), question.confirm.toolTip()) == (False, "先选上午或下午")
    press(qtbot, "t", Qt.Key.Key_Return)
    assert desk.store.rows(LeaveSlip) == before
    press(qtbot, "a")
    assert question.confirm.isEnabled()
    assert desk.store.rows(LeaveSlip) == before
    assert set(QApplication.topLevelWidgets()) <= windows, "it is no window"
    assert sorted(set(_nameless(question))) == []
    press(qtbot, Qt.Key.Key_Escape)
    assert desk.store.rows(LeaveSlip) == before
    page = shell.page
    assert isinstance(page, LeavePage)
    assert page.slips.table.hasFocus(), "the keyboard is where it was"
    assert page.slips.isVisible(), "Esc was the question's, not the page's"
    shell.hide()


def test_the_result_is_said_at_each_key(shell: Shell, qtbot: QtBot) -> None:
    question = asked(shell, qtbot)
    press(qtbot, "p")
    assert question.result.sentence.startswith("超假2天半：6月9日、10日、11日上午不在旗县")
    assert question.excuse.isEnabled()
    press(qtbot, "608")
    assert question.result.sentence.startswith("按期返回：6月8日下午返回")
    assert not question.excuse.isEnabled()
    question.entries[0].line.selectAll()
    press(qtbot, "607")
    assert question.result.sentence == "提前1天返回：6月7日下午返回，请假缩短为2天半。6月7日下午、8日改按考勤登记。"
    question.entries[0].line.selectAll()
    press(qtbot, "602")
    assert question.result.sentence == "日期不对：6月2日早于离岗日6月5日，不能确认。"
    assert not question.confirm.isEnabled()
    assert question.entries[0].line.property("wrong") == "true"
    question.entries[0].line.selectAll()
    press(qtbot, "699")
    assert "没有这一天，6月只有30天" in question.result.sentence
    press(qtbot, "y")
    assert question.entries[0].line.text() == "6月10日 周日"
    shell.hide()


def test_who_is_late_is_confirmed_twice_and_taken_back_whole(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    """W30: the row, the attendance and the counters are as they were."""
    page = shell.page
    assert isinstance(page, LeavePage)
    before, grid = desk.store.rows(LeaveSlip), marks(desk)
    counts = {code: one.text() for code, one in page.slips.lists.buttons.items()}
    question = asked(shell, qtbot)
    press(qtbot, "a", Qt.Key.Key_Return)
    assert question.confirm.hasFocus()
    assert desk.store.rows(LeaveSlip) == before
    press(qtbot, Qt.Key.Key_Return)
    assert desk.store.rows(LeaveSlip)[0].returned == "2018-06-11am"
    assert page.message.sentence == "已销假：曾国强（曾国强超假2天）"
    assert {code: one.text() for code, one in page.slips.lists.buttons.items()} != counts
    shell._send("undo")
    assert desk.store.rows(LeaveSlip) == before
    assert {code: one.text() for code, one in page.slips.lists.buttons.items()} == counts
    assert marks(desk) == grid
    shell.hide()


def test_whoever_was_late_with_reason_finds_the_form_of_the_extension_open(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    question = asked(shell, qtbot)
    press(qtbot, "a")
    question.excuse.click()
    question.take()
    page = shell.page
    assert isinstance(page, LeavePage)
    assert page.desk is not None
    form = page.desk.handling.form
    assert form is not None
    assert form.form.editors["until"].typed() == "2018-06-10"
    form.form.editors["reason"].retype("暴雨断路")
    form.take.click()
    longer = page.desk.slip()
    assert (longer.period, longer.relation) == ("2018-06-09am/2018-06-10pm", "extension")
    shell.hide()


def test_several_come_back_in_one_question_and_a_leaders_call_is_asked_for(
    shell: Shell, desk: Desk, office: OfficeView, qtbot: QtBot
) -> None:
    drafted = leave.draft(desk, "150125/q0", date(2018, 6, 4))
    about = {"place": "北京市", "period": "2018-06-08am/2018-06-11pm", "reason": "开会"}
    leader = leave.save(desk, msgspec.structs.replace(drafted, **about))
    shell.page.refresh()
    question = asked(shell, qtbot, every=True)
    press(qtbot, "p")
    assert [head.text() for head in question.heads] == ["按期返回", "超假2天半"]
    question.entries[1].line.setText("608")
    assert [head.text() for head in question.heads] == ["按期返回", "按期返回"]
    press(qtbot, Qt.Key.Key_Return)
    assert sorted(one.returned for one in desk.store.rows(LeaveSlip)) == ["2018-06-08pm", "2018-06-11pm"]
    shell._send("undo")
    assert {one.returned for one in desk.store.rows(LeaveSlip)} == {""}
    page = shell.page
    assert isinstance(page, LeavePage)
    page.slips.table.select(leader.id)
    qtbot.keyClick(page.slips.table, Qt.Key.Key_Q)
    question = box(shell)
    press(qtbot, "p")
    question.time.setText("14:55")
    question.take()
    assert [(call.side, call.time, call.word) for call in desk.store.rows(Call)] == [("county", "14:55", "")]
    shell.hide()


def test_tab_goes_round_within_the_question(shell: Shell, qtbot: QtBot) -> None:
    question = asked(shell, qtbot)
    press(qtbot, "a")
    round_: list[QWidget | None] = []
    for _ in range(9):
        press(qtbot, Qt.Key.Key_Tab)
        round_.append(QApplication.focusWidget())
    assert all(one is not None and question.isAncestorOf(one) for one in round_)
    assert {question.confirm, question.cancel, question.entries[0].line} <= set(round_)
    shell.hide()
