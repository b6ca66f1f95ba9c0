"""Where the hand is while a part of a page is built anew: the field of the same name has the keyboard afterwards."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


def keep_hand(owner: QWidget | None) -> Callable[[], None]:
    """Note what has the keyboard in a part; call what is returned once it was taken away, before others are built."""
    hand = QApplication.focusWidget()
    if owner is None or hand is None or not owner.isAncestorOf(hand):
        return lambda: None
    kind, name = type(hand), hand.accessibleName()
    caret = hand.cursorPosition() if isinstance(hand, QLineEdit) else -1

    def come_back() -> None:
        now = QApplication.focusWidget()
        if now is not hand:
            QTimer.singleShot(0, owner, lambda: _find(owner, kind, name, caret, now))

    return come_back


def _find(owner: QWidget, kind: type[QWidget], name: str, caret: int, now: QWidget | None) -> None:
    """Unless somebody gave the keyboard to another widget since, look for the one that stands for the old."""
    if QApplication.focusWidget() is not now:
        return
    for one in cast("list[QWidget]", owner.findChildren(kind)):
        if one.isVisible() and one.isEnabled() and one.accessibleName() == name:
            one.setFocus()
            if isinstance(one, QLineEdit):
                one.setCursorPosition(caret)
            return
