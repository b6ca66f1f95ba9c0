"""What a paper waits for: everything is judged as of today first, and whoever would rather not wait stops it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.runner import Asker, Ticket
from tuopin_desktop.ui.widgets.running import RunningLine

_PATIENCE_MS = 1000
"""Nothing is said of what is done sooner."""
_WIDE = 360
_TIP = "停止：不打印，也不写出；已核对的旗县留着，下次接着核对其余的"
STOPPED = "已停止核对，没有打印，也没有写出。已核对的旗县留着，下次接着核对其余的。"


class SettlingLine(RunningLine):
    """Hidden until a paper has waited for a second; `stopped` is told what became of one that was given up."""

    def __init__(self, asker: Asker, stopped: Callable[[str], object]) -> None:
        super().__init__("正在按今天核对", self._stop, tip=_TIP, place=False)
        self.stop.setText("停止")
        self.stop.setStyleSheet("min-height: 0; padding: 0 6px")  # the foot of the window grows for nobody
        self.setFixedWidth(theme.scaled(self, _WIDE))
        self._stopped = stopped
        self._ticket: Ticket | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(self.begin)
        asker.settling.connect(self._hear)

    def _hear(self, ticket: Ticket | None, count: int, total: int) -> None:
        """Hear how far it is, of whose request; of nobody's once that is answered."""
        if ticket is None:
            self._end()
            return
        if ticket is not self._ticket:
            self._ticket = ticket
            self._late.start()
        if not self.isHidden() and not ticket.cancelled:
            self.tell(count, total)

    def _end(self) -> None:
        self._late.stop()
        self.hide()
        ticket, self._ticket = self._ticket, None
        if ticket is not None and ticket.cancelled:
            self._stopped(STOPPED)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.stopping()
