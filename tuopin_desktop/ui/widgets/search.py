"""The search line above a list."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tuopin_desktop.ui import icons

_PAUSE_MS = 120
_BESIDE = 72
"""Px the hint needs beside its words: the glass, the cross and the frame."""


class SearchLine(QLineEdit):
    """Emits `searched(text)` a moment after the last key and `entered(text)` on Enter; Down leaves for the list."""

    searched = Signal(str)
    entered = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str, name: str = "搜索", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._wipe = QAction(icons.icon("x"), "清除", self)
        self._wipe.triggered.connect(self.clear)
        self.addAction(self._wipe, QLineEdit.ActionPosition.TrailingPosition)
        self._wipe.setVisible(False)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        """Return room for the whole hint: it says what can be searched for."""
        size = super().sizeHint()
        hint = self.fontMetrics().horizontalAdvance(self.placeholderText()) + _BESIDE
        return QSize(max(size.width(), hint), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self.entered.emit(self.text().strip())
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    def _changed(self) -> None:
        self._wipe.setVisible(bool(self.text()))
        self._pause.start()

    def _tell(self) -> None:
        self.searched.emit(self.text().strip())
