"""The recovery code in the settings: asked for, shown once, saved as its paper; a copy from elsewhere asks for it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hands import words
from tuopin_desktop.services.office import backups, recovery, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.vaults import Unlock
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(asker, office)
    qtbot.addWidget(page)
    page.refresh()
    page.show_subject("backups")
    return page


def test_that_there_is_none_is_said_until_one_was_shown(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    assert page._state.text() == recovery.NEEDED
    page.backups.issue_code()
    dialog = page.backups.code
    assert dialog is not None
    code = dialog.code.text()
    assert vaults.is_right(desk.folder, Unlock(code=code))
    dialog.save_to(tmp_path / "恢复码.pdf")
    assert "没有加密" in dialog.sentence.text()
    assert (tmp_path / "恢复码.pdf").read_bytes().startswith(b"%PDF")
    dialog.accept()
    assert page._state.text() != recovery.NEEDED
    assert not any(code in said for said in words(page))


def test_a_copy_from_another_pc_asks_for_its_code(
    page: SettingsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = vaults.renew_code(desk.folder)
    copy = backups.save_to(desk, tmp_path / "存.db")
    vaults.lock(desk.folder)
    (desk.folder / vaults.FILE).unlink()
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    page.backups.ask_about(copy)
    dialog = page.backups.unlocking
    assert dialog is not None
    dialog.text.setText(code)
    dialog.take()
    assert page.backups.asked is not None
    assert "存.db" in page.backups.asked.text()
    page.backups.asked.reject()
