"""The copies in the settings: made at once, a second place, one put back after a question."""

from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hands import words
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, desk: Desk, office: OfficeView, qtbot: QtBot) -> SettingsPage:
    vaults.renew_code(desk.folder)
    made = SettingsPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    made.show_subject("backups")
    return made


def test_a_copy_is_made_at_once_and_listed(page: SettingsPage, desk: Desk) -> None:
    assert page._state.text() == "还没有备份"
    page.backups.make()
    (kept,) = backups.listed(desk)
    assert [one.path for one in page.backups.table.rows_model.rows] == [kept.path]
    assert page._state.text().endswith("（手工）")
    assert "已备份并检查" in page.message.sentence


def test_a_second_place_is_chosen_said_and_missed(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    assert any("硬盘损坏时备份会一起丢失" in said for said in words(page.backups))
    place = tmp_path / "U盘"
    place.mkdir()
    page.backups.choose(place)
    assert any(str(place) in said for said in words(page.backups))
    place.rename(tmp_path / "拔出")
    desk.clock = FixedClock(datetime(2018, 6, 30, 9))
    page.refresh()
    assert "天没有出现" in page._state.text()
    page.backups.choose(None)
    assert "天没有出现" not in page._state.text()


def test_a_copy_is_put_back_only_after_a_question_that_says_what_it_is(page: SettingsPage, qtbot: QtBot) -> None:
    page.backups.make()
    page.backups.ask_restore()
    assert page.backups.asked is not None
    assert "最后改动" in page.backups.asked.text()
    with qtbot.waitSignal(page.restore_wanted) as wanted:
        page.backups.asked.buttons()[0].click()
    assert wanted.args == [page.backups.table.rows_model.rows[0].path]


def test_a_file_that_is_no_copy_is_said_in_words(page: SettingsPage, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"PK\3\4 no database")
    page.backups.ask_about(path)
    assert page.backups.asked is None
    assert "不是本程序的数据文件" in page.message.sentence
