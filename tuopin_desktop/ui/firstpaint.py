"""When a window stands on the screen for the first time: what can wait until then begins no earlier."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_AFTER_MS = 100
"""The first painting is mostly followed by another, when the system has given the window the keyboard."""
_LATEST_MS = 1000
"""A window that comes up minimised or covered is not painted, and what waits for it begins all the same."""


class FirstPaint(QObject):
    """Calls `then` once, soon after a window was first painted, or after a second where it was not."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._then = window, then
        self._timer = QTimer(self, singleShot=True, interval=_LATEST_MS)
        self._timer.timeout.connect(self._begin)
        self._timer.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._timer.start(_AFTER_MS)
        return False

    def _begin(self) -> None:
        self._window.removeEventFilter(self)
        self._then()
