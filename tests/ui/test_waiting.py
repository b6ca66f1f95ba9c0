"""While an answer is awaited no page says that there is nothing: what is not known is not told as none."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Ticket
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.skeleton import LOST, WORDS

NOTHING = re.compile("没有|已办结|全部确认|无须|还是空的|尚无|还没|0 ?[人张项条份个]|\b0\b|–")
ALWAYS = {"已打开，尚无改动"}
"""What is true before anything was asked."""


class HeldRunner(ImmediateRunner[Desk]):
    """A runner whose worker is held back: nothing is answered until it is let go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.held: list[Callable[[], object]] = []
        self.holds = True

    def let_go(self) -> None:
        """Answer what was asked, and from now on at once."""
        self.holds = False
        while self.held:
            self.held.pop(0)()

    def _now(self, *asked: Any) -> Ticket:
        if not self.holds:
            return super()._now(*asked)
        self.held.append(lambda: super(HeldRunner, self)._now(*asked))
        return Ticket()


@pytest.fixture
def worker(each_desk: Desk) -> HeldRunner:
    """The worker that is held back."""
    return HeldRunner(each_desk)


@pytest.fixture
def held(worker: HeldRunner, qtbot: QtBot) -> Iterator[Shell]:
    """The window of an office whose worker answers nothing."""
    made = Shell(worker, office_of(worker.desk), DOORS)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    yield made
    made._may_close = True
    made.hide()


def _covered(one: QWidget, page: Page) -> bool:
    cover = page.unknown.skeleton
    return (
        cover.isVisible() and page.isAncestorOf(one) and cover.geometry().contains(one.mapTo(page, one.rect().center()))
    )


def _said(shell: Shell) -> Iterator[str]:
    words: list[QLabel | QAbstractButton] = [*everything(shell, QLabel), *everything(shell, QAbstractButton)]
    yield from (one.text() for one in words if one.isVisible() and not _covered(one, shell.page))
    for bar in everything(shell, QTabBar):
        yield from (bar.tabText(at) for at in range(bar.count()) if bar.isVisible())


class Windows(QObject):
    """Notes every window of its own that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.titles.append(f"{type(watched).__name__} {watched.accessibleName() or watched.windowTitle()}")
        return False


def test_no_window_but_the_main_one_flashes_up_while_pages_are_opened(
    each_desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    shell = Shell(ImmediateRunner(each_desk), office_of(each_desk), DOORS)
    qtbot.addWidget(shell)
    shell.show()
    visited = list(places(shell))
    shell._may_close = True
    shell.hide()
    qapp.removeEventFilter(windows)
    assert len(visited) > len(DOORS)
    assert windows.titles == [f"Shell {shell.windowTitle()}"]


def test_no_page_says_nothing_while_nothing_is_known(held: Shell) -> None:
    told = {f"{place}: {text}" for place in places(held) for text in _said(held) if NOTHING.search(text)}
    left = sorted(one for one in told if not any(word in one for word in ALWAYS))
    assert left == []


def test_what_was_awaited_is_shown_once_it_is_there(held: Shell, worker: HeldRunner) -> None:
    assert held.page._state.text() == WORDS
    worker.let_go()
    assert "2018年6月5日" in held.page._state.text()
    assert not held.page.unknown.skeleton.isVisible()
    hidden = [place for place in places(held) if held.page.unknown.covers]
    assert hidden == []


def test_bars_come_when_the_answer_takes_long(held: Shell, qtbot: QtBot) -> None:
    cover = held.page.unknown.skeleton
    assert cover.isVisible()
    assert not cover.is_slow
    before = cover.grab().toImage()
    qtbot.waitUntil(lambda: cover.is_slow)
    assert cover.grab().toImage() != before


def test_a_tab_that_was_never_opened_is_covered_and_one_that_was_is_not(held: Shell, worker: HeldRunner) -> None:
    worker.let_go()
    held.open_page("settings")
    bar = next(one for one in everything(held.page, QTabBar) if one.isVisible())
    worker.holds = True
    covered = []
    for at in (0, bar.count() - 1, 0):
        bar.setCurrentIndex(at)
        covered.append(held.page.unknown.covers)
    assert covered == [False, True, False]


def test_old_rows_do_not_stay_under_a_new_heading(held: Shell, worker: HeldRunner, qtbot: QtBot) -> None:
    worker.let_go()
    held.open_page("attendance")
    worker.holds = True
    held.page.open_month("2018-05", "150125")  # type: ignore[attr-defined]  # the page that was opened
    assert not held.page.unknown.covers  # for a moment the old picture stays
    qtbot.waitUntil(lambda: held.page.unknown.covers)
    worker.let_go()
    assert not held.page.unknown.covers


class DeadDesk:
    """A desk whose disk does not answer."""

    def __getattr__(self, name: str) -> object:
        raise Trouble("读不出数据：磁盘没有响应。请检查磁盘或U盘的连接，再按F5重新读取。")


class TroubledRunner(ImmediateRunner[Desk]):
    """A runner whose every question meets trouble, until the disk answers again."""

    answers = False

    def _answer(self, run: Callable[[Any], object], *ways: Any) -> None:
        super()._answer(run if self.answers else lambda _desk: run(DeadDesk()), *ways)


def test_what_could_not_be_read_says_so_and_is_asked_for_again(desk: Desk, qtbot: QtBot) -> None:
    runner = TroubledRunner(desk)
    shell = Shell(runner, office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.show()
    silent = {shell.here for _ in places(shell) if not shell.page.unknown.is_lost}
    assert silent == {"settings"}  # some tabs have rule packs and holidays, which come with the program
    shell.open_page("roster")
    assert shell.page._state.text() == LOST
    runner.answers = True
    shell.page.unknown.skeleton.again.click()
    assert not shell.page.unknown.skeleton.isVisible()
    assert "4人" in shell.page._state.text().replace(" ", "")
    shell._may_close = True
    shell.hide()
