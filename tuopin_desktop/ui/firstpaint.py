"""When a window stands on the screen for the first time: what can wait until then begins no earlier."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_AFTER_MS = 100
"""The first painting is mostly followed by another, when the system has given the window the keyboard."""
_LATEST_MS = 1000
"""A window that comes up minimised or covered is not painted, and what waits for it begins all the same."""


class FirstPaint(QObject):
    """Calls `then` once for each window, soon after it was first painted, or after a second where it was not."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__()
        self._window: QWidget | None = None
        self._then = then
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._begin)

    def wait(self, window: QWidget) -> None:
        """Wait for this window, and for none before it."""
        self.rest()
        self._window = window
        window.installEventFilter(self)
        self._timer.start(_LATEST_MS)

    def rest(self) -> None:
        """Wait no more: the window goes."""
        self._timer.stop()
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start(_AFTER_MS)
        return False

    def _begin(self) -> None:
        self.rest()
        self._then()
