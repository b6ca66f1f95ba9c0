"""Every dialog that a button of a page opens looks as it did."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places, window_of
from tests.ui.kept import Gallery
from tuopin_desktop.services.office.desk import Desk

Galleries = Callable[[str], Gallery]
_CHANCE = frozenset({"打印恢复码…", "生成新的恢复码…"})
"""Buttons whose dialogs hold what chance or the machine says: a code."""


def test_every_dialog_a_button_opens_looks_as_it_did(desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    shell, shown = window_of(desk, qtbot), gallery("dialogs")
    for place in places(shell):
        for words in _openers(shell.page) if shell.here != "home" else ():  # its buttons lead to other pages
            for dialog in _opened(shell.page, words):
                if not isinstance(dialog, QFileDialog) and not shown.has(f"{place} {words}"):
                    shown.look(dialog, f"{place} {words}")
                dialog.reject()
    shown.close()
    shell.hide()
    assert len(shown.names) > 3
    assert shown.faults == {}


def _opened(page: QWidget, words: str) -> list[QDialog]:
    """Press a button and return the dialogs that then stand open."""
    for one in everything(page, QPushButton):
        if _asks(one) and one.text().strip() == words:
            one.click()
            break
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _openers(page: QWidget) -> list[str]:
    """Return the words of the buttons that ask first: they end in dots."""
    return list(dict.fromkeys(one.text().strip() for one in everything(page, QPushButton) if _asks(one)))


def _asks(one: QAbstractButton) -> bool:
    words = one.text().strip()
    return one.isVisible() and one.isEnabled() and words.endswith("…") and words not in _CHANCE
