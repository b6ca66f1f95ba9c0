"""An update in the window: seen on the stick, told, swapped in, gone back from; a start says what became of it."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.services import updatesticks
from tests.services.exchangers import COUNTY, found, join, people, region
from tests.services.laterdata import opened_later
from tests.services.updatesticks import NEXT, lay, stick
from tests.ui.conftest import NOW
from tests.ui.exchangepages import page_of, states
from tests.ui.hands import words
from tuopin_desktop import __version__
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.machine.versions import Installation, State
from tuopin_desktop.services.exchange import updates
from tuopin_desktop.services.office import backups, upgrades
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.pages.exchange.versionrow import VersionRow
from tuopin_desktop.ui.start import Opening


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    return updatesticks.installation(tmp_path / "program", monkeypatch)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with closing(found(tmp_path / "county", COUNTY)) as desk:
        yield desk


def _yes(row: VersionRow) -> None:
    assert row.asked is not None
    buttons = cast("list[QPushButton]", row.asked.findChildren(QPushButton))
    next(one for one in buttons if one.text().startswith("换回")).click()


def test_an_update_on_the_stick_is_told_and_then_swapped_in(
    place: Installation, county: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    stick(tmp_path / "U")
    page = page_of(county, tmp_path / "U", qtbot)
    assert states(page) == ["new"]
    assert lists.stick_state(page.transfer.tray.packages.rows_model.rows[0]) == "可以换上"
    page.transfer.tray.try_.click()
    account = page.transfer.tray._account.toPlainText()
    assert NEXT in account
    assert "签名核对无误" in account
    assert page.transfer.tray.confirm.text().strip() == "换上"
    assert versions.read(place).next == ""
    page.transfer.tray.confirm.click()
    assert f"{NEXT}已备好" in page.message.sentence
    assert page.message.sentence.endswith("可以拔出。")
    assert versions.read(place) == State(current=__version__, next=NEXT)
    assert states(page) == ["ready"]
    assert not page.transfer.tray.version.isHidden()


def test_a_swap_that_was_through_before_it_was_cancelled_is_said_and_can_be_taken_back(
    place: Installation, county: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = stick(tmp_path / "U")
    page = page_of(county, tmp_path / "U", qtbot)
    updates.take(county, path)  # it was through before it heard of the cancelling
    page._cancel()
    assert page.message.sentence == f"取消得晚了：{NEXT}已备好，下次启动时换上；不要它的话点“换回”。"
    row = page.transfer.tray.version
    assert row.button.text() == f"换回{__version__}…"
    row.button.click()
    assert row.asked is not None
    assert f"不换{NEXT}" in row.asked.text()
    _yes(row)
    assert versions.read(place) == State(current=__version__)
    assert states(page) == ["new"]


def test_an_update_that_is_no_good_says_why_and_changes_nothing(
    place: Installation, county: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = stick(tmp_path / "U")
    path.write_bytes(path.read_bytes()[:-9])
    page = page_of(county, tmp_path / "U", qtbot)
    assert states(page) == ["bad"]
    page.transfer.tray.packages.select(str(path))
    page.transfer.tray.try_.click()
    assert "没有换上，现在的程序没有变" in page.message.sentence
    assert versions.read(place) == State(current=__version__)


def test_going_back_is_asked_with_what_it_means(
    place: Installation, county: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8")
    page = page_of(county, None, qtbot)
    row = page.transfer.tray.version
    assert not row.isHidden()
    row.button.click()
    assert row.asked is not None
    assert "读不了现在的数据" in row.asked.text()
    _yes(row)
    assert versions.read(place).next == "0.0.8"
    assert "0.0.8" in page.message.sentence
    assert row.button.text() == f"换回{__version__}…"


def test_where_versions_do_not_lie_side_by_side_the_page_is_silent(county: Desk, qtbot: QtBot) -> None:
    page = page_of(county, None, qtbot)
    assert page.transfer.tray.version.isHidden()
    assert not page.transfer.out.update_.isVisible()


def test_the_region_hands_an_update_down_with_the_packages(
    place: Installation, county: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(region(tmp_path / "15")) as root:
        join(root, county, tmp_path / "join")
        people(root, "甲")
        other = "windows-x86_64" if os.name != "nt" else "linux-x86_64"
        stick(tmp_path / "U", updatesticks.update(NEXT, other))
        page = page_of(root, tmp_path / "U", qtbot)
        page._cancel()
        assert page.message.sentence == "已取消，什么也没有写入。"
        assert not page.transfer.out.update_.isVisible()
        assert states(page) == ["new"]
        assert lists.stick_state(page.transfer.tray.packages.rows_model.rows[0]) == "可以收下"
        page.transfer.tray.try_.click()
        assert page.transfer.tray.confirm.text().strip() == "收下"
        page.transfer.tray.confirm.click()
        assert "可以随数据包下发" in page.message.sentence
        assert states(page) == ["stored"]
        assert page.transfer.out.update_.isVisible()
        page.transfer.out.update_.setChecked(True)
        (tmp_path / "down").mkdir()
        page.stick.choose(tmp_path / "down")
        page.send([COUNTY])
        assert "程序更新1份" in page.message.sentence
    assert len(list((tmp_path / "down").glob("tuopin-update-*.zip"))) == 1


def test_an_update_kept_to_hand_down_before_it_was_cancelled_is_said(
    place: Installation, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(region(tmp_path / "15")) as root:
        other = "windows-x86_64" if os.name != "nt" else "linux-x86_64"
        path = stick(tmp_path / "U", updatesticks.update(NEXT, other))
        page = page_of(root, tmp_path / "U", qtbot)
        updates.take(root, path)
        page._cancel()
        assert f"取消得晚了：程序更新{NEXT}" in page.message.sentence


# ---------------------------------------------------------------- the start


@pytest.fixture
def opening(qapp: QApplication, kept_office: Path, tmp_path: Path) -> Iterator[Opening]:
    folder = tmp_path / "数据"
    shutil.copytree(kept_office, folder)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Opening(qapp, lambda: upgrades.open_desk(folder, FixedClock(NOW)), settings, folder)
    made.chores.up.setInterval(1)
    yield made
    made.stop()
    if made.shell is not None:
        made.shell.hide()
    qapp.setQuitOnLastWindowClosed(True)


def _message(opening: Opening) -> str:
    return opening.shell.page.message.sentence if opening.shell is not None else ""


def test_a_window_that_stands_for_a_moment_ends_the_trial(place: Installation, opening: Opening, qtbot: QtBot) -> None:
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8", trial=__version__)
    opening.open()
    qtbot.waitUntil(lambda: f"已换上新版{__version__}" in _message(opening))
    assert versions.read(place) == State(current=__version__, previous="0.0.8")


def test_versions_that_are_not_needed_go_without_holding_the_window_up(
    place: Installation, opening: Opening, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(place, "0.0.7")
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8", trial=__version__)
    threads: list[threading.Thread] = []
    real = versions.sweep

    def sweep(of: Installation) -> None:
        threads.append(threading.current_thread())
        real(of)

    monkeypatch.setattr(versions, "sweep", sweep)
    opening.open()
    qtbot.waitUntil(lambda: not (place.versions / "0.0.7").exists())
    assert versions.whole(place, "0.0.8")
    assert [thread is threading.main_thread() for thread in threads] == [False]


def test_a_window_closed_at_once_ends_the_trial_too(place: Installation, opening: Opening, qtbot: QtBot) -> None:
    updatesticks.standing(place, previous="0.0.8", trial=__version__)
    opening.chores.up.setInterval(60_000)
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None)
    opening.stop()
    assert versions.read(place).trial == ""


def test_until_the_window_is_there_the_trial_goes_on(place: Installation, opening: Opening) -> None:
    updatesticks.standing(place, previous="0.0.8", trial=__version__)
    opening.stop()
    assert versions.read(place).trial == __version__


@pytest.mark.parametrize("second", [False, True])
def test_data_another_program_has_say_nothing_about_a_version_on_trial_but_a_second_start_leaves_the_trial(
    place: Installation, opening: Opening, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, second: bool
) -> None:
    before = updatesticks.standing(place, previous="0.0.8", trial=__version__)
    if not second:  # the first of this version may hang without a window and have the data
        monkeypatch.setenv(versions.TRIAL, __version__)
    assert opening._folder is not None
    lock = FolderLock(opening._folder)
    try:
        opening.open()
        qtbot.waitUntil(lambda: opening.apology is not None)
    finally:
        lock.release()
    assert opening.apology is not None
    opening.apology.hide()
    assert "看不到窗口的，请重新启动电脑" in opening.apology.text()
    assert versions.read(place) == (before if second else State(current="0.0.8", next=__version__))


def test_a_version_that_was_put_off_and_came_up_after_all_is_swapped_in(
    place: Installation, opening: Opening, qtbot: QtBot
) -> None:
    lay(place, "0.0.8")
    updatesticks.standing(place, current="0.0.8", next=__version__)
    opening.open()
    qtbot.waitUntil(lambda: f"已换上新版{__version__}" in _message(opening))
    assert versions.read(place) == State(current=__version__, previous="0.0.8")


def test_that_it_went_back_is_said_until_it_is_closed(place: Installation, opening: Opening, qtbot: QtBot) -> None:
    updatesticks.standing(place, failed=NEXT)
    opening.open()
    qtbot.waitUntil(lambda: "没有打开成功，已自动换回" in _message(opening))
    assert opening.shell is not None
    assert (newest := opening.shell.page.message.newest) is not None
    assert newest.tone == "warn"
    assert versions.read(place).failed == ""


def test_data_only_the_later_version_reads_leave_a_choice(
    place: Installation, opening: Opening, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opening._folder is not None
    opened_later(opening._folder, FixedClock(NOW), monkeypatch, lambda desk: people(desk, "乙", county=desk.scope))
    lay(place, NEXT)
    updatesticks.standing(place, previous=NEXT, trial=__version__)
    opening.open()
    qtbot.waitUntil(lambda: opening.rescue is not None and opening.rescue._survey is not None)
    page = opening.rescue
    assert page is not None
    assert any("数据由新版程序保存" in one for one in words(page))
    assert not page.saved.isVisible()
    assert not page.region.isVisible()
    assert not page.new.isVisible()
    assert page.forward.button.property("role") == "primary"
    assert "会少此后的登记约" in page.copy.sentence.text()
    page.forward.button.click()
    qtbot.waitUntil(lambda: NEXT in page.message.sentence)
    assert versions.read(place).next == NEXT
    page.restore(next(iter(opening._folder.glob("升级前备份-*.db"))))
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert len([one for one in backups.listed_in(opening._folder) if one.kind == backups.LATER]) == 1
