"""One question at the start when this computer's clock cannot be right: both times, and whether to go on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker
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

    def _ask(self, found: tuple[str, bool]) -> None:
        warning, believable = found
        if not warning:
            self._asked = False
            self.close()
            return
        if self._asked:
            return
        self._asked = True
        made = self.box = box(QMessageBox.Icon.Warning, TITLE, f"{warning}\n\n是否继续？", self._window)
        self._answers(made, believable=believable)
        made.finished.connect(self._done)
        made.show()

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

    def _done(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None

    def close(self) -> None:
        """Take the question away unanswered: the window is closed, or the clock was put right meanwhile."""
        if self.box is not None:
            self.box.close()
