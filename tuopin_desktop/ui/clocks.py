"""The day and the clock of an open window: a new day begins on every page; a clock that looks wrong is asked about."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.plain import box

TITLE = "电脑时钟"


def doubt(desk: Desk) -> tuple[str, bool]:
    """Return the warning ("" for none) and whether the clerk's word may settle it; runs in the worker thread."""
    warning = clocks.warning(desk)
    return warning, bool(warning) and clocks.believable(desk)


class ClockQuestion:
    """Asks once for each doubt; the window behind it stays open, so that one can look what was entered last."""

    def __init__(self, asker: Asker, window: QWidget, leave: Callable[[], object]) -> None:
        self._asker, self._window, self._leave = asker, window, leave
        self._asked = False
        self.box: QMessageBox | None = None

    def look(self) -> None:
        """Compare the clock with what is written, and ask when it cannot be right."""
        self._asker.ask(doubt, then=self._ask, failed=self._wait, lane="clock")

    def _wait(self, error: object) -> None:
        """An office that does not answer says so on its page."""

    def _ask(self, doubt: tuple[str, bool]) -> None:
        warning, believable = doubt
        if not warning:
            self._asked = False
            self.close()
            return
        if self._asked:
            return
        self._asked = True
        question = self.box = box(QMessageBox.Icon.Warning, TITLE, f"{warning}\n\n是否继续？", self._window)
        self._answers(question, believable=believable)
        question.finished.connect(self._forget)
        question.show()

    def _answers(self, dialog: QMessageBox, *, believable: bool) -> None:
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        if believable:
            right = dialog.addButton("日期正确，继续", QMessageBox.ButtonRole.AcceptRole)
            right.clicked.connect(lambda: self._asker.ask(clocks.trust))
        on = dialog.addButton("日期不对，仍继续", QMessageBox.ButtonRole.RejectRole)
        off = dialog.addButton("关闭程序，先改系统时间", QMessageBox.ButtonRole.DestructiveRole)
        off.clicked.connect(lambda: self._leave())
        dialog.setEscapeButton(on)
        dialog.setDefaultButton(off)

    def _forget(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None

    def close(self) -> None:
        """Take the question away unanswered: the window is closed, or the clock was put right meanwhile."""
        if self.box is not None:
            self.box.close()


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
