"""Open one window in a process of its own, say when it was usable and at what cost, and end: see `start`."""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

SIZE = (1280, 720)
_said: list[bool] = []


def usable() -> None:
    """Say so once what is already wanted has been painted: timers come after the events that are waiting."""
    QTimer.singleShot(1, lambda: QTimer.singleShot(1, said))


def said() -> None:
    if not _said:
        _said.append(True)
        print(time.monotonic(), time.process_time(), flush=True)
        os._exit(0)  # with its window open Qt would not end well, and no door of the program ends so


class Bare(QMainWindow):
    """The least a window can be."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        usable()


class Painted(QObject):
    """Tells when a window that came up with its answers has been painted."""

    def __init__(self, window: QMainWindow, counting: "Counting") -> None:
        super().__init__(window)
        self._window, self._counting = window, counting
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._counting.look(self._window)
        return False


class Counting:
    """Stands between the window and its worker, and tells when everything asked has been answered.

    Of requests with the same lane only the newest is ever answered.
    """

    def __init__(self, asker: Any) -> None:
        self._asker = asker
        self._open: dict[str, object] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._asker, name)  # its signals, whichever there are

    def look(self, window: QMainWindow | None) -> None:
        """Say that the window can be used, once all is answered and it is on the screen."""
        if not self._open and window is not None and window.isVisible():
            usable()

    def ask(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        lane: str = "",
        **said: Any,
    ) -> Any:
        request = object()
        name = lane or f"{id(request)}"
        self._open[name] = request

        def answered(result: Any) -> None:
            if then is not None:
                then(result)
            if self._open.get(name) is request:
                del self._open[name]
            self.look(next((one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow)), None))

        return self._asker.ask(function, *args, then=answered, lane=lane, **said)


def bare() -> int:
    app = QApplication(sys.argv)
    window = Bare()
    window.resize(*SIZE)
    window.show()
    return app.exec()


def office(folder: str, today: str = "2018-12-03") -> int:
    from tuopin_desktop.app.main import main  # noqa: PLC0415 the bare window must not pay for the program's
    from tuopin_desktop.ui import start  # noqa: PLC0415 as above
    from tuopin_desktop.ui.shell import Shell  # noqa: PLC0415 as above

    def counted(asker: Any, *args: Any, **options: Any) -> Any:
        counting: Any = Counting(asker)
        shell = Shell(counting, *args, **options)
        Painted(shell, counting)
        return shell

    vars(start)["Shell"] = counted
    return int(main(["--office", folder, "--today", today]))


if __name__ == "__main__":
    sys.exit(office(*sys.argv[1:]) if sys.argv[1:] else bare())
