"""The tab 移交: a medium is written, looked through, sent and receipted, each by its button."""

from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.records import ArchiveHandover
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.archives import forming, handing
from tuopin_desktop.services.archives.handing import Wish
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.handing import HandingView
from tuopin_desktop.ui.pages.archives.page import ArchivesPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, desk: Desk, qtbot: QtBot) -> ArchivesPage:
    desk.clock = FixedClock(datetime(2028, 3, 1, 9))
    made = ArchivesPage(asker, office_of(desk))
    qtbot.addWidget(made)
    made.resize(1166, 728)
    made.show_subject("handover")
    made.refresh()
    return made


@pytest.fixture
def view(page: ArchivesPage) -> HandingView:
    view = page.view
    assert isinstance(view, HandingView)
    return view


def test_before_any_number_it_says_what_to_do_first(page: ArchivesPage, view: HandingView) -> None:
    assert page._state.text() == "还没有编好件号的年度"
    assert not view.write_button.isEnabled()
    assert not view.box_button.isEnabled()
    assert view.check_button.isEnabled()


def test_a_medium_goes_from_writing_to_the_receipt(
    page: ArchivesPage, view: HandingView, desk: Desk, tmp_path: Path
) -> None:
    forming.form(desk, 2018)
    page.refresh()
    view.ask_wish()
    assert view.dialog is not None
    view.dialog.take()
    assert view.dialog.isVisible()  # no receiver yet
    view.dialog.reject()
    view.write(Wish(years=view._years(), receiver="旗档案馆", charset=view.charset.code()), tmp_path / "stick")
    assert "已写好并核对" in page.message.sentence
    assert page._state.text() == "2018年度还没有移交，或移交后又补了文件"
    (folder,) = (tmp_path / "stick").iterdir()
    lists = view.list
    lists.table.selectRow(0)
    lists.send()
    assert not lists.sent_button.isEnabled()
    lists.ask_received()
    assert lists.dialog is not None
    lists.dialog.take()
    assert lists.dialog.isVisible()  # no receipt yet
    lists.dialog.form.editors["receipt"].retype("旗档馆3号")
    lists.dialog.take()
    assert page._state.text() == "2018年度档案馆都已接收"
    (one,) = desk.store.rows(ArchiveHandover)
    assert handing.state(one) == "已接收"
    view.check(folder)
    assert "核对无误" in view._checked.text()
    next((folder / "电子档案").rglob("*.pdf")).write_bytes(b"%PDF-1.4 changed")
    view.check(folder)
    assert "发现问题" in view._checked.text()
    assert [one.what for one in view.faults.rows_shown()][:1] == ["的内容被改动过"]
