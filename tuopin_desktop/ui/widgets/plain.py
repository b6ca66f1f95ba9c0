"""Words of people and files shown as they are: Qt guesses markup, and a name `<img src=file:…>` would open a file.

The one place where the window sets a tooltip, a question box, or text with markup (`tests/test_house.py`).
"""

from html import escape

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QTextBrowser, QToolTip, QWidget

_MARKS = frozenset("<&")


def plain(text: str) -> str:
    """Return words for a place where Qt guesses whether they are markup, so that they read exactly as they are."""
    if _MARKS.isdisjoint(text):
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def set_tip(target: QWidget | QAction, text: str) -> None:
    """Give a widget or an action its tooltip."""
    target.setToolTip(plain(text))


def show_tip(place: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip at a place of the screen."""
    QToolTip.showText(place, plain(text), widget)


def box(icon: QMessageBox.Icon, title: str, sentence: str, parent: QWidget | None = None) -> QMessageBox:
    """Return a box that says a sentence or asks it."""
    dialog = QMessageBox(icon, title, "", parent=parent)
    dialog.setTextFormat(Qt.TextFormat.PlainText)
    dialog.setText(sentence)
    return dialog


def lay(view: QTextBrowser, markup: str) -> None:
    """Show markup whose words were escaped one by one; it opens no file and no address, whatever stands in it."""
    view.setOpenLinks(False)
    view.setSearchPaths([])
    view.setHtml(markup)
