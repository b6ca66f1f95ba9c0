"""The steps of a slip beside its paper: ink, filings, return, calls and changes, each with its form laid open."""

from datetime import date, datetime

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.services.desks import arrived
from tests.ui.hands import button, everything, type_chinese
from tests.ui.hands import words as said
from tests.ui.test_names import _nameless
from tuopin_desktop.domain.change import FeedLine
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import Authorisation, Filing, LeaveSlip, Opinion
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave.handling import HandlingPanel
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.panes import Panes
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.rail import Rail


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, desk: Desk, slip_id: str, qtbot: QtBot) -> LeavePage:
    """The page with a slip that was printed, the secretary being registered."""
    registers.save(desk, msgspec.structs.replace(desk.office, secretary="钱书记"))
    leavedesk.printed(desk, [slip_id])
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    asker.changed.connect(lambda kinds: made.refresh())
    made.show_subject(f"leave_slip:{slip_id}")
    return made


def _panel(page: LeavePage) -> HandlingPanel:
    assert page.desk is not None
    return page.desk.handling


def _show(page: LeavePage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()


def _open(page: LeavePage, key: str, **answers: str) -> HandlingPanel:
    panel = _panel(page)
    if panel._open != key:
        panel.buttons[key].click()
    assert panel.form is not None
    for name, text in answers.items():
        panel.form.form.editors[name].retype(text)
    return panel


def _take(page: LeavePage, key: str, **answers: str) -> None:
    panel = _open(page, key, **answers)
    assert panel.form is not None
    panel.form.take.click()


def _state(page: LeavePage, desk: Desk, slip_id: str) -> str:
    return leavedesk.story(desk, slip_id)[0].state_words


def test_two_strokes_of_enter_record_both_signatures(page: LeavePage, desk: Desk, slip_id: str, qtbot: QtBot) -> None:
    _show(page, qtbot)
    panel = _panel(page)
    panel.take_keyboard()
    for signer in ("钱书记", "白音"):
        assert panel.form is not None
        qtbot.waitUntil(panel.form.take.hasFocus)
        assert panel.form.form.editors["signer"].typed() == signer
        qtbot.keyClick(panel.form.take, Qt.Key.Key_Return)
    opinions = desk.store.rows(Opinion)
    assert {(item.role, item.signer, item.verdict, item.signed) for item in opinions} == {
        ("secretary", "钱书记", "approved", date(2018, 6, 5)),
        ("leader", "白音", "approved", date(2018, 6, 5)),
    }
    assert "签字，同意" in page.message.sentence
    page.hide()


def test_a_refusal_in_ink_is_said_in_amber_and_ends_the_leave(page: LeavePage, desk: Desk, slip_id: str) -> None:
    _take(page, "sign:secretary", verdict="不同意", words="工作需要")
    assert "不同意" in page.message.sentence
    assert _state(page, desk, slip_id) == "未批准"
    assert "extend" not in _panel(page).buttons


def test_the_date_of_the_pile_is_proposed_again(page: LeavePage) -> None:
    _take(page, "sign:secretary", signed="604")
    panel = _panel(page)
    assert panel.form is not None
    assert panel._open == "sign:leader"
    assert panel.form.form.editors["signed"].typed() == "2018-06-04"


def test_a_delegate_is_authorised_in_place_and_then_signs(page: LeavePage, desk: Desk, slip_id: str) -> None:
    _take(page, "sign:secretary", signer="孙副书记")
    assert "受权" in page.message.sentence
    panel = _panel(page)
    authority = panel.authority
    assert authority is not None
    assert authority.form.editors["delegate"].typed() == "孙副书记"
    authority.form.editors["paper"].retype("委办函〔2018〕3号")
    authority.take.click()
    (by,) = desk.store.rows(Authorisation)
    (opinion,) = desk.store.rows(Opinion)
    assert (by.delegate, by.role, opinion.signer, opinion.authorisation) == ("孙副书记", "secretary", "孙副书记", by.id)


def test_what_was_typed_into_a_form_outlives_leaving_the_slip(page: LeavePage, slip_id: str) -> None:
    _open(page, "sign:secretary", words="请尽快返回")
    assert page.unsaved() == "1项办理内容"
    page.back()
    page.show_subject(f"leave_slip:{slip_id}")
    panel = _open(page, "sign:secretary")
    assert panel.form is not None
    assert panel.form.form.editors["words"].typed() == "请尽快返回"
    panel.form.take.click()
    assert page.unsaved() == ""


def _signed(page: LeavePage) -> None:
    _take(page, "sign:secretary")
    _take(page, "sign:leader")


def test_signed_then_received_then_filed_with_two_bodies(page: LeavePage, desk: Desk, slip_id: str) -> None:
    _signed(page)
    panel = _panel(page)
    panel.buttons["sheet"].click()
    assert page.message.sentence == "已收回曾国强的签字件"
    assert panel._open == "file:unit"
    _take(page, "file:unit", channel="传真")
    assert panel._open == "file:liaison"
    assert panel.form is not None
    assert panel.form.form.editors["channel"].typed() == "传真"
    _take(page, "file:liaison")
    assert {item.body for item in desk.store.rows(Filing)} == {"unit", "liaison"}


@pytest.mark.parametrize(
    ("day", "half", "words"),
    [
        ("607", "下午", "提前返回，退回1.5天"),
        ("608", "下午", "按期返回，退回0.5天"),
        ("612", "下午", "超假返回：2018年6月9日起超假3.5天"),
    ],
)
def test_a_return_says_at_once_whether_it_was_early_or_late(
    page: LeavePage, desk: Desk, day: str, half: str, words: str
) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 6, 13, 9)
    page.refresh()
    panel = _open(page, "back", day=day, half=half, reported="613")
    assert panel.form is not None
    panel.form.form.edited.emit()
    assert panel.form.note.text() == words
    panel.form.take.click()
    assert page.message.sentence == f"曾国强已销假：{words}"


