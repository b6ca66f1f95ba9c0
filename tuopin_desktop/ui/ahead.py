"""Pages made ahead: each costs 100 to 500 ms of widgets, which are spent while nobody presses anything."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tuopin_desktop.ui.widgets.page import Page

_PAUSE_MS = 1200
"""After so long without a key or a click one page is made."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
    }
)


class PagesAhead(QObject):
    """Makes the pages of a window that were not opened yet, in the order of the rail, one in each pause.

    Whoever presses something begins the pause anew; behind a dialog or a menu nothing is made.
    """

    def __init__(
        self, window: QWidget, keys: Sequence[str], pages: Mapping[str, Page], make: Callable[[str], object]
    ) -> None:
        super().__init__(window)
        self._window, self._keys, self._pages, self._make = window, keys, pages, make
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._make_one)

    def begin(self) -> None:
        """Begin with the next pause; the window stands on the screen."""
        # On the system's window, not on the application: there every event of every widget would pass by.
        if (handle := self._window.windowHandle()) is not None:
            handle.installEventFilter(self)
        self._pause.start()

    def rest(self) -> None:
        """Make no more."""
        self._pause.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self._pause.isActive():
            self._pause.start()
        return False

    def _make_one(self) -> None:
        missing = [key for key in self._keys if key not in self._pages]
        if missing and self._is_quiet():
            self._make(missing[0])
        if len(missing) > 1 or not self._is_quiet():
            self._pause.start()

    def _is_quiet(self) -> bool:
        busy = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        return busy is None and self._window.isVisible()
