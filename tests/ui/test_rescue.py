"""The page in place of the window when the data are damaged or gone: every way leads to an office that opens."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.firststarts import first_run
from tests.ui.hands import words
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, offices, rescue
from tuopin_desktop.ui.rescue import RescuePage
from tuopin_desktop.ui.start import Opening


@pytest.fixture
def folder(kept_office: Path, tmp_path: Path) -> Path:
    """Return an office with a copy, whose database is damaged in its head."""
    folder = tmp_path / "数据"
    shutil.copytree(kept_office, folder)
    desk = offices.open_desk(folder, FixedClock(NOW))
    backups.make(desk)
    desk.close()
    path = folder / "office.db"
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])  # the first 16 alone, whose file it is, cost nothing
    return folder


@pytest.fixture
def opening(qapp: QApplication, folder: Path, qtbot: QtBot) -> Iterator[Opening]:
    settings = QSettings(str(folder.parent / "window.ini"), QSettings.Format.IniFormat)
    made = Opening(qapp, lambda: offices.open_desk(folder, FixedClock(NOW)), settings, folder)
    yield made
    made.stop()
    if made.shell is not None:
        made.shell.hide()
    qapp.setQuitOnLastWindowClosed(True)


def page_of(opening: Opening, qtbot: QtBot) -> RescuePage:
    qtbot.waitUntil(lambda: opening.rescue is not None and opening.rescue._survey is not None)
    assert opening.rescue is not None
    return opening.rescue


def test_the_page_offers_the_ways_in_order_without_an_english_word(opening: Opening, qtbot: QtBot) -> None:
    opening.open()
    page = page_of(opening, qtbot)
    said = [one for one in words(page) if "数据在" not in one]
    assert not [one for one in said if re.search("[A-Za-z]{2,}", one)]
    titles = [way.title.text() for way in (page.copy, page.saved, page.region, page.still)]
    assert [title[:4] for title in titles] == ["用最近的", "先救出还", "请自治区", "先不动，"]
    assert "已检查完好" in page.copy.sentence.text()
    assert page.copy.button.property("role") == "primary"


def test_the_newest_copy_is_put_back_and_the_window_opens(opening: Opening, qtbot: QtBot, folder: Path) -> None:
    opening.open()
    page = page_of(opening, qtbot)
    page.copy.button.click()
    assert page.asked is not None
    page.asked.buttons()[0].click()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    assert "已恢复备份" in opening.shell.page.message.sentence
    assert opening.rescue is None
    assert len(list((folder / backups.FOLDER).glob("损坏-*.db"))) == 1


def test_what_can_be_read_is_shown_first_and_then_taken(opening: Opening, qtbot: QtBot) -> None:
    opening.open()
    page = page_of(opening, qtbot)
    page.saved.button.click()
    qtbot.waitUntil(page.outcome.isVisible)
    assert "救出" in page.account.text()
    page.adopt()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    assert "已换上救出的数据" in opening.shell.page.message.sentence


def test_what_was_salvaged_can_be_left_and_the_copy_taken(opening: Opening, qtbot: QtBot, folder: Path) -> None:
    opening.open()
    page = page_of(opening, qtbot)
    before = (folder / "office.db").read_bytes()
    page.attempt()
    qtbot.waitUntil(page.outcome.isVisible)
    page.give_up()
    assert not page.outcome.isVisible()
    qtbot.waitUntil(lambda: not list(folder.glob("*.part")))
    assert (folder / "office.db").read_bytes() == before


def test_the_request_is_written_and_the_office_can_be_set_up_anew(opening: Opening, qtbot: QtBot, folder: Path) -> None:
    opening.again = lambda: first_run(folder)
    opening.open()
    page = page_of(opening, qtbot)
    page.region.button.click()
    qtbot.waitUntil(lambda: (folder / rescue.REQUEST).exists() and "请求单已写好" in page.message.sentence)
    page.clear()
    qtbot.waitUntil(lambda: opening.setup.window is not None)
    assert not (folder / "office.db").exists()
    assert opening.setup.window is not None
    opening.setup.window.hide()


def test_copies_beside_a_missing_database_are_offered(opening: Opening, qtbot: QtBot, folder: Path) -> None:
    (folder / "office.db").unlink()
    opening.offer_ways()
    page = page_of(opening, qtbot)
    assert any("不见了" in one for one in words(page))
    assert not page.saved.isVisible()
    page.restore(next((folder / backups.FOLDER).glob("手工-*.db")))
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())


def test_a_copy_that_cannot_be_put_back_says_why_and_the_page_stays(
    opening: Opening, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    opening.open()
    page = page_of(opening, qtbot)
    page.restore(tmp_path / "没有.db")
    qtbot.waitUntil(lambda: "找不到备份" in page.message.sentence)
    assert page.copy.button.isEnabled()


def test_a_pause_empties_the_journal(opening: Opening, qtbot: QtBot, folder: Path) -> None:
    backups.restore(folder, next((folder / backups.FOLDER).glob("手工-*.db")))
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    opening.chores.fold_journal()
    qtbot.waitUntil(lambda: (folder / "office.db-wal").stat().st_size == 0)
