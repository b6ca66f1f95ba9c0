"""Scans in the window: a folder taken in, the tray, a page put on its slip by hand, the scan beside the slip."""

import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests import papers
from tests.ui.conftest import NOW
from tests.ui.test_names import _nameless
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import attachments, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.pages.leave.scans import ScansDialog
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Runner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> LeavePage:
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


@pytest.fixture
def dialog(page: LeavePage) -> ScansDialog:
    page.output.scans()
    made = page.output.tray
    assert made is not None
    return made


@pytest.fixture
def folder(desk: Desk, slip_id: str, tmp_path: Path) -> Path:
    """Two scans of the kept slip: one with its code, one with the margin cut off."""
    sheet = papers.page(leave.pdf(desk, [slip_id]))
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "a.png").write_bytes(papers.png(sheet))
    (folder / "b.png").write_bytes(papers.png(papers.without_code(sheet)))
    return folder


def test_a_folder_is_taken_in_and_the_rest_waits(
    dialog: ScansDialog, desk: Desk, slip_id: str, folder: Path, qtmodeltester: ModelTester
) -> None:
    dialog.take_in([folder])
    assert dialog.message.sentence == "归入报备单1张，放入收件筐待认1页。"
    assert len(attachments.of_slip(desk, slip_id)) == 1
    (item,) = dialog.table.rows_model.rows
    assert item.name == "b.png"
    assert dialog.view.shows_page
    qtmodeltester.check(dialog.table.rows_model)
    assert sorted(set(_nameless(dialog))) == []
    dialog.reject()


def test_taking_in_says_how_far_it_is_and_keeps_what_it_had_when_cancelled(
    page: LeavePage, dialog: ScansDialog, desk: Desk, asker: ImmediateRunner, slip_id: str, folder: Path
) -> None:
    told: list[tuple[str, bool]] = []

    def seen(done: int, total: int) -> None:
        told.append((dialog.running.text, dialog.running.isVisible()))
        dialog.take_in([folder])
        assert "请等收完" in dialog.message.sentence
        dialog.running.stop.click()
        told.append((dialog.running.text, dialog.running.stop.isEnabled()))

    page.show()
    asker.progressed.connect(seen)
    dialog.take_in([folder])
    assert told == [("正在收扫描件 1/2", True), ("正在停下…", False)]
    assert dialog.message.sentence == "归入报备单1张。已取消：其余1个文件没有收，可以再收，不会重复。"
    assert not dialog.running.isVisible()
    assert len(attachments.of_slip(desk, slip_id)) == 1
    asker.progressed.disconnect(seen)
    dialog.take_in([folder])
    assert dialog.message.sentence == "归入报备单0张，已收过1页，放入收件筐待认1页。"
    dialog.reject()
    page.hide()


def test_a_long_run_is_cancelled_across_the_threads(
    kept_office: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(kept_office, tmp_path / "office")
    for number in range(6):
        (tmp_path / f"{number}.png").write_bytes(papers.png(Image.new("L", (400, 600), 255 - number)))
    gate, read = threading.Event(), files.read

    def slow(path: Path, *limit: int) -> bytes:
        assert path.name != "3.png" or gate.wait(10)
        return read(path, *limit)

    monkeypatch.setattr(files, "read", slow)
    window = QWidget()
    qtbot.addWidget(window)
    runner = Runner(lambda: offices.open_desk(tmp_path / "office", FixedClock(NOW)))
    dialog = ScansDialog(runner, window)
    runner.start(lambda facts: None, lambda error: None)
    dialog.take_in(sorted(tmp_path.glob("*.png")))
    qtbot.waitUntil(lambda: dialog.running.text == "正在收扫描件 3/6")
    dialog.cancel()
    gate.set()
    qtbot.waitUntil(lambda: len(dialog.table.rows_model.rows) == 3 and dialog.view.shows_page)
    assert "已取消：其余3个文件没有收" in dialog.message.sentence
    runner.stop()


def test_a_waiting_page_is_put_on_a_slip_by_its_number(
    dialog: ScansDialog, desk: Desk, slip_id: str, folder: Path
) -> None:
    dialog.take_in([folder / "b.png"])
    dialog._assign()
    assert "输入报备单" in dialog.message.sentence
    dialog.slip.setEditText("2018-0001 曾国强")
    dialog._assign()
    assert dialog.message.sentence == "已归入：2018-0001 曾国强"
    assert len(attachments.of_slip(desk, slip_id)) == 1
    assert dialog.table.rows_model.rows == ()
    dialog.reject()


def test_a_waiting_page_is_thrown_away(dialog: ScansDialog, folder: Path) -> None:
    dialog.take_in([folder / "b.png"])
    dialog.discard(dialog.table.rows_model.rows[0].id)
    assert dialog.table.rows_model.rows == ()
    assert (folder / "b.png").exists()
    dialog.reject()


def test_a_folder_without_scans_is_refused_in_words(dialog: ScansDialog, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    dialog.take_in([tmp_path / "none"])
    assert "没有找到扫描件" in dialog.message.sentence
    dialog.reject()


def test_the_scan_is_looked_at_beside_its_slip(
    page: LeavePage, dialog: ScansDialog, desk: Desk, slip_id: str, folder: Path
) -> None:
    dialog.take_in([folder / "a.png"])
    dialog.reject()
    page.show_subject(f"leave_slip:{slip_id}")
    assert page.desk is not None
    (scan,) = registers.rows(desk, "attachment")
    page.desk.handling.buttons[f"scan:{scan.id}"].click()
    viewer = page.output.viewer
    assert viewer is not None
    assert viewer.view.shows_page
    assert viewer._where.text() == "第1页，共1页"
    viewer.accept()
