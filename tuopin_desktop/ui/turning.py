"""A new day while the window stays open: asked of the worker's clock, and every page begins anew with it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page

EVERY_MS = 30_000


def today(desk: Desk) -> date:
    """Ask the desk's clock for the day; runs in the worker thread."""
    return desk.today()


class DayWatch(QObject):
    """Asks for the day every half minute, and when the window comes forward: a computer that slept fires no timer."""

    def __init__(self, asker: Asker, window: QWidget, heard: Callable[[date], None]) -> None:
        super().__init__(window)
        self._asker, self._heard = asker, heard
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)

    def look(self) -> None:
        """Ask now."""
        self._asker.ask(today, then=self._tell, failed=self._wait, lane="day")

    def _tell(self, day: date) -> None:
        self._heard(day)

    def _wait(self, error: object) -> None:
        """Whatever keeps the office from answering is said by the page that asked it for something."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._timer.start()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        elif event.type() == QEvent.Type.WindowActivate and self._timer.isActive():
            self.look()
        return super().eventFilter(watched, event)


def at_work(page: Page) -> bool:
    """Tell whether a page holds what its clerk has not finished: then it stays as it is, and only its rows are new."""
    return bool(page.unsaved()) or any(one.isVisible() for one in _dialogs(page))


def _dialogs(page: Page) -> list[QDialog]:
    return list(page.findChildren(QDialog))
