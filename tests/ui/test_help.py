"""Help beside the page: it follows what stands open, is searched as names are, and leaves the hand where it is."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, window_of
from tuopin_desktop.services.manual import topics
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.helppane import HelpPane
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.search import SearchLine


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    return window_of(desk, qtbot)


def _help(shell: Shell) -> HelpPane:
    QTest.keyClick(shell, Qt.Key.Key_F1)
    pane = shell.manual.pane
    assert pane is not None
    assert pane.isVisible()
    return pane


def test_every_page_is_explained_beside_it_and_the_hand_stays(shell: Shell) -> None:
    hand = shell.focusWidget()
    pane = _help(shell)
    assert shell.focusWidget() is hand
    assert pane.width() >= 280
    for door in DOORS:
        shell.open_page(door.key)
        assert pane.plain_text.startswith(topics.chapter(door.key)[0].title) or _tab(shell, pane), door.key
    QTest.keyClick(shell, Qt.Key.Key_F1)
    assert not pane.isVisible()


def _tab(shell: Shell, pane: HelpPane) -> bool:
    """Whether what is explained is the tab that stands open."""
    bars = [one for one in everything(shell.page, QTabBar) if one.isVisible()]
    return bool(bars) and pane.plain_text.startswith(bars[0].tabText(bars[0].currentIndex()).partition(" ")[0])


def test_the_keys_of_the_page_work_while_it_stands_open_and_a_pinned_topic_stays(shell: Shell) -> None:
    pane = _help(shell)
    pane.pin.setChecked(True)
    before = pane.plain_text
    QTest.keySequence(shell, QKeySequence("Ctrl+3"))
    assert shell.here == DOORS[2].key
    assert pane.plain_text == before
    pane.pin.setChecked(False)
    QTest.keySequence(shell, QKeySequence("Ctrl+2"))
    assert pane.plain_text != before


@pytest.mark.parametrize("typed", ["套印到", "tydyb", "taoyin"])
def test_a_topic_is_found_by_characters_initials_and_pinyin(shell: Shell, qtbot: QtBot, typed: str) -> None:
    pane = _help(shell)
    line = pane.findChild(SearchLine)
    assert line is not None
    line.setText(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert pane.plain_text.startswith("套印到原表")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.text()
    assert pane.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not pane.isVisible()


def test_in_a_narrow_window_it_lies_over_the_edge_of_the_page_and_moves_nothing(shell: Shell) -> None:
    shell.resize(1000, 560)
    before = shell.page.geometry()
    pane = _help(shell)
    assert shell.page.geometry() == before
    assert shell.rect().contains(pane.geometry())
    shell.resize(1366, 728)
    assert shell._side.indexOf(pane) == 1


def test_every_way_on_leads_somewhere() -> None:
    dead = []
    for topic in topics.topics():
        for link in re.findall(r'href="([^"]+)"', topics.linked(topic)):
            name, _, title = link.partition("#")
            chapter = name.removesuffix(".html")
            if not any(one.chapter == chapter and title in ("", one.title) for one in topics.topics()):
                dead.append((topic.title, link))
    assert dead == []


def test_an_article_that_is_named_is_read_on_the_spot() -> None:
    topic = topics.at("leave", "办理")
    assert 'href="measure.html#第十条"' in topics.linked(topic)
    assert "请销假" in topics.at("measure", "第十条").plain
