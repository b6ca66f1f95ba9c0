"""A large sheet, or a folder of forms, while it is read and judged: how far it is, and 停止, which writes nothing."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.sheets import doors
from tuopin_desktop.services.sheets.plans import Preview
from tuopin_desktop.services.sheets.sources import Source
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.runner import Asker, Failed, Ticket
from tuopin_desktop.ui.widgets.parts import column, label
from tuopin_desktop.ui.widgets.running import RunningLine

PATIENCE_MS = 500
"""What is read sooner is not spoken of."""
STOPPED = "已停止读取，什么也没有写入。"
_WIDE = 420


class ReadingDialog(QDialog):
    """Asks for a rehearsal and stands over `parent` once that takes long; `then` gets it, `failed` why there is none.

    `stopped` is called when the clerk wants no more.
    """

    def __init__(
        self,
        asker: Asker,
        parent: QWidget,
        *,
        then: Callable[[Preview], object],
        failed: Failed,
        stopped: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._then, self._failed, self._stopped = then, failed, stopped
        self._ticket: Ticket | None = None
        self._over = False
        self.setWindowTitle("正在读取")
        self.running = RunningLine("正在读取并检查", self.reject, tip="停止读取：什么也没有写入", place=False)
        self.running.stop.setText("停止")
        inside = column(self.running, label("只读取、检查，什么也不写入。", "faint"), gap=6, margins=(16, 14, 16, 14))
        self.setLayout(inside)
        self.setMinimumWidth(theme.scaled(self, _WIDE))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PATIENCE_MS)
        self._late.timeout.connect(self.open)
        asker.progressed.connect(self._tell)

    def read(self, kind: str, sources: Sequence[Source], answers: Mapping[str, str]) -> None:
        """Ask for the rehearsal of what belongs together."""
        self.running.begin()
        self._late.start()
        self._ticket = self._asker.ask_long(
            doors.rehearse, kind, sources, answers, then=self._take, failed=self._complain
        )

    def reject(self) -> None:
        """Want no more: what is in hand is left, and nobody hears of it."""
        if not self._over and self._ticket is not None:
            self._ticket.cancel()
            self._end()
            self._stopped()

    def _tell(self, count: int, total: int) -> None:
        if not self._over:
            self.running.tell(count, total)

    def _take(self, preview: Preview) -> None:
        self._end()
        self._then(preview)

    def _complain(self, error: Refused | Trouble) -> None:
        self._end()
        self._failed(error)

    def _end(self) -> None:
        self._over = True
        self._late.stop()
        super().reject()
        self.deleteLater()