def test_a_return_before_the_departure_is_refused_with_its_article(page: LeavePage) -> None:
    panel = _open(page, "back", day="604", half="上午", reported="605")
    assert panel.form is not None
    panel.form.take.click()
    assert "早于离开时间" in page.message.sentence
    assert "管理办法第10条" in page.message.sentence
    assert panel.form is not None


def test_a_wrong_return_is_taken_back_after_a_question(page: LeavePage, desk: Desk, slip_id: str) -> None:
    assert "unreturn" not in _panel(page).buttons
    _take(page, "back", day="605", half="上午", reported="605")
    for agreed in (False, True):
        _panel(page).buttons["unreturn"].click()
        box = everything(page, QMessageBox)[-1]
        assert "撤销" in box.text()
        button(box, "撤销销假" if agreed else "取消").click()
        slip = registers.get(desk, "leave_slip", slip_id)
        assert isinstance(slip, LeaveSlip)
        assert bool(slip.returned) is not agreed
    assert isinstance(slip, LeaveSlip)
    assert (slip.reported, slip.return_note) == (None, "")
    assert page.message.sentence == "已撤销曾国强的销假登记，现在是“外出中”"
    assert "extend" in _panel(page).buttons
    assert page.desk is not None
    assert page.desk.slip() == slip
    assert page.unsaved() == ""


def test_the_overstay_stands_in_red_above_the_steps(page: LeavePage, desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 6, 13, 9)
    page.refresh()
    assert any("到2018年6月24日连续超过15天（管理办法第十六条）" in words for words in said(_panel(page)))


def _leaders_slip(page: LeavePage, desk: Desk) -> str:
    drafted = leave.draft(desk, "150125/q0", date(2018, 6, 4))
    period = "2018-06-04am/2018-06-05am"
    slip = leave.save(desk, msgspec.structs.replace(drafted, place="呼和浩特市", period=period, reason="开会"))
    page.show_subject(f"leave_slip:{slip.id}")
    return slip.id


