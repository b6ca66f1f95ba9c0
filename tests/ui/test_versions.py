"""A slip with ink on the desk: its cells take no key, a correction makes a version, what is fixed asks for a reason."""

from datetime import date
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, words
from tuopin_desktop.domain.records import Amendment, LeaveSlip, Opinion
from tuopin_desktop.services.leave import leave, leavedesk, leaveversions
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave import questions
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.ask import ReasonDialog, ask_reason


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, desk: Desk, slip_id: str, qtbot: QtBot) -> LeavePage:
    """The page with a slip that was printed and signed by both."""
    leavedesk.printed(desk, [slip_id])
    for role, signer in (("secretary", "钱书记"), ("leader", "白音")):
        leavedesk.sign(desk, slip_id, role, signer, date(2018, 6, 5))
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    asker.changed.connect(lambda kinds: made.refresh())
    made.show_subject(f"leave_slip:{slip_id}")
    return made


def kept(desk: Desk, slip_id: str) -> LeaveSlip:
    found = desk.store.get(LeaveSlip, slip_id)
    assert found is not None
    return found


def test_no_cell_of_a_signed_slip_takes_a_key_or_a_paste(
    page: LeavePage, desk: Desk, slip_id: str, qtbot: QtBot
) -> None:
    assert page.desk is not None
    before = kept(desk, slip_id)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    QApplication.clipboard().setText("三亚市")
    for name, cell in page.desk.paper.cells.items():
        if name == "return_note":
            continue
        assert cell.isReadOnly(), name
        cell.setFocus()
        cell.selectAll()
        qtbot.keyClicks(cell, "x")
        qtbot.keyClick(cell, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(cell, Qt.Key.Key_Delete)
    page.save()
    assert kept(desk, slip_id) == before
    assert "没有要存的" in page.message.sentence
    assert page.desk.strip.why == "纸上已经签字，印好的格子只读，可以选中、复制。"
    assert "更正" in page.desk.strip._why.toolTip(), "what is to be done instead"
    page.hide()


def test_what_is_beside_the_paper_is_still_saved(page: LeavePage, desk: Desk, slip_id: str) -> None:
    assert page.desk is not None
    page.desk.beside.editors["note"].retype("已电话告知")
    page.save()
    assert kept(desk, slip_id).note == "已电话告知"


def test_the_ink_cells_show_what_the_paper_says(page: LeavePage) -> None:
    assert page.desk is not None
    assert page.desk.paper._ink["secretary_opinion"].startswith("同意　钱书记　2018年6月5日")


def test_a_correction_lays_the_new_version_on_the_desk_and_the_old_one_is_a_click_away(
    page: LeavePage, desk: Desk, slip_id: str
) -> None:
    assert page.desk is not None
    page.desk.handling.buttons["correct"].click()
    form = page.desk.handling.form
    assert form is not None
    form.form.editors["place"].retype("三亚市")
    form.take.click()
    assert desk.store.count(LeaveSlip) == 1, "no correction without a reason"
    form.form.editors["why"].retype("转院")
    form.take.click()
    assert "重新签字" in page.message.sentence
    assert page._saved is not None
    assert (page._saved.place, page._saved.relation) == ("三亚市", "correction")
    assert not page.desk.fixed
    page.desk.strip.chosen.emit(slip_id)
    assert page._saved.id == slip_id
    assert page.desk.fixed
    assert "第1版 6月5日签字 现行" in words(page.desk.strip.chips)
    chips = [one.text() for one in everything(page.desk.strip.chips, QPushButton) if not one.isHidden()]
    assert chips == ["第2版 更正 未打印"]


def test_a_void_slip_is_read_as_a_whole(page: LeavePage, desk: Desk, slip_id: str) -> None:
    leavedesk.end(desk, slip_id, "voided", "填错")
    page.show_subject(f"leave_slip:{slip_id}")
    assert page.desk is not None
    assert all(cell.isReadOnly() for cell in page.desk.paper.cells.values())
    assert not page.desk.beside.isEnabled()


def red(image: QImage) -> int:
    colours = (image.pixelColor(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return sum(colour.red() > 180 and colour.green() < 60 and colour.blue() < 60 for colour in colours)


def test_void_is_written_across_the_paper_on_the_screen(page: LeavePage, desk: Desk, slip_id: str) -> None:
    assert page.desk is not None
    page.desk.resize(900, 700)
    page.desk.fit_page()
    assert red(page.desk.paper.grab().toImage()) == 0
    leavedesk.end(desk, slip_id, "voided", "填错")
    page.show_subject("")
    page.show_subject(f"leave_slip:{slip_id}")
    page.desk.fit_page()
    assert red(page.desk.paper.grab().toImage()) > 200


def test_ink_is_corrected_once_the_clerk_says_why(
    page: LeavePage, asker: ImmediateRunner, desk: Desk, slip_id: str, qtbot: QtBot
) -> None:
    shown: list[ReasonDialog] = []

    def reasons(*asked: Any) -> None:
        shown.append(ask_reason(page)(*asked))

    asker.reasons = reasons
    assert page.desk is not None
    handling = page.desk.handling
    handling.buttons["sign:secretary"].click()
    assert handling.form is not None
    handling.form.form.editors["signer"].retype("钱书计")
    handling.form.take.click()
    (dialog,) = shown
    assert not dialog.agree.isEnabled()
    dialog.reason.setText("看错了字")
    dialog.agree.click()
    ink = desk.store.get(Opinion, f"{slip_id}/secretary")
    assert ink is not None
    assert ink.signer == "钱书计"
    (note,) = desk.store.rows(Amendment)
    assert (note.was, note.now, note.reason) == ("钱书记", "钱书计", "看错了字")


def test_who_gives_no_reason_is_told_why_nothing_was_changed(
    asker: ImmediateRunner, desk: Desk, slip_id: str, qtbot: QtBot, page: LeavePage
) -> None:
    told: list[Any] = []
    asker.reasons = lambda error, then, without: without()
    asker.ask(leavedesk.sign, slip_id, "secretary", "别人", date(2018, 6, 5), failed=told.append)
    assert "更正原因" in told[0].sentence
    assert desk.store.rows(Amendment) == []


def test_the_return_still_goes_onto_the_signed_sheet(page: LeavePage, desk: Desk, slip_id: str) -> None:
    assert page.desk is not None
    cell = page.desk.paper.cells["return_note"]
    assert not cell.isReadOnly()
    cell.set_content("6月8日已销假")
    page.save()
    assert kept(desk, slip_id).return_note == "6月8日已销假"


def test_a_draft_of_a_slip_that_was_signed_meanwhile_keeps_what_was_signed(
    page: LeavePage, desk: Desk, slip_id: str
) -> None:
    held = kept(desk, slip_id)
    composed = questions.resumed(desk, msgspec.structs.replace(held, place="三亚市", note="已电话告知"))
    assert (composed.slip.place, composed.slip.note) == (held.place, "已电话告知")


def test_what_is_to_be_done_is_numbered_and_two_versions_are_compared(
    page: LeavePage, desk: Desk, slip_id: str
) -> None:
    assert page.desk is not None
    todo = page.desk.handling._standing.todo if page.desk.handling._standing else ()
    assert [one.key for one in todo] == ["sheet", "file:unit", ""]
    second = leaveversions.correct(desk, slip_id, "转院", place="三亚市")
    page.show_subject(f"leave_slip:{second.id}")
    standing = page.desk.handling._standing
    assert standing is not None
    assert [one.text for one in standing.todo] == [
        "打印第2版，送书记、队长重新签字",
        "签回后登记书记、队长签字，第2版成为现行",
        "收回签字件",
        "重报派出单位、联络考评组备案",
    ]
    assert page.desk.paper._marks == {"place"}
    assert "外出地点 呼和浩特市 → 三亚市" in page.desk.strip.why
    with_reason = [event.words for event in standing.events]
    assert any("原报备单2018-0001" in line for line in with_reason)


def test_a_slip_and_its_extension_lead_to_each_other(page: LeavePage, desk: Desk, slip_id: str) -> None:
    longer = leaveversions.extend(desk, slip_id, date(2018, 6, 12), "pm", "会议延期")
    page.refresh()
    assert page.desk is not None
    (chip,) = (
        one for one in everything(page.desk.strip.chips, QPushButton) if "续假" in one.text() and not one.isHidden()
    )
    assert chip.text() == "续假 2018-0002 未打印"
    chip.click()
    assert page._saved is not None
    assert page._saved.id == longer.id
    (chip,) = (
        one for one in everything(page.desk.strip.chips, QPushButton) if "接报备单" in one.text() and not one.isHidden()
    )
    chip.click()
    assert page._saved.id == slip_id


def test_a_printed_slip_that_is_changed_says_so_and_its_sheet_is_not_taken_back(
    page: LeavePage, desk: Desk, slip_id: str
) -> None:
    drafted = leave.draft(desk, "150125/q3")
    about = {"place": "包头市", "period": "2018-06-11am/2018-06-12pm", "reason": "看病"}
    other = leave.save(desk, msgspec.structs.replace(drafted, **about))
    leavedesk.printed(desk, [other.id])
    page.show_subject(f"leave_slip:{other.id}")
    assert page.desk is not None
    page.desk.paper.cells["place"].set_content("北京市")
    page.save()
    standing = page.desk.handling._standing
    assert standing is not None
    assert standing.story.state_words == "已改，须重印"
    assert standing.todo[0].text == "重新打印报备单，送书记、队长签字"
    page.desk.handling.buttons["sheet"].click()
    assert "重新打印" in page.message.sentence
    assert kept(desk, other.id).sheet_back is None
