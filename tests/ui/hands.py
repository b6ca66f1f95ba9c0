"""What a clerk's hands do."""

from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget


def type_chinese(widget: QWidget, words: str) -> None:
    """Commit words through the input method, as a Chinese IME does; QTest can only press ASCII keys."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QCoreApplication.sendEvent(widget, event)


W = TypeVar("W", bound=QWidget)


def everything(window: QWidget, kind: type[W]) -> list[W]:
    """Every widget of a kind in a window."""
    return cast("list[W]", window.findChildren(kind))


def labels(window: QWidget) -> list[QLabel]:
    """Every label in a window."""
    return everything(window, QLabel)


def words(window: QWidget) -> list[str]:
    """What every label in a window says."""
    return [label.text() for label in labels(window)]


def button(window: QWidget, text: str) -> QPushButton:
    """The button with these words; a space in front of them belongs to its icon."""
    return next(made for made in everything(window, QPushButton) if made.text().strip() == text)
