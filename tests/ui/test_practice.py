"""A practice office in the window: marked on every page, its tour one line high, ticked by what a clerk does."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.services.desks import open_office
from tests.ui.hands import places, window_of
from tuopin_desktop.demo import sample
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.home import guide
from tuopin_desktop.services.office import offices, practiceend
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.practicestrip import MARK, PracticeStrip
from tuopin_desktop.ui.shell import Shell


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_office(tmp_path / "office", practice=True, clerk="李秀英")
    opened.clock = FixedClock(datetime(2018, 7, 18, 9))
    sample.fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    return window_of(desk, qtbot)


def _strip(shell: Shell) -> PracticeStrip:
    strip = shell.findChild(PracticeStrip)
    assert strip is not None
    return strip


def _geometry(shell: Shell) -> list[QRect]:
    """Where the strip, the page and the rail lie."""
    parts: tuple[QWidget, ...] = (_strip(shell), shell.page, shell._rail)
    return [QRect(one.mapTo(shell, one.rect().topLeft()), one.size()) for one in parts]


def test_every_page_and_tab_bears_the_mark(shell: Shell) -> None:
    strip = _strip(shell)
    assert MARK.startswith("练习")
    for place in places(shell):
        assert strip.isVisible(), place
        assert strip.mapTo(shell, strip.rect().topLeft()).y() == 0, place


def test_a_step_is_ticked_by_the_deed_and_not_by_the_strip(shell: Shell, desk: Desk) -> None:
    strip = _strip(shell)
    assert strip.hint.text().startswith("第1步")
    strip.go.click()
    assert shell.here == "roster"
    assert strip.hint.text().startswith("第1步")
    person = registers.get(desk, Person, guide.sample_id(desk.scope, f"person {guide.DEPUTY}"))
    shell._asker.ask(lambda at: registers.save(at, msgspec.structs.replace(person, phone="10000012345")))
    assert strip.hint.text().startswith("第2步")
    assert "已做1" in strip.every.text()


def test_help_that_is_opened_is_noted(shell: Shell, desk: Desk) -> None:
    QTest.keyClick(shell, Qt.Key.Key_F1)
    tour = guide.tour(desk)
    assert tour is not None
    assert tour.row("help").state == "done"


def test_a_step_is_skipped_taken_up_again_and_nothing_moves(shell: Shell, desk: Desk) -> None:
    strip = _strip(shell)
    before = _geometry(shell)
    strip.skip.click()
    assert strip.hint.text().startswith("第2步")
    tour = strip.tour
    assert tour is not None
    menu = strip.menu(tour)
    texts = [one.text() for one in menu.actions()]
    assert texts[0].startswith("–")
    assert len([text for text in texts if text]) == len(guide.STEPS) + 1
    menu.actions()[0].trigger()
    assert strip.hint.text().startswith("第1步")
    strip.fold.click()
    assert not strip.hint.text()
    assert _geometry(shell) == before
    strip.fold.click()
    assert strip.hint.text().startswith("第1步")


def test_the_tour_goes_on_where_it_was_left(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    _strip(shell).skip.click()
    again = window_of(desk, qtbot)
    assert _strip(again).hint.text().startswith("第2步")


def test_practice_ends_whole_and_a_real_office_never_does(shell: Shell, desk: Desk, tmp_path: Path) -> None:
    paper = desk.folder / "我的.pdf"
    paper.write_bytes(b"%PDF")
    strip = _strip(shell)
    strip.ask_over()
    assert strip.question is not None
    strip.end()
    assert not shell.isVisible()
    assert practiceend.is_wanted(desk.folder)
    desk.close()
    practiceend.end(desk.folder, desk.clock)
    assert not offices.is_office(desk.folder)
    assert not offices.has_copies(desk.folder)
    assert sorted(one.name for one in desk.folder.iterdir() if one.suffix != ".lock") == ["我的.pdf"]
    offices.create(desk.folder, level="county", county="150426", clerk="李秀英", clock=desk.clock)
    real = offices.open_desk(desk.folder, desk.clock)
    with pytest.raises(Refused):
        practiceend.want(real)
    real.close()
    with pytest.raises(Trouble):
        practiceend.end(desk.folder, desk.clock)
    assert offices.is_office(desk.folder)
