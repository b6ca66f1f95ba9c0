"""The menu of books: each saved as PDF and Excel, and the switch for the code in the margin."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave.books import BOOKS, OF_SLIP
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, desk: Desk, slip_id: str, qtbot: QtBot) -> LeavePage:
    """The page with a slip that is signed and waits to be filed."""
    for role, signer in (("secretary", "钱书记"), ("leader", "白音")):
        leavedesk.sign(desk, slip_id, role, signer, desk.today())
    assert registers.get(desk, "leave_slip", slip_id).id == slip_id
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


@pytest.mark.parametrize("name", [*BOOKS, *OF_SLIP])
@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_every_book_is_saved_as_its_name_says(
    page: LeavePage, slip_id: str, name: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"book.{ending}"
    page.books.write(name, slip_id, path)
    assert page.message.sentence == f"已保存“{path.name}”，在“{path.parent.name}”"
    assert path.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"PK")


def test_an_empty_book_is_refused_in_words(page: LeavePage, slip_id: str, tmp_path: Path) -> None:
    page.books.year = 2016
    page.books.write("cards", slip_id, tmp_path / "cards.pdf")
    assert "没有请假记录" in page.message.sentence
    assert not (tmp_path / "cards.pdf").exists()


def test_a_book_of_one_slip_asks_for_the_slip(page: LeavePage) -> None:
    page.slips.table.setCurrentIndex(page.slips.table.rootIndex())
    page.books.ask("story")
    assert "先选中" in page.message.sentence


def test_the_code_in_the_margin_is_switched_off_and_on(page: LeavePage, desk: Desk) -> None:
    page.books.menu.aboutToShow.emit()
    assert page.books.code.isChecked()
    page.books.code.trigger()
    assert not settings.on(desk, settings.MARGIN_CODE)
    page.books.menu.aboutToShow.emit()
    assert not page.books.code.isChecked()
    page.books.code.trigger()
    assert settings.on(desk, settings.MARGIN_CODE)
