"""The form of a meeting and its sheet: who is away before the day is fixed, who signed once the sheet is back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import papers
from tuopin_desktop.domain.records import Acknowledgement
from tuopin_desktop.services.duties import rollcalls
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.duties.page import DutiesPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> DutiesPage:
    made = DutiesPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def test_a_form_says_who_is_away_as_soon_as_a_day_is_chosen(page: DutiesPage) -> None:
    page.registers.choose("meeting")
    page.new()
    form, days = page.keeping.sheet.form, page.keeping.sheet.days
    assert form is not None
    assert days.isHidden()
    form.editors["type"].retype("联席会议")
    form.editors["held"].retype("2018-06-07")
    form.edited.emit()
    assert "应到4人，外出1人：曾国强（队员）已报备外出（2018-0001），6月5日至6月8日" in days.text()
    assert "可改在：6月11日全部在岗" in days.text()
    form.editors["held"].retype("2018-06-12")
    form.edited.emit()
    assert "没有登记外出的" in days.text()
    form.editors["held"].retype("2018-05-31")
    form.edited.emit()
    assert days.isHidden()  # it is over


def test_who_signed_is_ticked_and_kept_at_once(page: DutiesPage, desk: Desk) -> None:
    page.keeping.open("team", "150125/team")
    page.keeping.ask_roll()
    dialog = page.keeping.calling.dialog
    assert dialog is not None
    assert dialog.ticked() == []
    dialog.all.click()
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.day.retype("2018-06-04")
    dialog.taken.emit(dialog.ticked(), dialog.day.read())
    kept = desk.store.rows(Acknowledgement)
    assert {one.signed for one in kept} == {date(2018, 6, 4)}
    assert len(kept) == 3
    assert page.message.sentence == "已登记签到：3人签字，1人未签"


def test_a_scanned_sheet_asks_who_signed(page: DutiesPage, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "签字表.jpg"
    image = papers.page(books.pdf(desk, rollcalls.sheet(desk, "150125")))
    path.write_bytes(papers.jpeg(image))
    page.output.take_scans([path])
    assert page.keeping.calling.dialog is not None
    assert page.keeping.calling.dialog.roll.scanned
    page.keeping.calling.dialog.reject()
    page.output.write_acknowledgement(tmp_path / "表.pdf")
    assert (tmp_path / "表.pdf").exists()
