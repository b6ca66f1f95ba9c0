"""Leave: from a few initials to a saved, printed slip, without touching the mouse."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.leaveteam import at
from tests.ui.hands import words as said
from tests.ui.test_names import _nameless
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import Filing, LeaveSlip
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.leave.watching import slips_to_watch
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave import questions
from tuopin_desktop.ui.pages.leave.doing import FilingDialog
from tuopin_desktop.ui.pages.leave.output import file_name
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.pages.leave.picker import PersonPicker
from tuopin_desktop.ui.pages.leave.stepform import StepForm
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import printer_for
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> LeavePage:
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def _shown(page: LeavePage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()


def _draft(page: LeavePage) -> None:
    page._draft("150125/q3")


def _write(page: LeavePage, **words: str) -> None:
    assert page.desk is not None
    for name, text in words.items():
        page.desk.paper.cells[name].set_content(text)
        page.desk.paper.typed.emit(name, text)


def test_the_list_says_how_each_slip_stands(page: LeavePage, qtmodeltester: ModelTester) -> None:
    (row,) = page.slips.table.rows_model.rows
    assert (row.slip.number, row.slip.name, row.state) == ("2018-0001", "曾国强", "外出中")
    qtmodeltester.check(page.slips.table.rows_model)


def test_keyboard_alone_from_initials_to_a_saved_slip(page: LeavePage, desk: Desk, qtbot: QtBot) -> None:
    _shown(page, qtbot)
    page.new()
    picker = page.findChild(PersonPicker)
    assert picker is not None
    qtbot.keyClicks(picker.search, "gy")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert page.desk is not None
    paper = page.desk.paper
    assert paper.cells["name"].content() == "龚彧"
    qtbot.waitUntil(lambda: paper.cells["place"].hasFocus())
    for words in ("Hohhot", "610-613", "report"):
        holder = paper.focusWidget()
        assert holder is not None
        qtbot.keyClicks(holder, words)
        qtbot.keyClick(holder, Qt.Key.Key_Tab)
    page.save()
    assert page.message.sentence.startswith("已保存：龚彧")
    slips = [slip for slip in leave.slips(desk) if slip.name == "龚彧"]
    assert [slip.period for slip in slips] == ["2018-06-10am/2018-06-13pm"]
    assert paper.cells["period"].content() == "2018年6月10日至2018年6月13日"
    page.hide()


def test_days_are_counted_by_halves_beside_the_paper(page: LeavePage) -> None:
    _draft(page)
    _write(page, period="6.5下午至6.8")
    assert page.desk is not None
    assert "3.5 天（周二至周五）" in said(page.desk)


def test_a_slip_that_is_not_complete_is_refused_at_the_cell(page: LeavePage, desk: Desk, qtbot: QtBot) -> None:
    _shown(page, qtbot)
    _draft(page)
    _write(page, place="呼和浩特市", period="610-613")
    page.save()
    assert page.desk is not None
    assert "请假事由" in page.message.sentence
    assert page.desk.paper.cells["reason"].hasFocus()
    assert len(leave.slips(desk)) == 1
    page.hide()


def test_escape_keeps_the_slip_as_not_saved(page: LeavePage, desk: Desk) -> None:
    _draft(page)
    _write(page, place="包头市")
    page.back()
    top = page.slips.table.rows_model.rows[0]
    assert (top.slip.place, top.state) == ("包头市", "未保存")
    assert page.unsaved() == "1张请假报备单"
    page.slips.opened.emit(top)
    assert page.desk is not None
    assert page.desk.paper.cells["place"].content() == "包头市"
    assert len(leave.slips(desk)) == 1


def test_reporting_back_is_written_on_the_slip(page: LeavePage, desk: Desk, slip_id: str) -> None:
    at(desk, date(2018, 6, 8))
    page.show_subject(f"leave_slip:{slip_id}")
    _step(page, "back", day="608", half="下午", reported="608")
    slip = registers.get(desk, "leave_slip", slip_id)
    assert isinstance(slip, LeaveSlip)
    assert slip.returned == "2018-06-08pm"
    assert page.desk is not None
    assert "已销假" in page.desk.paper.cells["return_note"].content()
    page.back()
    assert page.slips.table.rows_model.rows[0].state == "按期返回"


def test_the_leader_gets_attachment_1_and_cannot_fill_the_offices_cells(page: LeavePage) -> None:
    page._draft("150125/q0")
    assert page.desk is not None
    assert "附件1 队长" in said(page.desk)
    assert not {"handler_name", "handler_post", "handler_phone"} & set(page.desk.paper.cells)


def test_leave_type_and_phone_stand_beside_the_paper(page: LeavePage, desk: Desk) -> None:
    _draft(page)
    _write(page, place="包头市", period="610", reason="看病")
    assert page.desk is not None
    page.desk.beside.editors["leave_type"].retype("病假")
    page.save()
    saved = next(slip for slip in leave.slips(desk) if slip.name == "龚彧")
    assert (saved.leave_type, saved.phone) == ("sick", "13900000003")
    assert "leave_type" not in page.desk.paper.cells


def test_pdf_of_the_chosen_slips_is_written_whole_and_counts_as_printed(
    page: LeavePage, desk: Desk, slip_id: str, tmp_path: Path
) -> None:
    page.output.write_pdf([slip_id], tmp_path / "slips.pdf")
    assert (tmp_path / "slips.pdf").read_bytes().startswith(b"%PDF")
    assert "已保存“" in page.message.sentence
    assert [slip.printed for slip in leave.slips(desk)] == [1], "whoever has the PDF has the paper"


def test_printing_without_a_choice_says_how_to_choose(page: LeavePage) -> None:
    page.slips.table.clearSelection()
    page.print_()
    assert "选中" in page.message.sentence


def test_a_blank_form_is_written(page: LeavePage, tmp_path: Path) -> None:
    page.output.write_blank(1, tmp_path / "blank.pdf")
    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF")


def _step(page: LeavePage, key: str, **answers: str) -> StepForm:
    assert page.desk is not None
    panel = page.desk.handling
    if panel._open != key:
        panel.buttons[key].click()
    form = panel.form
    assert form is not None
    for name, text in answers.items():
        form.form.editors[name].retype(text)
    form.take.click()
    return form


def test_signatures_are_recorded_from_the_paper(page: LeavePage, slip_id: str) -> None:
    page.show_subject(f"leave_slip:{slip_id}")
    assert page.desk is not None
    assert page.desk.handling.buttons["sign:leader"].accessibleName().endswith("（未签字）")
    _step(page, "sign:leader", signer="白音", signed="605")
    assert any("队长白音签字" in words for words in said(page.desk))


def test_a_signature_that_cannot_stand_is_refused_at_its_field(page: LeavePage, slip_id: str) -> None:
    page.show_subject(f"leave_slip:{slip_id}")
    form = _step(page, "sign:leader", signer="", signed="605")
    assert form.form.editors["signer"].input.property("wrong") == "true"


def _filing(page: LeavePage, qtbot: QtBot) -> FilingDialog:
    _shown(page, qtbot)
    page.take_keyboard()
    page.slips.table.selectAll()
    qtbot.keyClick(page.slips.table, Qt.Key.Key_B)
    dialog = page.doing.filing
    assert dialog is not None
    return dialog


def test_everything_chosen_is_filed_with_one_body_in_one_stroke(
    page: LeavePage, desk: Desk, slip_id: str, qtbot: QtBot
) -> None:
    dialog = _filing(page, qtbot)
    assert any("曾国强共1张报备单" in words for words in said(dialog))
    assert sorted(set(_nameless(dialog))) == []
    dialog.form.form.editors["body"].retype("联络考评组")
    dialog.form.form.editors["channel"].retype("传真")
    dialog.form.take.click()
    (made,) = desk.store.rows(Filing)
    assert (made.slip, made.body, made.filed, made.channel) == (slip_id, "liaison", date(2018, 6, 5), "传真")
    assert page.message.sentence.endswith("报自治区办公室联络考评组备案，共1张")
    assert not dialog.isVisible()
    page.hide()


def test_a_leaders_slip_among_them_stops_the_filing_by_name(page: LeavePage, desk: Desk, qtbot: QtBot) -> None:
    drafted = leave.draft(desk, "150125/q0", date(2018, 6, 4))
    leave.save(desk, msgspec.structs.replace(drafted, place="北京市", period="610-611", reason="开会"))
    page.refresh()
    dialog = _filing(page, qtbot)
    dialog.form.take.click()
    assert "白音的报备单不需要报" in dialog.message.sentence
    assert dialog.isVisible()
    assert desk.store.rows(Filing) == []
    dialog.form.put_away.click()
    assert not dialog.isVisible()
    page.hide()


def test_an_extension_is_a_slip_of_its_own(page: LeavePage, desk: Desk, slip_id: str) -> None:
    page.show_subject(f"leave_slip:{slip_id}")
    _step(page, "extend", until="610", reason="会议延期")
    assert page.desk is not None
    assert page.desk.slip().follows == slip_id
    assert page.desk.slip().period == "2018-06-09am/2018-06-10pm"
    assert len(leave.slips(desk)) == 2


def test_a_withdrawn_slip_keeps_its_number_and_its_reason(page: LeavePage, desk: Desk, slip_id: str) -> None:
    page.show_subject(f"leave_slip:{slip_id}")
    _step(page, "withdraw", why="会议取消")
    page.back()
    row = page.slips.table.rows_model.rows[0]
    assert (row.slip.number, row.state) == ("2018-0001", "已撤回")


def test_printing_is_counted(page: LeavePage, desk: Desk, slip_id: str, tmp_path: Path) -> None:
    page.output.with_fonts(lambda fonts: _print(page, slip_id, tmp_path, fonts))
    slip = registers.get(desk, "leave_slip", slip_id)
    assert isinstance(slip, LeaveSlip)
    assert slip.printed == 1


def _print(page: LeavePage, slip_id: str, folder: Path, fonts: PaperFonts) -> None:
    found = questions.printable(page.behind.desk, [slip_id])  # type: ignore[attr-defined]  # an asker of the tests has its desk
    printer = printer_for(found.sheets[0], "请假报备单")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    page.output.print_on(printer, found, fonts)


def test_the_list_narrows_to_what_the_clerk_watches(page: LeavePage) -> None:
    counts = {"": 1, "AWAY": 1, "DUE": 0, "OVERDUE": 0, "UNPRINTED": 1, "UNSIGNED": 0, "UNFILED": 0, "UNCALLED": 0}
    for wanted, shown in counts.items():
        page.slips.lists.choose(wanted)
        assert len(page.slips.table.rows_model.rows) == shown, wanted
        assert page.slips.lists.buttons[wanted].text().endswith(f" {shown}")


def test_the_start_page_opens_exactly_the_returns_whose_calls_are_not_noted(page: LeavePage, desk: Desk) -> None:
    drafted = leave.draft(desk, "150125/q0", date(2018, 6, 4))
    about = {"place": "呼和浩特市", "period": "2018-06-04am/2018-06-04pm", "reason": "汇报工作。"}
    slip = leave.save(desk, msgspec.structs.replace(drafted, **about))
    leavedesk.printed(desk, [slip.id])
    leavedesk.back(desk, slip.id, date(2018, 6, 5), "am")
    uncalled = [one.slip.id for one in slips_to_watch(desk) if Watch.UNCALLED in one.lists]
    page.show_subject("list:UNCALLED")
    assert [row.slip.id for row in page.slips.rows] == [slip.id] == uncalled
    page.show_subject("list:UNCALLED")  # asked for again it stays
    assert [row.slip.name for row in page.slips.rows] == ["白音"]


def test_the_class_a_reason_sounds_like_is_offered_while_typing_and_never_written_over(page: LeavePage) -> None:
    _draft(page)
    assert page.desk is not None
    line, kind = page.desk.proposal, page.desk.beside.editors["leave_type"]
    assert line.isHidden()
    _write(page, reason="发烧住院")
    assert (line.isHidden(), line.take.text().strip(), kind.read()) == (False, "按事由，假别填“病假”", "")
    _write(page, reason="参加区里会议")
    assert line.take.text().strip() == "按事由，假别填“因公外出”"
    assert "不是休假" in line._why.text()
    line.take.click()
    assert kind.read() == "official"
    assert line.isHidden()
    _write(page, reason="结婚")
    assert (kind.read(), line.isHidden()) == ("official", True)


def test_what_the_leave_comes_to_is_said_while_it_is_typed(page: LeavePage, desk: Desk) -> None:
    """25 days in June: the twenty days cannot be reached, and that there is nothing to mind is not said."""
    page._draft("150125/q2")
    assert page.desk is not None
    _write(page, place="北京市", reason="看病", period="606")
    assert any("够得到" in line for line in said(page.desk.ahead))
    _write(page, period="604-628")
    lines = said(page.desk.ahead)
    assert "请假共25天，最多可在旗县5天，要求20天：够不到，差15天" in lines
    assert "签字未齐1次4天（不含本次）" in lines
    assert page.desk.findings._nothing.isHidden()
    _write(page, period="610-605")
    assert "止日6月5日早于起日6月10日，请改" in said(page.desk)
    assert page.desk.ahead.isHidden()
    assert [slip.number for slip in leave.slips(desk)] == ["2018-0001"], "nothing was saved"


def test_above_the_county_the_list_is_narrowed_by_league_leaders_and_day_of_return(
    each_shell: Shell, each_desk: Desk
) -> None:
    if not leave.slips(each_desk):
        drafted = leave.draft(each_desk, "150125/q2", date(2018, 6, 4))
        about = {"place": "呼和浩特市", "period": "2018-06-05am/2018-06-08pm", "reason": "汇报工作。"}
        leave.save(each_desk, msgspec.structs.replace(drafted, **about))
    each_shell.open_page("leave")
    page = each_shell.page
    assert isinstance(page, LeavePage)
    level, above = page.office.level, page.slips.above
    assert above.isVisible() == (level is not Level.COUNTY)
    assert ("应返回" in [one.title for one in page.slips.table.rows_model.columns]) == (level is not Level.COUNTY)
    assert above.league.isVisible() == (level is Level.REGION)
    if level is Level.COUNTY:
        return
    assert len(page.slips.table.rows_model.rows) == 1
    for box, code, count in ((above.posts, "leaders", 0), (above.posts, "others", 1), (above.expected, "0", 0)):
        box.setCurrentIndex(box.findData(code))
        box.activated.emit(box.currentIndex())
        assert len(page.slips.table.rows_model.rows) == count, code
    page.show_subject("list:AWAY/150125")
    assert len(page.slips.table.rows_model.rows) == 1, "what another page counted is shown whole"


def test_files_are_named_by_number_and_name() -> None:
    one, other = LeaveSlip(number="2018-0007", name="李四"), LeaveSlip(number="2018-0003", name="李明")
    assert file_name([one]) == "请假报备单 2018-0007 李四"
    assert file_name([one, other]) == "请假报备单 2018-0003至2018-0007 李明等2张"