def test_both_sides_of_a_call_are_noted_and_compared(page: LeavePage, desk: Desk) -> None:
    slip_id = _leaders_slip(page, desk)
    panel = _open(page, "call:county")
    assert panel.form is not None
    word = panel.form.form.editors["word"].typed()
    assert len(word) == 4
    page.refresh()
    assert panel.form.form.editors["word"].typed() == word  # it may have been read out meanwhile
    panel.form.take.click()
    assert word in page.message.sentence
    assert "call:liaison" not in panel.buttons  # the Office's own note comes with its package
    _office_calls(desk, slip_id, "0000", 1)
    page.refresh()
    assert {item.word for item in leavedesk.story(desk, slip_id)[0].called.values()} == {word, "0000"}
    _office_calls(desk, slip_id, word, 2)
    assert {item.word for item in leavedesk.story(desk, slip_id)[0].called.values()} == {word}


def _office_calls(desk: Desk, slip_id: str, word: str, at: int) -> None:
    """Let the Office's note of the call arrive."""
    said: dict[str, Scalar] = {"slip": slip_id, "side": "liaison", "day": "2018-06-06", "word": word}
    arrived(desk, "15", [FeedLine(at=at, by="联络员", key=f"call:{slip_id}/call-liaison", set=said)])


def test_an_extension_and_a_change_of_route_lead_to_their_own_slips(page: LeavePage, desk: Desk, slip_id: str) -> None:
    _take(page, "reroute", place="包头市", reason="会议改在包头召开")
    assert page.desk is not None
    assert (page.desk.slip().follows, page.desk.slip().relation) == (slip_id, "reroute")
    assert "请打印签字" in page.message.sentence
    assert [slip.number for slip in leave.slips(desk)] == ["2018-0002", "2018-0001"]


def test_a_slip_is_voided_only_with_a_reason(page: LeavePage, desk: Desk, slip_id: str) -> None:
    panel = _open(page, "void")
    assert panel.form is not None
    panel.form.take.click()
    assert panel.form.form.editors["why"].input.property("wrong") == "true"
    _take(page, "void", why="重复填写")
    assert _state(page, desk, slip_id) == "已作废"


def test_what_was_typed_on_the_paper_is_saved_before_a_step(page: LeavePage, desk: Desk, slip_id: str) -> None:
    assert page.desk is not None
    page.desk.paper.cells["place"].set_content("包头市")
    page.desk.paper.typed.emit("place", "包头市")
    _take(page, "sign:secretary")
    slip = registers.get(desk, "leave_slip", slip_id)
    assert isinstance(slip, LeaveSlip)
    assert (slip.place, slip.printed) == ("包头市", 1)


def test_f6_goes_from_the_paper_to_the_steps_and_back(page: LeavePage, qtbot: QtBot) -> None:
    _show(page, qtbot)
    assert page.desk is not None
    rail = Rail([("leave", "请销假", "file-text", "Ctrl+3")], "武川县", large=False)
    rail.setParent(page)
    rail.show()
    rail.mark("leave")
    panes = Panes(lambda: page, rail, lambda: None)
    page.desk.paper.go_to("place")
    for inside in (True, False, False):  # the steps, the rail, the paper
        panes.go_on()
        assert _panel(page).has_keyboard() is inside
    assert page.desk.paper.cells["return_note"].hasFocus()
    page.hide()


def test_enter_in_a_field_takes_the_step(page: LeavePage, desk: Desk, qtbot: QtBot) -> None:
    _show(page, qtbot)
    panel = _open(page, "sign:secretary")
    assert panel.form is not None
    line = panel.form.form.editors["words"].input
    line.setFocus()
    type_chinese(line, "同意")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [item.words for item in desk.store.rows(Opinion)] == ["同意"]
    page.hide()


def test_nothing_in_the_panel_is_nameless(page: LeavePage) -> None:
    _open(page, "extend")
    assert sorted(set(_nameless(page))) == []
