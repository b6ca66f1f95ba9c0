"""From nothing to the window: with an office, without one, and with one that does not open."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.firststarts import first_run, found_alone
from tests.ui.hands import everything
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, offices
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.start import Opening


@pytest.fixture
def started(qapp: QApplication) -> Iterator[list[Opening]]:
    made: list[Opening] = []
    yield made
    for opening in made:
        opening.stop()
        if opening.shell is not None:
            opening.shell.hide()
    qapp.setQuitOnLastWindowClosed(True)


def _settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def _opening(qapp: QApplication, started: list[Opening], folder: Path) -> Opening:
    opening = Opening(qapp, lambda: offices.open_desk(folder, FixedClock(NOW)), _settings(folder.parent))
    started.append(opening)
    return opening


def test_an_office_opens_in_its_own_thread_and_the_window_shows(
    qapp: QApplication, started: list[Opening], kept_office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copytree(kept_office, tmp_path / "office")
    opening = _opening(qapp, started, tmp_path / "office")
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    assert "武川县" in opening.shell.windowTitle()
    home: Any = opening.shell.page
    qtbot.waitUntil(lambda: len(home.tasks.rows) > 0)
    opening.shell.hide()


def test_the_first_questions_lead_to_the_window(
    qapp: QApplication, started: list[Opening], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "office"
    opening = _opening(qapp, started, folder)

    opening.ask_first(first_run(folder))
    assert opening.setup.window is not None
    assert not qapp.quitOnLastWindowClosed()
    found_alone(opening.setup.window, "wuchuan", "李秀英", qtbot)
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    assert qapp.quitOnLastWindowClosed()
    assert opening.shell is not None
    opening.shell.hide()


def test_an_office_that_does_not_open_says_what_to_do(
    qapp: QApplication, started: list[Opening], tmp_path: Path, qtbot: QtBot
) -> None:
    def fail() -> Any:
        raise Trouble("数据文件打不开，请从备份恢复。")

    opening = Opening(qapp, fail, _settings(tmp_path))
    started.append(opening)
    opening.open()
    qtbot.waitUntil(lambda: opening.apology is not None)
    assert opening.apology is not None
    assert opening.apology.text() == "数据文件打不开，请从备份恢复。"
    opening.apology.hide()


@pytest.mark.usefixtures("letters")
def test_large_letters_build_the_window_anew_and_are_remembered(
    qapp: QApplication, started: list[Opening], kept_office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copytree(kept_office, tmp_path / "office")
    opening = _opening(qapp, started, tmp_path / "office")
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    before = opening.shell
    assert before is not None
    switch = next(made for made in everything(before, QToolButton) if made.accessibleName() == "大字显示")
    switch.click()
    assert opening.shell is not before
    assert opening.shell is not None
    assert opening.shell.font().pixelSize() == 18
    assert _settings(tmp_path).value("large_letters", False, bool) is True
    opening.shell.hide()


def test_a_second_start_brings_the_first_window_forward_and_ends(
    qapp: QApplication, started: list[Opening], kept_office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    first = Opening(qapp, lambda: offices.open_desk(folder, FixedClock(NOW)), _settings(tmp_path), folder)
    started.append(first)
    first.open()
    qtbot.waitUntil(lambda: first.shell is not None and first.shell.isVisible())
    assert first.shell is not None
    first.shell.showMinimized()
    left: list[int] = []

    app: Any = SimpleNamespace(exit=left.append, setQuitOnLastWindowClosed=lambda quits: None)
    second = Opening(app, lambda: offices.open_desk(folder), _settings(tmp_path), folder)
    started.append(second)
    second.open()
    qtbot.waitUntil(lambda: left == [0])
    assert second.apology is None
    shell = first.shell
    qtbot.waitUntil(lambda: not shell.isMinimized())
    first.shell.hide()


def test_a_copy_put_back_opens_the_window_anew_on_it(
    qapp: QApplication, started: list[Opening], kept_office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    desk = offices.open_desk(folder, FixedClock(NOW))
    copy = backups.make(desk).path
    kept = {person.id for person in desk.store.rows(Person)}
    registers.save(desk, Person(id=registers.new_id(desk), name="后来的人"))
    desk.close()
    opening = Opening(qapp, lambda: offices.open_desk(folder, FixedClock(NOW)), _settings(tmp_path), folder)
    started.append(opening)
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    first = opening.shell
    opening.restore(copy)
    qtbot.waitUntil(lambda: opening.shell is not first and opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    assert "已恢复备份" in opening.shell.page.message.sentence
    found: list[set[str]] = []
    opening.runner.ask(lambda opened: {person.id for person in opened.store.rows(Person)}, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [kept]
    opening.shell.hide()


def test_a_copy_that_does_not_fit_leaves_the_office_as_it_was_and_says_why(
    qapp: QApplication, started: list[Opening], kept_office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    opening = Opening(qapp, lambda: offices.open_desk(folder, FixedClock(NOW)), _settings(tmp_path), folder)
    started.append(opening)
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    first = opening.shell
    opening.restore(tmp_path / "没有.db")
    qtbot.waitUntil(lambda: opening.shell is not first and opening.shell is not None and opening.shell.isVisible())
    assert opening.shell is not None
    assert "找不到备份" in opening.shell.page.message.sentence
    opening.shell.hide()


def test_the_end_of_work_leaves_a_copy_of_the_day(
    qapp: QApplication, started: list[Opening], kept_office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    opening = _opening(qapp, started, folder)
    opening.open()
    qtbot.waitUntil(lambda: opening.shell is not None and opening.shell.isVisible())
    opening.stop()
    assert [path.name[:3] for path in (folder / backups.FOLDER).glob("*.db")] == ["每日-"]
