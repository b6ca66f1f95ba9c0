"""The window stays open over midnight: every page and copy is of the new day; a wrong clock is asked about."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.hands import everything
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, clocks, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.start import Opening

EVE = datetime(2018, 7, 31, 17, 0)
MORNING = datetime(2018, 8, 1, 8, 0)


@pytest.fixture
def shell(asker: ImmediateRunner, desk: Desk, office: OfficeView, qtbot: QtBot) -> Iterator[Shell]:
    desk.clock = FixedClock(EVE)
    office.today = EVE.date()
    made = Shell(asker, office, DOORS)
    qtbot.addWidget(made)
    made.show()
    yield made
    made._may_close = True
    made.hide()


def words(widget: QWidget) -> list[str]:
    """Return what the labels and boxes of a page show."""
    shown = [one.text() for one in everything(widget, QLabel) if one.isVisible()]
    return shown + [one.currentText() for one in everything(widget, QComboBox) if one.isVisible()]


def test_after_midnight_every_page_is_of_the_new_day(shell: Shell, desk: Desk) -> None:
    for door in DOORS:
        shell.open_page(door.key)
    before = dict(shell._pages)
    desk.clock.moment = MORNING  # type: ignore[attr-defined]  # the tests' fixed clock
    shell._days.look()
    for door in DOORS:
        shell.open_page(door.key)
        assert shell.page is not before[door.key], door.key
        assert shell.page.office.today == MORNING.date()
        old = [said for said in words(shell.page) if "7月31日" in said or "2018-07-31" in said]
        assert old == [], door.key


def test_the_first_page_says_the_day_and_attendance_opens_at_the_new_month(shell: Shell, desk: Desk) -> None:
    shell.open_page("attendance")
    desk.clock.moment = MORNING  # type: ignore[attr-defined]  # the tests' fixed clock
    shell._days.look()
    assert "2018年8月" in words(shell.page)
    shell.open_page("home")
    assert any("2018年8月1日" in said for said in words(shell.page))


def test_a_page_at_which_somebody_works_stays_until_it_is_kept(shell: Shell, desk: Desk) -> None:
    shell.open_page("journals")
    page = shell.page
    dialog = QDialog(page)
    dialog.show()
    desk.clock.moment = MORNING  # type: ignore[attr-defined]  # the tests' fixed clock
    shell._days.look()
    assert shell.page is page
    assert page.office.today == MORNING.date()
    dialog.hide()
    shell.open_page("home")
    shell.open_page("journals")
    assert shell.page is not page


def test_the_day_is_asked_while_the_window_shows_and_no_longer(shell: Shell) -> None:
    assert shell._days._timer.isActive()
    shell.hide()
    assert not shell._days._timer.isActive()


def test_the_same_day_changes_nothing(shell: Shell, desk: Desk) -> None:
    page = shell.page
    desk.clock.moment = EVE + timedelta(hours=5)  # type: ignore[attr-defined]  # the tests' fixed clock
    shell._days.look()
    assert shell.page is page


@pytest.fixture
def opening(qapp: QApplication, kept_office: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Opening]:
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    clock = FixedClock(NOW)
    made = Opening(
        qapp,
        lambda: offices.open_desk(folder, clock),
        QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat),
    )
    setattr(made, "clock", clock)  # noqa: B010  for the test alone
    yield made
    made.stop()
    if made.shell is not None:
        made.shell.hide()
    qapp.setQuitOnLastWindowClosed(True)


def opened(opening: Opening, qtbot: QtBot) -> Shell:
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    return opening.shell


def test_a_new_day_has_its_own_copy_while_the_window_stays_open(opening: Any, qtbot: QtBot, tmp_path: Path) -> None:
    shell = opened(opening, qtbot)
    opening.chores.copy_of_the_day()
    folder = tmp_path / "office" / backups.FOLDER
    qtbot.waitUntil(lambda: len(list(folder.glob("每日-*.db"))) == 1)
    opening.clock.moment = NOW + timedelta(days=1)
    shell._days.look()
    qtbot.waitUntil(lambda: len(list(folder.glob("每日-*.db"))) == 2)


def test_a_clock_that_cannot_be_right_is_asked_about_once_with_both_times(opening: Any, qtbot: QtBot) -> None:
    opening.clock.moment = datetime(2000, 1, 1, 8)
    opened(opening, qtbot)
    qtbot.waitUntil(lambda: opening._question.box is not None)
    box = opening._question.box
    assert "系统时间显示2000-01-01" in box.text()
    assert "2018-" in box.text()
    assert "是否继续" in box.text()
    button = next(one for one in box.buttons() if "仍继续" in one.text())
    button.click()
    qtbot.waitUntil(lambda: opening._question.box is None)
    opening._question.look()
    answered: list[str] = []
    opening.runner.ask(clocks.warning, then=answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert "2000-01-01" in answered[0]
    assert opening._question.box is None


def test_the_clerks_word_settles_a_clock_that_may_be_right(opening: Any, qtbot: QtBot) -> None:
    opening.clock.moment = datetime(2018, 3, 1, 8)
    opened(opening, qtbot)
    qtbot.waitUntil(lambda: opening._question.box is not None)
    next(one for one in opening._question.box.findChildren(QPushButton) if "日期正确" in one.text()).click()
    said: list[str] = []
    opening.runner.ask(clocks.warning, then=said.append)
    qtbot.waitUntil(lambda: said == [""])
