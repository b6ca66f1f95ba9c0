"""What a window said, dated by the desk's clock and opened from the line at its foot."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.messagelog import LogLine, MessageLog


def now(desk: Desk) -> datetime:
    """Ask the desk's clock; runs in the worker thread."""
    return desk.clock.now()


class Messages(MessageLog):
    """The log of a window; `open` lists it."""

    def __init__(self, window: QWidget, asker: Asker) -> None:
        super().__init__(window)
        self._window, self._asker = window, asker
        self.another.connect(self._date)

    def _date(self, line: LogLine) -> None:
        # A refusal is not told: telling it is a message, which asks for its date again.
        self._asker.ask(now, then=line.date, failed=lambda _: None)

    def open(self) -> None:
        """Show what was said lately."""
        from tuopin_desktop.ui.messagelist import MessageList  # noqa: PLC0415 start-up: opened when it is wanted

        MessageList(self, self._window).open()
