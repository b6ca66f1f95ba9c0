"""Parts with a search, choices and a list: the keyboard begins at the list, and Tab goes through them all.

A focus proxy would do the first and hinder the second: Tab goes to the proxy and passes over what stands before it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget


class Front(QFrame):
    """A part that gives the keyboard it is handed to the widget it was told to begin at."""

    _first: QWidget | None = None

    def begin_at(self, widget: QWidget) -> None:
        """Say where the keyboard goes."""
        self._first = widget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason, /) -> None:
        if self._first is not None:
            self._first.setFocus(reason)
