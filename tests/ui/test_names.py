"""Whoever cannot see the window: every widget that takes the keyboard has a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit, QScrollBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.firststarts import first_run
from tests.ui.hands import everything
from tuopin_desktop.services.manual import topics
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.firststart.window import FirstStart
from tuopin_desktop.ui.helppane import HelpPane
from tuopin_desktop.ui.pages.leave.picker import PersonPicker
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

TAKES = (QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit, QTabBar)


def _nameless(window: QWidget) -> Iterator[str]:
    for widget in everything(window, QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        if not isinstance(widget, TAKES) or _inner(widget):
            continue
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not words.strip():
            yield f"{type(widget).__name__} in {type(widget.parent()).__name__}"


def _inner(widget: QWidget) -> bool:
    """Parts Qt puts inside its own widgets: drop-down lists, viewports, headers."""
    names = ("QComboBoxListView", "QHeaderView", "QTableCornerButton", "QLineEditIconButton")
    return any(widget.inherits(name) for name in names)


@pytest.fixture
def shell(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> Shell:
    made = Shell(asker, office, DOORS)
    qtbot.addWidget(made)
    made._may_close = True
    return made


def test_pages_have_no_nameless_widgets(shell: Shell) -> None:
    shell.open_page("roster")
    shell.page.show_subject("person:150125/p2")
    shell.open_page("leave")
    shell.page._draft("150125/q0")  # type: ignore[attr-defined]  # the page of leave
    shell.open_page("settings")
    shell.page.show_subject("eligibility.cutoff_month")
    assert sorted(set(_nameless(shell))) == []


def test_dialogs_have_no_nameless_widgets(asker: ImmediateRunner, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    first = first_run(tmp_path)
    welcome = FirstStart(ImmediateRunner(first.ground), first)
    for dialog in (welcome, PersonPicker(asker), HelpPane(welcome)):
        qtbot.addWidget(dialog)
        assert sorted(set(_nameless(dialog))) == [], type(dialog).__name__


def test_every_page_has_a_chapter_in_the_manual() -> None:
    for door in DOORS:
        assert topics.chapter(door.key)[0].title == door.label
