"""A file dragged over a page: what will happen is said, it is rehearsed, and a wrong one gets a sentence."""

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hands import Hand, everything, window_of
from tuopin_desktop.domain import ids
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.pages.leave.scans import ScansDialog
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.pages.roster.people import PeopleList
from tuopin_desktop.ui.sheets.rehearsal import PreviewDialog
from tuopin_desktop.ui.shell import Shell


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    return window_of(desk, qtbot)


def _people(shell: Shell) -> PeopleList:
    assert isinstance(shell.page, RosterPage)
    return shell.page.people


def _roster(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["姓名", "性别", "队内职务", "派驻时间"], ["苏日娜", "女", "队员", "2018-06-01"]):
        book.active.append(row)
    book.save(path := folder / "2018年6月名单.xlsx")
    return path


def test_a_sheet_over_the_roster_is_announced_and_rehearsed_and_not_written(shell: Shell, tmp_path: Path) -> None:
    shell.open_page("roster")
    before = _people(shell).table.rows_model.rows
    hand = Hand(shell, _roster(tmp_path))
    assert hand.over() == "松开：试导入派驻人员花名册，2018年6月名单.xlsx，先看结果再写入"
    hand.away()
    assert not shell._dropping.frame.isVisible()
    hand.over()
    hand.let_go()
    dialog = next(one for one in everything(shell, PreviewDialog) if one.isVisible())
    assert ([plan.label for plan in dialog.table.rows_model.rows], shell._dropping.frame.isVisible()) == (
        ["新增"],
        False,
    )
    assert _people(shell).table.rows_model.rows == before


def test_a_wrong_file_gets_a_sentence(shell: Shell, tmp_path: Path) -> None:
    (paper := tmp_path / "通知.pdf").write_bytes(b"%PDF-1.4 x")
    shell.open_page("roster")
    hand = Hand(shell, paper)
    assert hand.over().startswith("这里不收“通知.pdf”")
    hand.let_go()
    assert shell.page.message.sentence == "“通知.pdf”是PDF 文件，不是表格。是扫描件的，请作为扫描件收下。"
    shell.open_page("home")
    Hand(shell, _roster(tmp_path)).let_go()
    sentence = "“2018年6月名单.xlsx”是表格，不是这一页能收的文件。请到相应的页面导入表格。"
    assert shell.page.message.sentence == sentence


def test_a_scan_over_the_slips_opens_the_tray(shell: Shell, tmp_path: Path) -> None:
    (scan := tmp_path / "签字件.jpg").write_bytes(b"\xff\xd8\xff no picture")
    shell.open_page("leave")
    hand = Hand(shell, scan)
    assert hand.over().startswith("松开：收扫描件")
    assert isinstance(shell.page, LeavePage)
    slip = shell.page.slips.table.rows_model.rows[0].slip
    shell.page.slips.table.select(slip.id)
    hand.let_go()
    tray = next(one for one in everything(shell, ScansDialog) if one.isVisible())
    assert tray.slip.code() == ids.key("leave_slip", slip.id), "what bears no code is offered to the slip in hand"


def test_a_package_is_tried_where_packages_are_taken(shell: Shell, tmp_path: Path) -> None:
    (package := tmp_path / "150426.zip").write_bytes(b"PK\3\4 no package")
    hand = Hand(shell, package)
    assert hand.over().startswith("松开：到“U盘交换”试收数据包")
    hand.let_go()
    assert shell.here == "exchange"
    assert shell.page.message.sentence


def test_nothing_is_taken_into_a_month_that_is_only_looked_at(each_shell: Shell, tmp_path: Path) -> None:
    each_shell.open_page("attendance")
    page = each_shell.page
    assert isinstance(page, AttendancePage)
    hand = Hand(each_shell, _roster(tmp_path))
    assert hand.over().startswith("这里不收" if page.keyer.shut else "松开：试导入考勤")
